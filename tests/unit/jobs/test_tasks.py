"""What there is to do, and how it is handed out."""

from bot.jobs.tasks import DUTIES, Kind, cut


def test_every_kind_of_work_is_somebodys():
    """And asked for by the clock, so that nothing depends on another task's having come to its end."""
    assert set(DUTIES) == set(Kind)
    assert all(duty.every for kind, duty in DUTIES.items() if kind is not Kind.ALERT)


def test_the_tasks_of_a_kind_are_its_shares_each_with_a_key_of_its_own():
    """Two tasks of one key would be the same work."""
    tasks = [task for kind in Kind for task in cut(kind)]
    assert len({task.key for task in tasks}) == len(tasks) == sum(duty.cut for duty in DUTIES.values())


def test_grouping_and_composing_have_one_hand():
    """An article is compared with those before it; an edition is made once."""
    assert [len(cut(kind)) for kind in (Kind.GROUP, Kind.COMPOSE)] == [1, 1]
