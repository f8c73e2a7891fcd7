"""What an answer of Telegram makes of a part."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery import (
    CHECK_WINDOW,
    DEADLINE,
    LONGEST_PAUSE,
    Ambiguous,
    Flooded,
    Migrated,
    Part,
    PartState,
    Refused,
    Rejected,
    Sent,
    Settlement,
    UnknownPolicy,
    Unsent,
    settle,
)
from bot.domain.subscriber import Chat

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
BOTH = pytest.mark.parametrize("policy", list(UnknownPolicy))


def part(**changes):
    fields = {
        "id": 1,
        "edition": 1,
        "subscriber": 1,
        "chat": Chat(5),
        "ordinal": 0,
        "lang": "kk",
        "html": "x",
    }
    return Part(**fields | {"last": True, "posted": NOW} | changes)


@BOTH
@pytest.mark.parametrize(
    "before", [part(), part(doubtful=True), part(attempts=99), part(posted=NOW - 9 * DEADLINE)]
)
@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Sent(77), Settlement(PartState.SENT, message_id=77)),
        (
            Flooded(timedelta(seconds=35)),
            Settlement(
                PartState.PENDING, reason="flood", not_before=NOW + timedelta(seconds=35), counts=False
            ),
        ),
        (Migrated(-100123), Settlement(PartState.PENDING, reason="migrated", moved_to=-100123)),
        (Refused("blocked"), Settlement(PartState.FAILED, reason="blocked", gone=True)),
        (Rejected("can't parse"), Settlement(PartState.FAILED, reason="can't parse", gone=False)),
    ],
)
def test_a_clear_answer_decides_whatever_was_before(policy, before, outcome, expected):
    """Sent is sent, a flood waits as asked, a moved group is followed, a closed chat is gone."""
    assert settle(before, outcome, policy, NOW) == expected


@pytest.mark.parametrize(
    ("policy", "doubtful", "again"),
    [
        (UnknownPolicy.RESEND, False, NOW + CHECK_WINDOW),
        (UnknownPolicy.RESEND, True, None),
        (UnknownPolicy.SKIP, False, None),
        (UnknownPolicy.SKIP, True, None),
    ],
)
def test_a_lost_answer_is_unknown_and_resent_at_most_once(policy, doubtful, again):
    """`resend` tries once more after the check window, `skip` never: no policy sends a third time."""
    settled = settle(part(doubtful=doubtful), Ambiguous("time-out"), policy, NOW)
    assert settled == Settlement(PartState.UNKNOWN, reason="time-out", not_before=again)


@BOTH
def test_what_surely_did_not_arrive_is_tried_again_ever_more_slowly(policy):
    """One second, then doubling up to half an hour, however many tries an outage takes."""
    waits = []
    for attempts in range(40):
        settled = settle(part(attempts=attempts), Unsent("refused"), policy, NOW)
        assert (settled.state, settled.reason) == (PartState.PENDING, "refused")
        waits.append(settled.not_before - NOW)
    assert all(1 <= wait.total_seconds() / 2**tries <= 1.25 for tries, wait in enumerate(waits[:3]))
    assert waits == sorted(waits)
    assert LONGEST_PAUSE <= waits[-1] <= 1.25 * LONGEST_PAUSE


@BOTH
def test_after_a_day_a_digest_is_given_up_whole(policy):
    """It is old news by then; what follows in it must not come without its beginning."""
    old = part(posted=NOW - DEADLINE)
    assert settle(old, Unsent("refused"), policy, NOW) == Settlement(
        PartState.FAILED, reason="refused", gives_up=True
    )
    young = part(posted=NOW - DEADLINE + timedelta(seconds=1), attempts=99)
    assert settle(young, Unsent("refused"), policy, NOW).state is PartState.PENDING


OUTCOMES = st.one_of(
    st.builds(Sent, st.integers(1)),
    st.builds(Flooded, st.timedeltas(timedelta(0), timedelta(days=2))),
    st.builds(Migrated, st.integers(max_value=-1)),
    st.builds(Refused, st.text()),
    st.builds(Rejected, st.text()),
    st.builds(Unsent, st.text()),
    st.builds(Ambiguous, st.text()),
)


@given(OUTCOMES, st.sampled_from(UnknownPolicy), st.integers(0, 10**6), st.booleans())
def test_every_settlement_is_one_the_outbox_can_hold(outcome, policy, attempts, doubtful):
    """A message id comes with `sent` only; what is over is not planned again, and nothing for the past."""
    settled = settle(part(attempts=attempts, doubtful=doubtful), outcome, policy, NOW)
    assert (settled.message_id is not None) == (settled.state is PartState.SENT)
    assert settled.state is not PartState.SENDING
    if settled.state in {PartState.SENT, PartState.FAILED}:
        assert settled.not_before is None
    assert settled.not_before is None or settled.not_before >= NOW
