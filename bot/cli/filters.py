"""The JSON Lines filters: stdin to stdout, a bad line is answered in its place."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import click

from bot.app.models import build_encoder, build_writer
from bot.cli.options import ENCODER, read_settings
from summarizer.article import Article
from summarizer.errors import UnusableArticle
from summarizer.pipeline import Classifier, Grouper, Limits, read
from summarizer.pipeline import summarize as write

#: Longer lines are refused before they are parsed.
_LONGEST_LINE = 16 * 1024 * 1024
_SURROGATE = re.compile("[\ud800-\udfff]")

Answer = Callable[[Article], dict[str, Any]]


class _BadLineError(Exception):
    def __init__(self, message: str, ident: str | None = None) -> None:
        super().__init__(message)
        self.ident = ident


def parse(line: str) -> Article:
    """One input line as an article. Raises _BadLineError with the id where there is one."""
    if len(line) > _LONGEST_LINE:
        raise _BadLineError(f"line is longer than {_LONGEST_LINE} characters")
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _BadLineError(f"not JSON: {error}") from error
    if not isinstance(fields, dict) or not isinstance(fields.get("id"), str):
        raise _BadLineError('must be an object with a text "id"')
    return _article(fields)


def _article(fields: dict[str, Any]) -> Article:
    ident = fields["id"]
    given = {key: fields.get(key) or "" for key in ("title", "text", "url", "source", "lang")}
    sentences = fields.get("sentences") or []
    if not all(isinstance(value, str) for value in given.values()):
        raise _BadLineError("title, text, url, source and lang must be texts", ident)
    if not isinstance(sentences, list) or not all(isinstance(sentence, str) for sentence in sentences):
        raise _BadLineError("sentences must be a list of texts", ident)
    lang = given["lang"] if given["lang"] in {"kk", "ru", "en"} else None
    try:
        article = read(
            id=ident,
            title=given["title"],
            text=given["text"] or "\n".join(sentences),
            lang=lang,
            published=_date(fields.get("published")),
            url=given["url"],
            source=given["source"],
        )
    except UnusableArticle as error:
        raise _BadLineError(str(error), ident) from error
    # Sentences that were given stay as given: `picked` counts in them.
    return _with(article, tuple(sentences) if not given["text"] else (), lang)


def _with(article: Article, sentences: tuple[str, ...], lang: str | None) -> Article:
    return replace(article, sentences=sentences, lang=lang or article.lang)


def _date(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def answers(lines: Iterable[str], answer: Answer) -> Iterator[str]:
    """One output line for each input line that is not blank."""
    for line in lines:
        if not line.strip():
            continue
        try:
            found = answer(parse(line))
        except _BadLineError as error:
            found = {"id": error.ident, "error": str(error)}
        said = json.dumps(found, ensure_ascii=False)
        # A lone surrogate (in an id, say) has no UTF-8, so its line is escaped.
        yield json.dumps(found) if _SURROGATE.search(said) else said


def _filter(answer: Answer) -> None:
    stdin = open(sys.stdin.fileno(), encoding="utf-8-sig", errors="replace", closefd=False)  # noqa: SIM115 - lives as long as the process
    for line in answers(stdin, answer):
        click.echo(line)


@click.command(epilog="Example: habarshy articles | habarshy summarize --max-chars 200")
@click.option("--backend", type=click.Choice(["extractive", "transformers", "endpoint"]), default=None)
@click.option("--model", default=None, help="Model name, folder or GGUF file, or the endpoint's model.")
@click.option("--max-chars", type=click.IntRange(20, 2000), default=300, show_default=True)
@click.option("--sentences", type=click.IntRange(1, 10), default=3, show_default=True)
def summarize(*, backend: str | None, model: str | None, max_chars: int, sentences: int) -> None:
    """Summarize articles given as JSON Lines."""
    settings = read_settings(summary_backend=backend, summary_model=model or None)
    writer, limits = build_writer(settings), Limits(max_chars, sentences)

    def answer(article: Article) -> dict[str, Any]:
        (summary,) = write([article], writer, limits)
        picked = None if summary.picked is None else list(summary.picked)
        found = {
            "id": article.id,
            "lang": summary.lang,
            "summary": summary.text,
            "headline": summary.headline,
        }
        return {**found, "backend": summary.backend, "picked": picked, "rejected": list(summary.rejected)}

    _filter(answer)


@click.command(epilog="Example: habarshy articles --since 7d | habarshy group")
@ENCODER
def group(*, encoder: str | None) -> None:
    """Group articles into stories, one answer at once for each line."""
    grouper = Grouper(build_encoder(read_settings(encoder=encoder)))

    def answer(article: Article) -> dict[str, Any]:
        placed = grouper.add(article)
        return {"id": article.id, "story": placed.story, "new": placed.new}

    _filter(answer)


@click.command(epilog="Example: habarshy articles | habarshy classify")
def classify() -> None:
    """Tell the topics of articles."""
    read_settings()
    topics_of = Classifier()

    def answer(article: Article) -> dict[str, Any]:
        found = topics_of(article)
        scores = {str(topic): round(score, 4) for topic, score in found.scores.items()}
        return {"id": article.id, "topics": [str(topic) for topic in found.topics], "scores": scores}

    _filter(answer)
