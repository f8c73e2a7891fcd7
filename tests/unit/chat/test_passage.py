"""How updates pass: each once, over a restart too."""

import asyncio
from datetime import UTC, datetime

import pytest
from aiogram.types import InlineQuery, Update, User

from bot.chat.passage import Once

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


class Memory:
    """Satisfies newsroom.desk.Updates; outlives the process."""

    def __init__(self) -> None:
        self.kept: set[int] = set()

    async def answered(self, update: int) -> bool:
        """Whether it is kept."""
        await asyncio.sleep(0)
        return update in self.kept

    async def remember(self, update: int, now: datetime) -> None:
        """Keep it."""
        assert now == NOW
        self.kept.add(update)


@pytest.fixture
def memory():
    """The store."""
    return Memory()


@pytest.fixture
def process(memory):
    """Starts a process; gives how it answers an update, and the answers."""

    def start(answers):
        once = Once(memory, lambda: NOW)

        async def handler(event, data):
            answers.append(event.update_id)

        return lambda number: once(handler, Update(update_id=number), {})

    return start


async def test_an_update_passes_once_in_a_process(process):
    """Even where it comes twice at the same moment."""
    answers = []
    take = process(answers)
    await asyncio.gather(take(1), take(1), take(2))
    await take(1)
    assert sorted(answers) == [1, 2]


async def test_an_update_passes_once_over_a_restart(process):
    """What the last process answered, the next does not."""
    answers = []
    await process(answers)(1)
    await process(answers)(1)
    assert answers == [1]


async def test_an_answer_that_was_cut_off_is_begun_again(memory):
    """What the end of a process left unanswered is the next one's."""
    begun = asyncio.Event()

    async def hanging(event, data):
        begun.set()
        await asyncio.sleep(60)

    task = asyncio.create_task(Once(memory, lambda: NOW)(hanging, Update(update_id=1), {}))
    await begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert memory.kept == set()


async def test_what_is_typed_letter_by_letter_is_not_kept(memory):
    """Each passes once in a process; the store has nothing of it."""
    person = User(id=7, is_bot=False, first_name="A")
    typed = Update(update_id=5, inline_query=InlineQuery(id="1", from_user=person, query="m", offset=""))
    answers = []

    async def handler(event, data):
        answers.append(event.update_id)

    once = Once(memory, lambda: NOW)
    await once(handler, typed, {})
    await once(handler, typed, {})
    assert (answers, memory.kept) == ([5], set())
