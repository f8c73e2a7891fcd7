"""Whether Telegram vouches for who opened the Mini App."""

import json
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

import pytest
from aiogram.utils.web_app import check_webapp_signature
from hypothesis import given
from hypothesis import strategies as st

from bot.web.miniapp.initdata import LIFETIME, Expired, Refused, vouched
from tests.newsstand import NOW, TOKEN, init_data


def test_who_telegram_vouches_for_is_let_in():
    """The same data passes aiogram's own check."""
    data = init_data(77, signature="a field that newer clients send")
    assert check_webapp_signature(TOKEN, data)
    assert vouched(data, TOKEN, NOW).id == 77


@pytest.mark.parametrize(
    "change",
    [
        {"user": json.dumps({"id": 78})},
        {"auth_date": str(int(NOW.timestamp()) + 1)},
        {"hash": "0" * 64},
        {"hash": ""},
        {"hash": "ұ" * 64},
        {"added": "later"},
    ],
    ids=["another reader", "a younger date", "another hash", "no hash", "letters for a hash", "a field more"],
)
def test_nothing_can_be_changed_after_telegram_signed(change):
    """One field changed, and nobody is vouched for."""
    fields = dict(parse_qsl(init_data(77))) | change
    with pytest.raises(Refused):
        vouched(urlencode(fields), TOKEN, NOW)


def test_another_bots_word_counts_for_nothing():
    """Signed under another token; and under none at all."""
    with pytest.raises(Refused):
        vouched(init_data(77, token="43:OTHER"), TOKEN, NOW)
    with pytest.raises(Refused):
        vouched(init_data(77, token=""), "", NOW)


def test_old_words_expire_and_words_of_tomorrow_are_not_believed():
    """Six hours, and a minute for clocks that differ."""
    assert vouched(init_data(77, NOW - LIFETIME), TOKEN, NOW)
    for opened in (NOW - LIFETIME - timedelta(seconds=1), NOW + timedelta(minutes=2)):
        with pytest.raises(Expired):
            vouched(init_data(77, opened), TOKEN, NOW)


@pytest.mark.parametrize(
    "more",
    [
        {"auth_date": "9" * 400},
        {"auth_date": "soon"},
        {"user": "{"},
        {"user": "[]"},
        {"user": '{"id": true}'},
        {"user": '{"id": "77"}'},
        {"user": '{"id": -5}'},
        {"user": '{"id": 1e999}'},
        {"user": '{"id": ' + "9" * 300 + "}"},
        {"start_param": "a" * 9000},
    ],
)
def test_signed_nonsense_is_refused_too(more):
    """Whatever stands in the fields, the answer is a refusal."""
    with pytest.raises(Refused):
        vouched(init_data(77, **more), TOKEN, NOW)


def test_a_name_that_stands_twice_is_refused():
    """Two readers in one message: which one was signed is not guessed."""
    with pytest.raises(Refused):
        vouched("user=%7B%22id%22%3A1%7D&" + init_data(77), TOKEN, NOW)


@given(st.text(max_size=300))
def test_any_text_is_refused_and_nothing_else(text):
    """No words of a stranger make anything but a refusal."""
    with pytest.raises(Refused):
        vouched(text, TOKEN, NOW)
