"""Answers are read from whatever a server wraps them in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.writing.dialects import dialects, read_answer


@pytest.mark.parametrize(
    "content",
    [
        '{"headline": "H", "summary": "S."}',
        '```json\n{"headline": "H", "summary": "S."}\n```',
        '<think>a {brace} here</think>{"headline": "H", "summary": "S."}',
        'Here you are: {"headline": " H ", "summary": "S.", "more": 1} Enjoy!',
    ],
)
def test_the_object_is_found(content):
    """In a fence, after thoughts, between words."""
    assert read_answer(content) == ("H", "S.")


def test_a_headline_may_be_missing():
    """The article's title serves then."""
    assert read_answer('{"summary": "S."}') == ("", "S.")


@pytest.mark.parametrize(
    "content",
    ["", "S.", "[]", '{"summary": 5}', '{"summary": "S.', '{"headline": "H"}', "{" * 5000, '{"a":' * 5000],
)
def test_what_holds_no_summary_is_none(content):
    """A broken answer is no exception, however deep it is nested."""
    assert read_answer(content) is None


@given(st.text(alphabet='{}":,summary \\n', max_size=200))
def test_no_content_breaks_the_reader(content):
    """Whatever a server sends."""
    read_answer(content)


def test_the_strictest_dialect_comes_first():
    """A schema where the server knows it; plain text, which all know, at last."""
    first, *_, last = dialects(100)

    assert first["response_format"]["type"] == "json_schema"
    assert "response_format" not in last
