"""Models by name, folder or GGUF file: what is there, on which device, and one clear error where not."""

import logging
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from summarizer.errors import ModelUnavailable

logger = logging.getLogger(__name__)

_HUB_NAME = re.compile(r"\w[\w.-]*(?:/\w[\w.-]*)?")
_INSTALL = "install the extra: pip install 'habarshy[neural]'"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a model's files come from, as `from_pretrained` takes it."""

    #: A hub name or a folder.
    place: str
    #: {"gguf_file": name} for a GGUF file, else empty.
    options: dict[str, str] = field(default_factory=dict)


def source(model: str) -> Source:
    """A hub name, a folder, a GGUF file on disk, or "owner/name/file.gguf" on the hub.

    Raises ModelUnavailable for a path that does not exist.
    """
    path = Path(model).expanduser()
    if model and path.is_dir():
        return Source(str(path))
    if path.is_file() and path.suffix == ".gguf":
        return Source(str(path.parent), {"gguf_file": path.name})
    owner_and_name, _, file = model.rpartition("/")
    if file.endswith(".gguf") and owner_and_name.count("/") == 1 and _HUB_NAME.fullmatch(owner_and_name):
        return Source(owner_and_name, {"gguf_file": file})
    if path.is_file() or path.suffix == ".gguf" or not _HUB_NAME.fullmatch(model):
        raise ModelUnavailable(model, "give a hub name, a model folder or a GGUF file that exists")
    return Source(model)


def library() -> Any:
    """The transformers library; its import takes seconds. Raises ImportError without the extra."""
    # OpenMP's threads spin while they wait, which starves everything else on a small machine (a third of the
    # speed was left beside six busy processes on two cores). It is read when torch is first imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    return import_module("transformers")


def device_and_dtype() -> tuple[str, Any]:
    """CUDA with bfloat16 (float16 on cards without it), else the CPU with float32."""
    import torch  # noqa: PLC0415 - an extra, and seconds to import

    if not torch.cuda.is_available():
        return "cpu", torch.float32
    return "cuda", torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16


def load(model: str, auto_class: str) -> tuple[Any, Any]:
    """(tokenizer, model in evaluation mode on its device); `auto_class` is a class of transformers by name.

    Raises ModelUnavailable, with the remedy, whatever it is that fails.
    """
    start = time.perf_counter()
    with unavailable(model):
        transformers = library()
        _show_progress_on_a_terminal_only()
        found = source(model)
        device, dtype = device_and_dtype()
        logger.info("loading model %s on %s", model, device)
        tokenizer = transformers.AutoTokenizer.from_pretrained(found.place, **found.options)
        weights = getattr(transformers, auto_class).from_pretrained(found.place, dtype=dtype, **found.options)
        loaded = weights.eval().to(device)
    logger.info("loaded model %s in %.1f s", model, time.perf_counter() - start)
    return tokenizer, loaded


def is_seq2seq(model: str) -> bool:
    """Whether the model has a decoder of its own (mT5, mBART) or goes on with its prompt (chat models).

    Raises ModelUnavailable.
    """
    with unavailable(model):
        found = source(model)
        file = Path(found.place, found.options.get("gguf_file", ""))
        if file.is_file():
            return gguf_architecture(file).startswith("t5")
    return bool(config(model).is_encoder_decoder)


def gguf_architecture(file: Path) -> str:
    """The architecture that a GGUF file names first of all, without reading its vocabulary (ten seconds).

    Layout: github.com/ggml-org/ggml, docs/gguf.md. Raises ValueError for another file.
    """
    with file.open("rb") as stream:
        head = stream.read(256)
    key = b"general.architecture"
    start = 24 + 8 + len(key) + 4  # the header, then the first key with its length and its type
    if head[:4] != b"GGUF" or head[32 : 32 + len(key)] != key:
        raise ValueError("it is no GGUF file that begins with its architecture")
    length = int.from_bytes(head[start : start + 8], "little")
    return head[start + 8 : start + 8 + length].decode("ascii", "replace")


def config(model: str) -> Any:
    """The model's configuration alone, a file of a few kilobytes.

    Raises ModelUnavailable.
    """
    with unavailable(model):
        found = source(model)
        return library().AutoConfig.from_pretrained(found.place, **found.options)


def extra_file(model: str, name: str) -> str | None:
    """The text of a further file beside the model's own, None where it has none (or it can't be fetched)."""
    cached_file = import_module("transformers.utils").cached_file
    try:
        path = cached_file(source(model).place, name)
    except (OSError, ModelUnavailable):
        return None
    return Path(path).read_text(encoding="utf-8") if path else None


@contextmanager
def unavailable(model: str) -> Iterator[None]:
    """Turns whatever goes wrong inside into ModelUnavailable with its remedy."""
    try:
        yield
    except ModelUnavailable:
        raise
    except ImportError as error:
        raise ModelUnavailable(model, f"{_INSTALL} ({_first_line(error)})") from error
    except OSError as error:
        remedy = "it is not on this machine and the hub does not give it; download it once, or give a folder"
        raise ModelUnavailable(model, f"{remedy} ({_first_line(error)})") from error
    # A damaged file fails in as many ways as there are formats (safetensors, pickle, JSON, GGUF, memory).
    except Exception as error:
        reason = f"{type(error).__name__}: {_first_line(error)}"
        raise ModelUnavailable(
            model, f"it can't be used ({reason}); check its files or take another"
        ) from error


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__


def _show_progress_on_a_terminal_only() -> None:
    if sys.stderr.isatty():
        return
    import_module("huggingface_hub.utils").disable_progress_bars()
    import_module("transformers.utils.logging").disable_progress_bar()
