"""What seq2seq and chat models have in common: batches of token rows through generate()."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from summarizer.neural.batching import batches
from summarizer.neural.prefill import cache
from summarizer.writing.prompt import Matter
from summarizer.writing.writer import Limits

#: Tokens a batch may hold with its padding: half a gigabyte of cache for Llama 3.2 1B in bfloat16.
AREA = 16_384


@dataclass(frozen=True, slots=True)
class Output:
    """What a model wrote."""

    text: str
    #: False where the bound on new tokens ended it.
    finished: bool


class Generator(Protocol):
    """A loaded model that writes summaries."""

    def generate(self, matters: Sequence[Matter], limits: Limits) -> list[Output]:
        """One output a text, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a model reads and writes at once."""

    #: Tokens of a prompt with its article; the model's own context may be shorter.
    input_tokens: int = 2048
    #: Texts in a batch.
    batch: int = 8


def context(config: Any, wanted: int) -> int:
    """Tokens the model can take in, at most `wanted`."""
    text = getattr(config, "text_config", None) or config
    return min(wanted, getattr(text, "max_position_embeddings", None) or wanted)


def run(
    tokenizer: Any, model: Any, rows: Sequence[Sequence[int]], bounds: Bounds, **options: Any
) -> list[Output]:
    """Greedy outputs for rows of token ids, in order; `options` are those of generate()."""
    outputs: dict[int, Output] = {}
    for batch in batches([len(row) for row in rows], bounds.batch, AREA):
        ids = _generate(tokenizer, model, [rows[index] for index in batch], options)
        texts = tokenizer.batch_decode(ids, skip_special_tokens=True)
        ends = _end_ids(tokenizer, model)
        for index, text, row in zip(batch, texts, ids, strict=True):
            # An end at the very bound may be a forced one (mBART's), so it does not count.
            finished = len(row) < options["max_new_tokens"] or bool(ends & {*row[:-1]})
            outputs[index] = Output(text, finished)
    return [outputs[index] for index in range(len(rows))]


def _generate(tokenizer: Any, model: Any, rows: list[Sequence[int]], options: dict[str, Any]) -> Any:
    import torch  # noqa: PLC0415 - an extra, and seconds to import

    side = "right" if model.config.is_encoder_decoder else "left"
    inputs = tokenizer.pad({"input_ids": rows}, padding_side=side, return_tensors="pt").to(model.device)
    width = inputs["input_ids"].shape[1]
    with torch.inference_mode():
        made = model.generate(**inputs, **options, **cache(model, rows, options["max_new_tokens"]))
    # A decoder of its own starts with one token that is not text, a causal model with the prompt.
    start = 1 if model.config.is_encoder_decoder else width
    return made[:, start:].tolist()


def _end_ids(tokenizer: Any, model: Any) -> set[int]:
    ends = model.generation_config.eos_token_id
    listed = ends if isinstance(ends, list) else [ends]
    # Rows that end before their batch does are filled up with padding.
    return {end for end in (*listed, tokenizer.eos_token_id, tokenizer.pad_token_id) if end is not None}
