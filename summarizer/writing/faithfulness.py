"""The guard: what in a summary its article does not bear out."""

from summarizer.article import Article
from summarizer.text.language import detect
from summarizer.text.numbers import numbers
from summarizer.writing.writer import Limits


def check(draft: str, article: Article, limits: Limits | None = None) -> tuple[str, ...]:
    """Reason words for turning a draft down, empty when it passes: length, language, number."""
    limits = limits or Limits()
    reasons = []
    if not draft.strip():
        return ("empty",)
    if len(draft) > limits.characters:
        reasons.append("length")
    if detect(draft, article.lang) != article.lang:
        reasons.append("language")
    source = f"{article.title}\n{article.text or ' '.join(article.sentences)}"
    if numbers(draft, article.lang) - numbers(source, article.lang):
        reasons.append("number")
    return tuple(reasons)
