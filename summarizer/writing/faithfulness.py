"""The guard over every writer: what in a draft its article does not bear out."""

from collections.abc import Iterator, Sequence

from summarizer.article import Article
from summarizer.text.sentences import split
from summarizer.text.vocabulary import Vocabulary
from summarizer.writing.assertions import contradictions
from summarizer.writing.form import drifts, leaks, repeats
from summarizer.writing.particulars import new_quotations, unknown_names, unknown_numbers
from summarizer.writing.roles import exchanged, other_figures, other_names, strangers
from summarizer.writing.writer import Limits

#: Code points of an article that are read: a claim from behind them counts as unsupported.
LONGEST = 60_000


def check(draft: str, article: Article, limits: Limits | None = None) -> tuple[str, ...]:
    """Reason words for turning a draft down, each once; empty when it passes.

    "empty", "length", "language", "script", "repetition", "prompt" speak of the draft alone; "number", "name"
    and "quotation" of what the article lacks; "negation", "modality" and "role" of what it says otherwise.
    """
    draft = draft.strip()
    return tuple(dict.fromkeys(_reasons(draft, article, limits or Limits()))) if draft else ("empty",)


def _reasons(draft: str, article: Article, limits: Limits) -> Iterator[str]:
    lang = article.lang
    sentences = [article.title, *(article.sentences or split(article.text[:LONGEST]))]
    source = "\n".join(sentences)
    if len(draft) > limits.characters:
        yield "length"
    yield from drifts(draft, source, lang)
    if repeats(draft):
        yield "repetition"
    if leaks(draft, source):
        yield "prompt"
    # A sentence that the article has word for word says nothing that it doesn't.
    written = _folded(source)
    own = [sentence for sentence in split(draft) if _folded(sentence).rstrip(".…") not in written]
    if own:
        yield from _unsupported(own, sentences, lang)


def _unsupported(draft: Sequence[str], source: Sequence[str], lang: str) -> Iterator[str]:
    text, known = "\n".join(draft), "\n".join(source)
    if unknown_numbers(text, source, lang) or any(other_figures(draft, source, lang)):
        yield "number"
    if any(unknown_names(text, Vocabulary(known, lang))) or any(strangers(draft, source, lang)):
        yield "name"
    if any(new_quotations(text, known)):
        yield "quotation"
    yield from contradictions(draft, source, lang)
    if any(exchanged(draft, source, lang)) or any(other_names(draft, source, lang)):
        yield "role"


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
