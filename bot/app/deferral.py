"""Loading aiogram without building what is never used (docs/decisions/0024)."""

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from pydantic import BaseModel, ConfigDict

#: What aiogram's models are derived from.
_BASES = (
    ("aiogram.types.base", "TelegramObject"),
    ("aiogram.methods.base", "TelegramMethod"),
    ("aiogram.methods.base", "Response"),
)


def load_aiogram() -> None:
    """Load aiogram, if nobody has, so that each of its models is built when it is used first.

    Otherwise pydantic builds a validator and a serializer for each of Telegram's 500 types and methods at
    once: 1.5 s and 110 MB, for a bot that uses some thirty. Building late is what pydantic does by itself
    with `defer_build`; it only has to be told then what aiogram tells it now, where the types' names are
    found. Not for two threads at a time: what all models inherit is changed meanwhile.
    """
    if "aiogram" in sys.modules:
        return
    config, rebuild = BaseModel.model_config, BaseModel.__dict__["model_rebuild"]
    names: dict[str, Any] = {}
    BaseModel.model_config = ConfigDict(**config, defer_build=True)
    BaseModel.model_rebuild = _noting(names)  # type: ignore[method-assign]  # put back below
    try:
        import_module("aiogram")
    finally:
        BaseModel.model_config = config
        BaseModel.model_rebuild = rebuild  # type: ignore[method-assign]  # as it was
    for module, base in _BASES:
        getattr(import_module(module), base).model_rebuild = _building(names)


def _noting(names: dict[str, Any]) -> Any:
    """Instead of building a model, note where its types' names are found."""

    def note(_model: type[Any], /, *, _types_namespace: Mapping[str, Any] | None = None, **_: Any) -> None:
        names.update(_types_namespace or {})

    return classmethod(note)


def _building(names: Mapping[str, Any]) -> Any:
    """Build a model with what was noted."""

    def build(model: type[Any], /, *, force: bool = False, raise_errors: bool = True, **_: Any) -> Any:
        rebuild: Any = BaseModel.__dict__["model_rebuild"].__func__
        return rebuild(model, force=force, raise_errors=raise_errors, _types_namespace=names)

    return classmethod(build)
