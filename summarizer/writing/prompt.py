"""What a model is asked: instructions in the article's language, one example, the article fenced as data."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from summarizer.article import Article
from summarizer.text.sentences import split
from summarizer.writing.injection import harmless
from summarizer.writing.writer import Limits

#: The marks around an article; no article can contain them (see injection.plain).
OPEN, CLOSE = "<article>", "</article>"
#: Code points of an article that are looked at: news tells its matter early, and input may be endless.
LONGEST = 20_000
#: Code points of a headline, as the digest's line takes it.
HEADLINE = 90
#: Tokens a Kazakh code point may cost: 0.44 in Gemma 3's tokenizer, more in those of fewer languages.
TOKENS_PER_CHARACTER = 0.7
#: The language whose wording serves an article in none of ours.
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """How a model is asked in one language; the values stand in prompts.toml."""

    #: Takes {open}, {close}, {sentences} and {characters}.
    instructions: str
    #: What to answer with where plain text is wanted.
    answer: str
    #: The same where the answer is JSON; takes {headline}.
    json: str
    #: Stands before the summary in a plain completion.
    label: str
    #: The example: an invented article with its summary and headline.
    title: str
    article: str
    summary: str
    headline: str


@dataclass(frozen=True, slots=True)
class Matter:
    """What a model may see of an article."""

    title: str
    sentences: tuple[str, ...]
    lang: str


def wording(lang: str) -> Wording:
    """The wording for an article's language."""
    known = _wordings()
    return known.get(lang, known[FALLBACK])


def instructions(lang: str, limits: Limits, *, json: bool = False) -> str:
    """What to do and what not, in the article's language."""
    words = wording(lang)
    template = f"{words.instructions} {words.json if json else words.answer}"
    return template.format(
        open=OPEN, close=CLOSE, sentences=limits.sentences, characters=limits.characters, headline=HEADLINE
    )


def matter(article: Article) -> Matter:
    """The article's first LONGEST code points without what speaks to a model (see injection)."""
    sentences = article.sentences or split(article.text[:LONGEST])
    title = " ".join(harmless([article.title[:LONGEST]]))
    return Matter(title, tuple(harmless(first(sentences, LONGEST))), article.lang)


def fence(title: str, sentences: Sequence[str]) -> str:
    """A title and its sentences as data, between the two marks."""
    return "\n".join(part for part in (OPEN, title, " ".join(sentences), CLOSE) if part)


def new_tokens(characters: int) -> int:
    """Bound on the tokens that so many code points of an answer take."""
    return max(16, round(characters * TOKENS_PER_CHARACTER))


def first(sentences: Sequence[str], characters: int) -> list[str]:
    """As many sentences as have at most this many code points together; a longer first one is cut."""
    kept: list[str] = []
    for sentence in sentences:
        if kept and len(sentence) > characters:
            break
        kept.append(sentence[:characters])
        characters -= len(sentence)
    return kept


@cache
def _wordings() -> dict[str, Wording]:
    text = resources.files("summarizer.writing").joinpath("prompts.toml").read_text("utf-8")
    return {lang: Wording(**values) for lang, values in tomllib.loads(text).items()}
