"""Errors say in one line what to do."""

import pytest

from bot.domain.errors import HabarshyError, NotUnderstood, SourceError, SourceUnreachable


def test_a_word_that_is_not_understood_comes_with_what_would_be():
    """The message names the word and every known one; the parts stay at hand for other languages."""
    error = NotUnderstood("sports", ("sport", "world"))
    assert str(error) == "«sports» is not one of: sport, world"
    assert (error.word, error.expected) == ("sports", ("sport", "world"))


def test_every_error_is_the_package_s_own():
    """One `except HabarshyError` catches all that is raised on purpose."""
    assert issubclass(SourceUnreachable, SourceError)
    assert issubclass(SourceError, HabarshyError)
    with pytest.raises(HabarshyError, match="busy"):
        raise SourceUnreachable("busy", status=429, retry_after=3)
