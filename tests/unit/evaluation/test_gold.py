"""Gold files are read as values, or refused with the file, the line and the field."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from summarizer.errors import WrongGold
from summarizer.evaluation.gold import (
    GoldArticle,
    PairGold,
    StoryGold,
    distinct_articles,
    read_stories,
    read_summaries,
    read_topics,
)


def test_a_gold_row_becomes_an_article_with_the_editors_split(gold_file, summary_row):
    """The pipeline gets the sentences as people split them, so that picked indexes can be compared."""
    (row,) = read_summaries(gold_file(summary_row))

    article = row.article()

    assert article.sentences == tuple(summary_row["sentences"])
    assert article.text == "\n".join(summary_row["sentences"])
    assert (article.url, article.published) == ("", None)


def test_a_gold_text_is_cleaned_like_a_filters_input():
    """`evaluate` judges what `group` and `classify` would answer: furniture is gone from the text."""
    article = GoldArticle("1", "Title", lang="en", text="The bridge opened.\nShare this\nRead more").article()
    assert (article.text, article.sentences) == ("The bridge opened.", ())


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2024-04-12", datetime(2024, 4, 12, tzinfo=UTC)),
        ("2024-04-12T09:00:00+05:00", datetime(2024, 4, 12, 4, tzinfo=UTC)),
        ("yesterday", None),
        (None, None),
    ],
)
def test_an_unreadable_date_counts_as_absent(published, expected):
    """A date without a zone is UTC; nothing in a gold file can make an instant naive."""
    assert GoldArticle("1", "Title", published=published).article().published == expected


def test_pairs_and_streams_are_told_apart_by_their_rows(gold_file):
    """One command reads both kinds of story files."""
    article = {"id": "1", "title": "T", "text": "x", "lang": "kk"}
    pairs = read_stories(gold_file({"a": article, "b": {**article, "id": "2"}, "label": "same"}))
    stream = read_stories(gold_file({**article, "story": "s"}))

    assert isinstance(pairs[0], PairGold)
    assert isinstance(stream[0], StoryGold)


def test_an_article_of_several_pairs_arrives_once(gold_file):
    """The stream made of a pairs file holds each article once, in order of first appearance."""
    a, b, c = ({"id": name, "title": name, "text": name} for name in "abc")
    path = gold_file({"a": b, "b": a, "label": "same"}, {"a": a, "b": c, "label": "different"})

    assert [article.id for article in distinct_articles(read_stories(path))] == ["b", "a", "c"]


@pytest.mark.parametrize("content", ["", "\n  \n"])
def test_an_empty_file_is_refused(tmp_path, content):
    """A file without rows has no figures."""
    path = tmp_path / "empty.jsonl"
    path.write_text(content)

    with pytest.raises(WrongGold, match="is empty"):
        read_summaries(path)


def test_a_missing_file_is_named():
    """The error names what was asked for."""
    with pytest.raises(WrongGold, match=r"nowhere\.jsonl can't be read"):
        read_topics(Path("nowhere.jsonl"))


def test_a_binary_file_is_refused(tmp_path):
    """A picture given by mistake is one clear line, no traceback of a codec."""
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\xff\xfe")

    with pytest.raises(WrongGold, match="can't be read"):
        read_stories(path)


@pytest.mark.parametrize("reader", [read_summaries, read_topics, read_stories])
def test_the_wrong_kind_of_gold_names_line_and_field(reader, gold_file):
    """A topics file given to `evaluate summaries` says what is missing."""
    with pytest.raises(WrongGold, match=r"gold\.jsonl line 1 is no row of gold .*: Field required"):
        reader(gold_file({"id": "1", "title": "T"}))


def test_a_broken_line_is_named_by_its_number(gold_file, summary_row):
    """Blank lines are counted, as an editor counts them."""
    path = gold_file(summary_row)
    path.write_text(path.read_text(encoding="utf-8") + "\n{broken\n", encoding="utf-8")

    with pytest.raises(WrongGold, match="line 3"):
        read_summaries(path)


@pytest.mark.parametrize("field", ["sentences"])
def test_gold_without_sentences_is_refused(field, gold_file, summary_row):
    """A baseline of no sentences would be a figure about nothing."""
    with pytest.raises(WrongGold, match=field):
        read_summaries(gold_file({**summary_row, field: []}))
