"""Summaries by any Hugging Face model: by name, folder or GGUF file."""

from collections.abc import Sequence

from summarizer.article import Article
from summarizer.neural.chat import Chat
from summarizer.neural.generator import Bounds, Generator
from summarizer.neural.loading import is_seq2seq, load, unavailable
from summarizer.neural.resident import Resident
from summarizer.neural.seq2seq import Seq2Seq
from summarizer.writing.prompt import matter
from summarizer.writing.trim import trim
from summarizer.writing.writer import Draft, Limits

#: Seconds without an article after which the model's memory is given back.
IDLE = 600.0


class TransformersWriter:
    """A Writer over transformers: sequence-to-sequence, chat and base models alike, greedy and in batches.

    Nothing is loaded before the first article. Slow and blocking: call it off the event loop.
    """

    def __init__(self, model: str, *, bounds: Bounds | None = None, idle: float = IDLE) -> None:
        self.name = f"transformers:{model}"
        self._model = model
        self._bounds = bounds or Bounds()
        self._resident: Resident[Generator] = Resident(self._load, idle)

    @property
    def loaded(self) -> bool:
        """Whether the model is in memory."""
        return self._resident.loaded

    def write(self, articles: Sequence[Article], limits: Limits) -> list[Draft]:
        """One draft an article, in order; an article without text gives an empty one.

        Raises:
            ModelUnavailable: the extra, the model or the memory for it is missing.
        """
        matters = [matter(article) for article in articles]
        usable = [index for index, found in enumerate(matters) if found.sentences]
        drafts = [Draft("", reason="empty") for _ in articles]
        if not usable:
            return drafts
        with self._resident.use() as generator, unavailable(self._model):
            outputs = generator.generate([matters[index] for index in usable], limits)
        for index, output in zip(usable, outputs, strict=True):
            drafts[index] = trim(output.text, limits, finished=output.finished)
        return drafts

    def unload(self) -> None:
        """Give the model's memory back now."""
        self._resident.release()

    def _load(self) -> Generator:
        if is_seq2seq(self._model):
            return Seq2Seq(*load(self._model, "AutoModelForSeq2SeqLM"), self._bounds)
        return Chat(*load(self._model, "AutoModelForCausalLM"), self._bounds)
