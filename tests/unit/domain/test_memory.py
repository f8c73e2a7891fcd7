"""What is worth telling a reader again."""

from datetime import UTC, datetime, timedelta

from bot.domain.digest import Wishes, pick
from bot.domain.memory import may_be_news, news_since
from bot.domain.story import Change, Condensed, Development, Publisher, StoryCard, Telling
from summarizer.topic import Topic

TOLD = datetime(2026, 11, 22, 4, tzinfo=UTC)
NOW = TOLD + timedelta(hours=11)


def card(*outlets, developments=()):
    """A story whose first outlet was there before the reader was told; the others came after."""
    tellings = tuple(
        Telling(
            number,
            Publisher(name, f"https://example.org/{number}", "ru"),
            "Title",
            published=TOLD + timedelta(hours=number - 1),
            found=TOLD + timedelta(hours=number - 1, minutes=-1),
        )
        for number, name in enumerate(outlets)
    )
    return StoryCard(
        5, (Topic.INCIDENTS,), tellings, {"ru": Condensed(0, "Headline", "Summary.")}, developments
    )


def test_a_story_told_and_unchanged_is_not_told_again():
    """Neither the same outlets nor a single new one make it news."""
    assert news_since(card("A"), "ru", TOLD) is None
    assert news_since(card("A", "B", "C"), "ru", TOLD + timedelta(hours=3)) is None
    assert pick([card("A")], Wishes(("ru",), set(Topic), {5: TOLD}), NOW) == ()


def test_two_new_publishers_bring_it_back():
    """Others pick it up: it matters more than it seemed."""
    assert news_since(card("A", "B", "C", "D"), "ru", TOLD) == (Change.NEWS, "Summary.")


def test_a_new_figure_brings_it_back_as_an_update_that_says_what_is_new():
    """The reader reads the new sentence, not the old summary."""
    later = Development(Change.NEWS, "ru", "Число погибших выросло до пяти.", TOLD + timedelta(hours=2))
    (item,) = pick([card("A", developments=(later,))], Wishes(("ru",), set(Topic), {5: TOLD}), NOW)
    assert (item.change, item.summary) == (Change.NEWS, "Число погибших выросло до пяти.")
    assert news_since(card("A", developments=(later,)), "ru", TOLD + timedelta(hours=3)) is None


def test_a_fact_in_another_language_brings_the_summary_in_the_readers():
    """The reader can't read the new sentence, but should hear of the story."""
    later = Development(Change.NEWS, "kk", "Қаза тапқандар саны беске жетті.", TOLD + timedelta(hours=2))
    assert news_since(card("A", developments=(later,)), "ru", TOLD) == (Change.NEWS, "Summary.")


def test_many_facts_stay_within_a_summarys_length():
    """The latest have priority, in order of time."""
    later = tuple(
        Development(Change.NEWS, "ru", f"{hour} " + "а" * 120, TOLD + timedelta(hours=hour))
        for hour in range(1, 6)
    )
    _, text = news_since(card("A", developments=later), "ru", TOLD)
    assert len(text) <= 300
    assert text.startswith("4 ")
    assert " 5 " in text


def test_a_correction_comes_before_news():
    """What was told wrong is set right first, with the corrected summary."""
    later = (
        Development(Change.CORRECTION, "ru", "Пострадали двое, а не трое.", TOLD + timedelta(hours=1)),
        Development(Change.NEWS, "ru", "Эвакуированы 60 человек.", TOLD + timedelta(hours=2)),
    )
    told = news_since(card("A", developments=later), "ru", TOLD)
    assert told == (Change.CORRECTION, "Пострадали двое, а не трое.")


def test_a_new_story_is_told_with_its_summary():
    """What was not told before needs no reason."""
    (item,) = pick([card("A")], Wishes(("kk", "ru"), {Topic.INCIDENTS}), NOW)
    assert (item.change, item.summary, item.lang) == (None, "Summary.", "ru")


def test_what_may_be_news_is_known_without_a_language():
    """Whoever looks at many readers' alerts passes over stories that have nothing new for anybody."""
    wrong = Development(Change.CORRECTION, "kk", "Екеу емес, үшеу.", TOLD + timedelta(hours=1))
    assert may_be_news(card("A", developments=(wrong,)), TOLD)
    assert may_be_news(card("A", "B", "C", "D"), TOLD)
    assert not may_be_news(card("A", "B", "C", developments=(wrong,)), TOLD + timedelta(hours=3))
    assert not may_be_news(card("A", "B"), TOLD + timedelta(hours=1))
