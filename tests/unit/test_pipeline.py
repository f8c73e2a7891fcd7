"""The public face of the summarizer."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.errors import ModelUnavailable, UnusableArticle
from summarizer.pipeline import read, summarize
from summarizer.writing.writer import Draft, Limits

BODY = (
    "Қостанай қаласында 3 жаңа мектеп ашылды. Құрылысқа 12 млрд теңге бөлінген.\n"
    "Мектептерде 2 700 бала оқиды. Жаңа оқу жылында тағы екі нысан тапсырылмақ."
)


class Scripted:
    """A writer that says what it was told to, one answer a call."""

    name = "scripted"

    def __init__(self, *answers: str | Exception) -> None:
        self.answers = list(answers)

    def write(self, articles: Sequence[Article], limits: Limits) -> list[Draft]:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return [Draft(answer) for _ in articles]


def article(text: str = BODY) -> Article:
    return read(id="1", title="Қостанайда мектептер ашылды", text=text, lang="kk")


def test_reads_a_raw_page_into_a_clean_article() -> None:
    """Title and body are cleaned and the language is told."""
    got = read(
        id="7", title="Қостанайда мектептер ашылды (ФОТО) | Tengrinews.kz", text=f"Достарға айту\n{BODY}"
    )
    assert (got.title, got.text, got.lang) == ("Қостанайда мектептер ашылды", BODY, "kk")


def test_refuses_a_page_without_a_word() -> None:
    """A page with neither title nor text can't be an article."""
    with pytest.raises(UnusableArticle):
        read(id="1", title=" ", text="***\n123")


def test_default_summary_is_made_of_the_articles_sentences() -> None:
    """The extractive summary keeps within 300 code points and names the sentences it took."""
    summary = summarize([article()])[0]
    assert summary.backend == "extractive"
    assert 0 < len(summary.text) <= 300
    assert summary.picked


def test_a_faithful_draft_is_kept() -> None:
    """A writer's draft that the guard passes becomes the summary."""
    summary = summarize(
        [article()], Scripted("Қостанайда 3 жаңа мектеп ашылды, оған 12 млрд теңге бөлінді.")
    )[0]
    assert (summary.backend, summary.rejected, summary.picked) == ("scripted", (), None)


def test_a_wrong_draft_is_written_once_more() -> None:
    """The second draft counts when the first one fails the guard; its reason is kept."""
    writer = Scripted("Қостанайда 5 жаңа мектеп ашылды.", "Қостанайда 3 жаңа мектеп ашылды.")
    summary = summarize([article()], writer)[0]
    assert (summary.backend, summary.rejected) == ("scripted", ("number",))


def test_two_wrong_drafts_give_way_to_the_extractive_writer() -> None:
    """After one retry the article's own sentences are used."""
    summary = summarize([article()], Scripted("Қостанайда 5 жаңа мектеп ашылды.", ""))[0]
    assert (summary.backend, summary.rejected) == ("extractive", ("number", "empty"))


def test_a_missing_model_gives_way_to_the_extractive_writer() -> None:
    """A writer that can't be had is no error of the article."""
    gone = ModelUnavailable("m", "install it")
    summary = summarize([article()], Scripted(gone, gone))[0]
    assert summary.backend == "extractive"
    assert "unavailable:m" in summary.rejected


def test_a_bare_title_gives_an_empty_summary_with_a_reason() -> None:
    """Nothing to say is a summary with a reason, never an exception."""
    summary = summarize([Article(id="1", title="Тақырып", text="", lang="kk")])[0]
    assert (summary.text, summary.headline) == ("", "Тақырып")
    assert summary.rejected


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("Қостанайда 3 жаңа мектеп ашылды", "Қостанайда 3 жаңа мектеп ашылды"),
        ("Қостанайда 5 жаңа мектеп ашылды", "Қостанайда мектептер ашылды"),
        ("Шымкентте жаңа мектеп ашылды", "Қостанайда мектептер ашылды"),
    ],
)
def test_a_writers_headline_stands_under_the_same_guard(written: str, line: str) -> None:
    """A false headline gives way to the article's title."""

    class Headliner(Scripted):
        def write(self, articles: Sequence[Article], limits: Limits) -> list[Draft]:
            return [Draft("Қостанайда 3 жаңа мектеп ашылды.", headline=written) for _ in articles]

    assert summarize([article()], Headliner())[0].headline == line


@settings(max_examples=60, deadline=None)
@given(
    title=st.text(max_size=200),
    text=st.lists(
        st.text(alphabet=st.sampled_from('аәбғқ АБҚ.,!?«»"-–:()0123 \n<>&;abcXYZ'), max_size=120)
    ).map("\n".join),
)
def test_no_text_makes_an_exception(title: str, text: str) -> None:
    """Whatever a page holds, there is an article or a reason, and a summary within the limits."""
    try:
        got = read(id="1", title=title, text=text, lang="kk")
    except UnusableArticle:
        return
    summary = summarize([got])[0]
    assert len(summary.text) <= 300
    assert len(summary.headline) <= 90
    assert summary.text or summary.rejected
