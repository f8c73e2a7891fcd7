"""Whether one sentence follows from another, by a multilingual natural-language-inference model."""

from collections.abc import Sequence
from typing import Any

from summarizer.errors import ModelUnavailable
from summarizer.neural.batching import batches
from summarizer.neural.loading import load, unavailable
from summarizer.neural.resident import Resident

#: Tokens of a pair that are looked at, pairs in a batch, tokens in a batch.
LENGTH, ROWS, AREA = 512, 16, 8192
#: Seconds without a claim after which the model's memory is given back.
IDLE = 600.0


class TransformersJudge:
    """A Judge (summarizer.writing) over transformers: any sequence classifier with an "entailment" label.

    XNLI, which such models learn from, has no Kazakh; multilingual models carry it over from Turkish.
    """

    def __init__(self, model: str, *, idle: float = IDLE) -> None:
        self.name = f"transformers:{model}"
        self._model = model
        self._resident: Resident[tuple[Any, Any, int]] = Resident(self._load, idle)

    def support(self, claims: Sequence[tuple[str, str]]) -> list[float]:
        """For each (source sentence, claim): the probability that the claim follows, 0 to 1.

        Raises:
            ModelUnavailable: the model is missing, or it is no inference model.
        """
        if not claims:
            return []
        with self._resident.use() as (tokenizer, model, label), unavailable(self._model):
            premises, hypotheses = zip(*claims, strict=True)
            lengths = [len(premise) + len(hypothesis) for premise, hypothesis in claims]
            found: dict[int, float] = {}
            for batch in batches(lengths, ROWS, AREA):
                pairs = [premises[index] for index in batch], [hypotheses[index] for index in batch]
                found.update(zip(batch, _entailment(tokenizer, model, *pairs, label), strict=True))
        return [found[index] for index in range(len(claims))]

    def _load(self) -> tuple[Any, Any, int]:
        tokenizer, model = load(self._model, "AutoModelForSequenceClassification")
        labels = {str(name).lower(): int(index) for index, name in model.config.id2label.items()}
        if "entailment" not in labels:
            raise ModelUnavailable(self._model, 'take a model with an "entailment" label (XNLI kind)')
        return tokenizer, model, labels["entailment"]


def _entailment(
    tokenizer: Any, model: Any, premises: list[str], hypotheses: list[str], label: int
) -> list[float]:
    import torch  # noqa: PLC0415 - an extra, and seconds to import

    inputs = tokenizer(
        premises, hypotheses, truncation="only_first", max_length=LENGTH, padding=True, return_tensors="pt"
    ).to(model.device)
    with torch.inference_mode():
        probabilities = model(**inputs).logits.float().softmax(-1)
    found: list[float] = probabilities[:, label].tolist()
    return found
