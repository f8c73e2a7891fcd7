"""What can be muted about a story."""

from datetime import UTC, datetime

import pytest

from bot.domain.digest import Item
from bot.domain.muting import Mutable, Muting, muted, offers
from bot.domain.story import Publisher
from bot.domain.subscriber import Preferences
from summarizer.topic import Topic

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


def item(headline, summary="", lang="ru", outlets=("a", "b")):
    publishers = tuple(Publisher(name, f"https://{name}.example/1", lang) for name in outlets)
    return Item(1, Topic.SPORT, lang, headline, summary, "https://a.example/1", publishers, NOW)


def words(one):
    return [offer.value for offer in offers(one) if offer.of is Mutable.WORD]


@pytest.mark.parametrize(
    ("lang", "headline", "summary", "found"),
    [
        ("ru", "В Алматы сыграл «Кайрат»", "Кайрат выиграл.", ["Алматы", "Кайрат"]),
        ("kk", "Алматыда Қайрат ойнады", "Алматы қаласы.", ["Алматы", "Қайрат"]),
        ("en", "Kairat wins the cup", "", ["Kairat"]),
        ("ru", "На этом всё", "", []),
    ],
)
def test_names_of_the_headline_are_offered(lang, headline, summary, found):
    """In the shortest form there is; not the small words a headline begins with."""
    assert words(item(headline, summary, lang)) == found


def test_topic_and_outlets_come_first_and_few():
    """No more buttons than a hand can choose from; a private feed has its own way out."""
    private = Publisher("blog", "https://blog.example", "ru", private=True)
    story = item("Кайрат Алматы Астана Актау выиграл", outlets="abcd")
    one = Item(
        **{name: getattr(story, name) for name in story.__slots__}
        | {"publishers": (private, *story.publishers)}
    )
    found = offers(one)
    assert found[:4] == [Muting(Mutable.TOPIC, "sport"), *(Muting(Mutable.OUTLET, name) for name in "abc")]
    assert len(found) == 7


def test_each_muting_changes_its_own_setting():
    """Topics, sources and words."""
    have = Preferences()
    assert Topic.SPORT not in muted(have, Muting(Mutable.TOPIC, "sport")).topics
    assert muted(have, Muting(Mutable.OUTLET, "a")).muted_sources == {"a"}
    assert muted(have, Muting(Mutable.WORD, "Кайрат")).muted == ("кайрат",)
