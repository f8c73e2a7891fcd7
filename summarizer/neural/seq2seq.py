"""Sequence-to-sequence summarizers: mT5, rut5, mBART and their kin."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from summarizer.neural.generator import Bounds, Output, context, run
from summarizer.neural.languages import steer
from summarizer.writing.prompt import Matter, new_tokens
from summarizer.writing.writer import Limits


class Seq2Seq:
    """A model that was trained to turn an article into its summary: it takes no instructions."""

    def __init__(self, tokenizer: Any, model: Any, bounds: Bounds) -> None:
        self._tokenizer, self._model, self._bounds = tokenizer, model, bounds
        self._prefix = _prefix(model.config)

    def generate(self, matters: Sequence[Matter], limits: Limits) -> list[Output]:
        """One output a text, in order; a model with language tokens gets texts of one language at a time."""
        by_language: defaultdict[str, list[int]] = defaultdict(list)
        for index, matter in enumerate(matters):
            steered = bool(steer(self._tokenizer, self._model, matter.lang))
            by_language[matter.lang if steered else ""].append(index)
        outputs: dict[int, Output] = {}
        for lang, indexes in by_language.items():
            written = self._in_language(lang, [matters[index] for index in indexes], limits)
            outputs.update(zip(indexes, written, strict=True))
        return [outputs[index] for index in range(len(matters))]

    def _in_language(self, lang: str, matters: Sequence[Matter], limits: Limits) -> list[Output]:
        steering = steer(self._tokenizer, self._model, lang)
        rows = self._tokenizer(
            [self._prefix + " ".join((matter.title, *matter.sentences)).strip() for matter in matters],
            truncation=True,
            max_length=context(self._model.config, self._bounds.input_tokens),
        )["input_ids"]
        length = new_tokens(limits.characters)
        return run(
            self._tokenizer,
            self._model,
            rows,
            self._bounds,
            **steering,
            do_sample=False,
            max_new_tokens=length,
        )


def _prefix(config: Any) -> str:
    """What T5 was told to do in words, where its configuration says so ("summarize: ")."""
    tasks = getattr(config, "task_specific_params", None) or {}
    return str(tasks.get("summarization", {}).get("prefix", ""))
