"""Texts as vectors by any Hugging Face encoder."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.neural.batching import batches
from summarizer.neural.loading import config, extra_file, load, unavailable
from summarizer.neural.resident import Resident

#: Tokens of a text that are looked at, texts in a batch, tokens in a batch.
LENGTH, ROWS, AREA = 512, 32, 8192
#: Seconds without a text after which the model's memory is given back.
IDLE = 600.0


class TransformersEncoder:
    """An Encoder over transformers: the mean of a text's token vectors, at unit length.

    A model whose `1_Pooling/config.json` (sentence-transformers) says so gives the first token's: BGE-M3.
    The weights are loaded with the first text; raises ModelUnavailable at once where the model is not there.
    """

    def __init__(self, model: str, *, idle: float = IDLE) -> None:
        self.name = f"transformers:{model}"
        with unavailable(model):
            self.dimensions: int = config(model).hidden_size
        self._model = model
        # E5 was trained with its texts marked (Wang et al. 2024); its instruct kin marks queries only.
        kind = Path(model).name.lower()
        self._prefix = "passage: " if "e5" in kind and "instruct" not in kind else ""
        self._resident: Resident[tuple[Any, Any, bool]] = Resident(self._load, idle)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of unit length, shape (texts, dimensions)."""
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        if not texts:
            return rows
        with self._resident.use() as (tokenizer, model, first), unavailable(self._model):
            marked = [self._prefix + text for text in texts]
            tokens = tokenizer(marked, truncation=True, max_length=LENGTH)["input_ids"]
            for batch in batches([len(row) for row in tokens], ROWS, AREA):
                states, own = _states(tokenizer, model, [tokens[index] for index in batch])
                rows[batch] = _unit(states[:, 0] if first else _means(states, own))
        return rows

    def _load(self) -> tuple[Any, Any, bool]:
        tokenizer, model = load(self._model, "AutoModel")
        pooling = json.loads(extra_file(self._model, "1_Pooling/config.json") or "{}")
        return tokenizer, model, bool(pooling.get("pooling_mode_cls_token"))


def _states(tokenizer: Any, model: Any, tokens: list[list[int]]) -> tuple[Any, Any]:
    """Token vectors (texts, tokens, dimensions), and 1 for each text's own tokens, 0 for padding."""
    import torch  # noqa: PLC0415 - an extra, and seconds to import

    inputs = tokenizer.pad({"input_ids": tokens}, return_tensors="pt").to(model.device)
    with torch.inference_mode():
        states = model(**inputs).last_hidden_state.float()
    return states, inputs["attention_mask"]


def _means(states: Any, own: Any) -> Any:
    weights = own.unsqueeze(-1)
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1)


def _unit(vectors: Any) -> NDArray[np.float32]:
    rows: NDArray[np.float32] = (vectors / vectors.norm(dim=-1, keepdim=True).clamp(min=1e-12)).cpu().numpy()
    return rows
