"""Texts as vectors by any Hugging Face encoder."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.neural.batching import batches
from summarizer.neural.loading import config, load, unavailable
from summarizer.neural.resident import Resident

#: Tokens of a text that are looked at, texts in a batch, tokens in a batch.
LENGTH, ROWS, AREA = 512, 32, 8192
#: Seconds without a text after which the model's memory is given back.
IDLE = 600.0


class TransformersEncoder:
    """An Encoder over transformers: the mean of a text's token vectors, at unit length.

    The weights are loaded with the first text; raises ModelUnavailable at once where the model is not there.
    """

    def __init__(self, model: str, *, idle: float = IDLE) -> None:
        self.name = f"transformers:{model}"
        self.dimensions: int = config(model).hidden_size
        self._model = model
        # E5 was trained with its texts marked (Wang et al. 2024); its instruct kin marks queries only.
        self._prefix = "passage: " if "e5" in model.lower() and "instruct" not in model.lower() else ""
        self._resident: Resident[tuple[Any, Any]] = Resident(lambda: load(model, "AutoModel"), idle)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of unit length, shape (texts, dimensions)."""
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        if not texts:
            return rows
        with self._resident.use() as (tokenizer, model), unavailable(self._model):
            marked = [self._prefix + text for text in texts]
            tokens = tokenizer(marked, truncation=True, max_length=LENGTH)["input_ids"]
            for batch in batches([len(row) for row in tokens], ROWS, AREA):
                rows[batch] = _means(tokenizer, model, [tokens[index] for index in batch])
        return rows


def _means(tokenizer: Any, model: Any, tokens: list[list[int]]) -> NDArray[np.float32]:
    """Mean over each text's own tokens (padding left out), at unit length."""
    import torch  # noqa: PLC0415 - an extra, and seconds to import

    inputs = tokenizer.pad({"input_ids": tokens}, return_tensors="pt").to(model.device)
    with torch.inference_mode():
        states = model(**inputs).last_hidden_state.float()
    own = inputs["attention_mask"].unsqueeze(-1)
    means = (states * own).sum(1) / own.sum(1).clamp(min=1)
    unit: NDArray[np.float32] = torch.nn.functional.normalize(means, dim=-1).cpu().numpy()
    return unit
