"""Answers are read from whatever a server wraps them in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.writing.dialects import dialects, objects

HS = {"headline": "H", "summary": "S."}


@pytest.mark.parametrize(
    "content",
    [
        '{"headline": "H", "summary": "S."}',
        '```json\n{"headline": "H", "summary": "S."}\n```',
        '<think>a {brace} here</think>{"headline": "H", "summary": "S."}',
        'Here you are: {"headline": "H", "summary": "S."} Enjoy!',
    ],
)
def test_the_object_is_found(content):
    """In a fence, after thoughts, between words."""
    assert next(objects(content)) == HS


@pytest.mark.parametrize("content", ["", "S.", "[]", '{"summary": "S.', "{" * 5000, '{"a":' * 5000])
def test_what_holds_no_object_gives_none(content):
    """A broken answer is no exception, however deep it is nested."""
    assert list(objects(content)) == []


@given(st.text(alphabet='{}":,summary \\n', max_size=200))
def test_no_content_breaks_the_reader(content):
    """Whatever a server sends."""
    assert all(isinstance(found, dict) for found in objects(content))


def test_the_strictest_dialect_comes_first():
    """A schema where the server knows it; plain text, which all know, at last."""
    properties = {"summary": {"type": "string"}}
    strict, *_, loose = dialects(100, properties)

    assert strict["response_format"]["json_schema"]["schema"]["required"] == ["summary"]
    assert "response_format" not in loose
