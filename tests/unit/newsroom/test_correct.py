"""Sources that correct themselves, from the changed listing to the reader's next digest."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from bot.domain.digest import Wishes, pick
from bot.domain.source import Entry, Listing
from bot.domain.story import Change
from bot.newsroom.correct import correct
from bot.newsroom.group import group
from bot.newsroom.summarize import summarize
from bot.store.stories import StoryStore
from summarizer.grouping.embeddings import CharacterNgrams
from summarizer.pipeline import Grouper
from summarizer.topic import Topic
from summarizer.writing.extractive import ExtractiveWriter
from tests.unit.newsroom.conftest import NOW

LATER = NOW + timedelta(hours=1)
URL = "https://courier.example/gas"


def listing(text, title="Взрыв газа в жилом доме"):
    """A feed with the whole text of one article."""
    return Listing((Entry(URL, title, text, full=True, published=NOW, lang="ru"),))


async def told(newsroom, now):
    """Group, summarize, correct; then the story's card."""
    grouper = Grouper(CharacterNgrams())
    await group(newsroom.articles, newsroom.stories, newsroom.sources, grouper, lambda: now)
    await summarize(newsroom.stories, ExtractiveWriter())
    count = await correct(newsroom.articles, newsroom.stories, ExtractiveWriter(), lambda: now)
    (card,) = await newsroom.stories.cards(NOW - timedelta(days=1), now)
    return count, card


async def test_a_corrected_figure_reaches_whoever_read_the_wrong_one(newsroom, follow):
    """The summary is redone from the changed article, and the next digest says so, once."""
    await follow(courier=listing("В жилом доме взорвался газ. Пострадали 13 человек, в их числе 4 ребёнка."))
    await newsroom.collect()
    count, card = await told(newsroom, NOW)
    assert (count, "13" in card.summaries["ru"].text) == (0, True)
    newsroom.web.listings["courier"] = listing(
        "В жилом доме взорвался газ. Пострадали 12 человек, в их числе 4 ребёнка."
    )
    report = (await newsroom.collect(LATER, everything=True))["courier"]
    assert (report.new, report.known) == (0, 1)
    count, card = await told(newsroom, LATER)
    assert count == 1
    wishes = Wishes(("ru",), set(Topic), {card.id: NOW})
    (item,) = pick([card], wishes, LATER)
    assert item.change is Change.CORRECTION
    assert "12 человек" in item.summary
    assert "13" not in item.summary
    assert pick([card], Wishes(("ru",), set(Topic), {card.id: LATER}), LATER) == ()


async def test_a_change_that_leaves_the_summary_true_is_nobodys_news(newsroom, follow):
    """A sentence more, a new title: stored, but no correction."""
    text = "В жилом доме взорвался газ. Пострадали 13 человек, в их числе 4 ребёнка."
    await follow(courier=listing(text))
    await newsroom.collect()
    await told(newsroom, NOW)
    newsroom.web.listings["courier"] = listing(
        f"{text} Фото предоставил читатель.", "Взрыв газа: 13 пострадавших"
    )
    await newsroom.collect(LATER, everything=True)
    count, card = await told(newsroom, LATER)
    assert (count, card.developments) == (0, ())
    assert card.tellings[0].title == "Взрыв газа: 13 пострадавших"


class Interrupted(StoryStore):
    """While somebody looks at what was told from an article, something happens."""

    meanwhile: Callable[[], Awaitable[object]]

    async def told_from(self, article: int) -> Sequence[tuple[int, str, str]]:
        """As ever, and then it happens."""
        found = await super().told_from(article)
        await self.meanwhile()
        return found


async def test_an_article_that_changes_while_it_is_looked_at_is_looked_at_again(newsroom, follow):
    """The second correction reaches readers like the first."""
    said = "В жилом доме взорвался газ. Пострадали {} человек, в их числе 4 ребёнка."
    await follow(courier=listing(said.format(13)))
    await newsroom.collect()
    await told(newsroom, NOW)

    def change(number, hours):
        newsroom.web.listings["courier"] = listing(said.format(number))
        return newsroom.collect(NOW + timedelta(hours=hours), everything=True)

    await change(12, 1)
    stories = Interrupted(newsroom.database)
    stories.meanwhile = lambda: change(11, 2)
    assert await correct(newsroom.articles, stories, ExtractiveWriter(), lambda: LATER) == 1
    count, card = await told(newsroom, NOW + timedelta(hours=3))
    assert (count, "11 человек" in card.summaries["ru"].text) == (1, True)


async def test_a_reworded_teaser_costs_the_host_no_page(newsroom, follow):
    """Only a changed title of a teaser entry asks for the page again."""
    teaser = Entry(URL, "Взрыв газа", "Коротко…", published=NOW, lang="ru")
    await follow(courier=Listing((teaser,)))
    newsroom.web.pages[URL] = "В жилом доме взорвался газ. Пострадали 13 человек."
    await newsroom.collect()
    newsroom.web.listings["courier"] = Listing(
        (Entry(URL, "Взрыв газа", "Иначе…", published=NOW, lang="ru"),)
    )
    await newsroom.collect(LATER, everything=True)
    assert newsroom.web.asked.count(URL) == 1
    newsroom.web.listings["courier"] = Listing(
        (Entry(URL, "Взрыв газа: 12", "Иначе…", published=NOW, lang="ru"),)
    )
    await newsroom.collect(LATER, everything=True)
    assert newsroom.web.asked.count(URL) == 2
