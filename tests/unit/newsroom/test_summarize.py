"""Summarize: each story has one summary in each language it is told in."""

from datetime import timedelta

import pytest

from bot.domain.demand import Demand, Wish, demand
from bot.domain.source import Source
from bot.newsroom.ports import Filing
from bot.newsroom.summarize import summarize
from summarizer.article import Article, Classification
from summarizer.errors import ModelUnavailable
from summarizer.topic import Topic
from summarizer.writing.extractive import ExtractiveWriter
from summarizer.writing.writer import Draft
from tests.unit.newsroom.conftest import NOW

TEASER = "Паводок смыл мост в посёлке."
REPORT = (
    "Паводок смыл мост в посёлке Жаркент. Спасатели вывезли 48 жителей. Мост обещают вернуть за 3 недели."
)
KAZAKH = "Тасқын су Жаркенттегі көпірді шайып кетті. Құтқарушылар 48 тұрғынды көшірді."


@pytest.fixture
def story(newsroom):
    """Files texts of one event as one story."""

    async def make(*texts):
        source = Source("a", "https://a.example/rss")
        await newsroom.sources.follow([source])
        articles = [
            Article(url, f"Тақырып {number}", text, lang, url=url, source="a")
            for number, (lang, text) in enumerate(texts)
            for url in [f"https://a.example/{abs(hash(text))}"]
        ]
        await newsroom.articles.add(source, articles, found_at=NOW)
        ident = None
        for article in await newsroom.articles.ungrouped(99):
            filing = Filing(int(article.id), ident, Classification((Topic.SOCIETY,)), None, "none")
            ident = await newsroom.stories.file(filing, NOW)
        return ident

    return make


@pytest.fixture
def told(newsroom):
    """Summaries by story."""

    async def make():
        cards = await newsroom.stories.cards(NOW - timedelta(days=1), NOW)
        return {card.id: {lang: one.text for lang, one in card.summaries.items()} for card in cards}

    return make


class Unavailable:
    """A writer whose model is gone."""

    name = "transformers:none"

    def write(self, articles, limits):
        raise ModelUnavailable("none", "install it")


class Translator:
    """A writer that answers, but not with the article's words."""

    name = "endpoint:liar"

    def write(self, articles, limits):
        return [Draft("Президент Мадагаскара прибыл с визитом 31 декабря.") for _ in articles]


async def test_each_language_of_a_story_gets_its_summary_once(newsroom, story, told):
    """One a language, from that language's fullest article; a second run finds nothing to do."""
    ident = await story(("ru", TEASER), ("kk", KAZAKH), ("ru", REPORT))
    assert await summarize(newsroom.stories, ExtractiveWriter()) == 2
    summaries = (await told())[ident]
    assert set(summaries) == {"kk", "ru"}
    assert "48" in summaries["ru"]
    assert await summarize(newsroom.stories, ExtractiveWriter()) == 0


async def test_a_language_nobody_reads_is_left_alone(newsroom, story, told):
    """A text in another language is filed, and no digest will ever ask for it."""
    ident = await story(("de", "Das Hochwasser riss die Brücke fort. 48 Menschen wurden gerettet."))
    assert await summarize(newsroom.stories, ExtractiveWriter()) == 0
    assert await told() == {ident: {}}


@pytest.mark.parametrize("writer", [Unavailable(), Translator()], ids=["no model", "not the article's facts"])
async def test_a_writer_that_fails_or_invents_is_replaced(newsroom, story, told, writer):
    """The reader gets sentences of the article instead."""
    ident = await story(("ru", REPORT))
    assert await summarize(newsroom.stories, writer) == 1
    assert (await told())[ident]["ru"].split(".")[0] in REPORT


async def test_a_text_without_a_sentence_is_asked_about_once(newsroom, story):
    """An empty body leaves no summary, and no endless work."""
    await story(("ru", ""))
    assert await summarize(newsroom.stories, ExtractiveWriter()) == 1
    assert await summarize(newsroom.stories, ExtractiveWriter()) == 0


async def test_more_stories_than_fit_in_a_batch_are_all_condensed(newsroom, story, told):
    """A first pass over a new source is one run."""
    for number in range(40):
        await story(("ru", f"{REPORT} Номер {number}."))
    assert await summarize(newsroom.stories, ExtractiveWriter()) == 40
    assert all(summaries["ru"] for summaries in (await told()).values())


class Dear:
    """A writer that counts what it is asked to write."""

    name = "dear"

    def __init__(self):
        self.asked = []

    def write(self, articles, limits):
        """The title."""
        self.asked += [article.title for article in articles]
        return [Draft(article.title + ".", None) for article in articles]


async def test_a_models_time_goes_only_into_what_somebody_could_receive(newsroom):
    """Another language, or a topic nobody reads, gets the extractive summary and is there all the same."""
    titles = {}
    for title, lang, topic in (
        ("Қар", "kk", Topic.ECONOMY),
        ("Снег", "ru", Topic.ECONOMY),
        ("Доп", "kk", Topic.SPORT),
    ):
        source = Source("Құс жолы", "https://a.example/rss")
        await newsroom.sources.follow([source])
        url = f"https://a.example/{title}"
        article = Article(url, title, f"{title} туралы мәтін.", lang, url=url, source=source.name)
        await newsroom.articles.add(source, [article], found_at=NOW)
        (waiting,) = await newsroom.articles.ungrouped(1)
        titles[title] = await newsroom.stories.file(
            Filing(int(waiting.id), None, Classification((topic,)), None, "none"), NOW
        )
    dear = Dear()

    async def ask() -> Demand:
        return demand([Wish(frozenset({"kk"}), frozenset({Topic.ECONOMY}))])

    assert await summarize(newsroom.stories, dear, ask) == 3
    assert dear.asked == ["Қар"]
    cards = await newsroom.stories.cards_of(titles.values())
    assert all(card.summaries for card in cards)
