import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import chain, combinations

import pytest
from razdel import sentenize

from bot.demo.outlets import outlets
from summarizer.topic import Topic

ARTICLES = [(outlet, article) for outlet in outlets() for article in outlet.articles]
BY_NAME = pytest.mark.parametrize(
    ("outlet", "article"), ARTICLES, ids=[f"{outlet.slug}-{article.id}" for outlet, article in ARTICLES]
)
#: Names of real outlets and agencies: an invented story is never laid at their door.
REAL = re.compile(
    r"\b(?:tengri|azattyq|kazinform|qazinform|informburo|sputnik|zakon|nur\.kz|kursiv|inbusiness|forbes|vlast"
    r"|kazakhstan today|astana times|orda\.kz|baq\.kz|ulysmedia|khabar 24|reuters|xinhua|bloomberg|interfax"
    r"|казинформ|қазақпарат|курсив|егемен қазақстан|айқын|спутник казахстан|интерфакс|тасс|хабар 24)",
    re.IGNORECASE,
)
REPRINT = "nanosatellite"
HARD_NEGATIVES = [("labour-minister", "agriculture-minister"), ("rudny-flood", "uralsk-flood")]


def events():
    told = defaultdict(list)
    for outlet, article in ARTICLES:
        told[article.event].append((outlet, article))
    return told


def words(article):
    return re.findall(r"\w+", " ".join(article.paragraphs).lower())


def numbers(article):
    """Written numbers without their separators: «3 200», "3,200" and «3200» are one, «92 мың» is 92000."""
    plain = re.sub(r"(?<=\d)[ ,.](?=\d)", "", " ".join(article.paragraphs))
    plain = re.sub(r"(?<=\d) (?:мың|тысяч)", "000", plain)
    return set(re.findall(r"\d+", plain))


def test_six_outlets_announce_articles_in_four_ways():
    """Three outlets have feeds of three kinds, three have only a listing."""
    formats = Counter(outlet.format for outlet in outlets())
    assert formats == {"rss": 1, "atom": 1, "json": 1, "listing": 3}


def test_there_is_enough_in_each_language():
    """The sample is Kazakh first, and large enough in Russian and English."""
    langs = Counter(outlet.lang for outlet, _ in ARTICLES)
    assert langs["kk"] >= 18
    assert langs["ru"] >= 14
    assert langs["en"] >= 10


@pytest.mark.parametrize(
    ("lang", "topic", "least"),
    [("kk", "economy", 5), ("kk", "technology", 5), ("ru", "society", 4), ("ru", "incidents", 4)],
)
def test_the_readers_topics_are_well_covered(lang, topic, least):
    """Each reader of the demo finds several events of a chosen topic in their language."""
    found = {article.event for outlet, article in ARTICLES if outlet.lang == lang and topic in article.topics}
    assert len(found) >= least


def test_every_topic_is_covered_in_english():
    """The reader of everything finds something under each of the twelve topics."""
    english = [article.topics for outlet, article in ARTICLES if outlet.lang == "en"]
    assert set(chain.from_iterable(english)) == set(Topic)


def test_many_events_are_told_more_than_once():
    """At least seven events have several tellings, some by two outlets of one language."""
    several = [told for told in events().values() if len(told) > 1]
    assert len(several) >= 7
    one_language = [told for told in several if len({outlet.lang for outlet, _ in told}) < len(told)]
    assert len(one_language) >= 4


def test_tellings_of_an_event_agree_in_figures():
    """Any two tellings of one event share figures, so that they can be recognised and checked."""
    for event, told in events().items():
        for (one, first), (other, second) in combinations(told, 2):
            shared = numbers(first) & numbers(second)
            assert len(shared) >= 3, (event, one.slug, other.slug, shared)


def test_tellings_of_an_event_belong_to_different_outlets():
    """An outlet tells an event once, and all tellings agree on its topic."""
    for event, told in events().items():
        assert len({outlet.slug for outlet, _ in told}) == len(told), event
        assert len({article.topics for _, article in told}) == 1, event


def test_one_article_is_a_reprint_and_the_others_are_not():
    """Only the announced reprint repeats another outlet's words."""
    for (one, first), (other, second) in combinations(ARTICLES, 2):
        if one.lang != other.lang:
            continue
        ours, theirs = set(zip(*[words(first)[i:] for i in range(3)], strict=False)), words(second)
        shared = ours & set(zip(*[theirs[i:] for i in range(3)], strict=False))
        alike = len(shared) / len(ours)
        reprint = first.event == second.event == REPRINT
        assert (alike > 0.7) == reprint, (first.id, second.id, alike)


@pytest.mark.parametrize(("one", "other"), HARD_NEGATIVES)
def test_hard_negatives_look_alike_and_are_two_events(one, other):
    """Two ministers received and two towns' burst mains: same pattern, language and topic, other names."""
    [first] = events()[one]
    [second] = events()[other]
    assert first[0].lang == second[0].lang
    assert first[1].topics[0] == second[1].topics[0]
    stems = [{word[:6] for word in words(article)} for _, article in (first, second)]
    assert len(stems[0] & stems[1]) >= 15


def test_titles_are_unique():
    """No two articles carry the same headline."""
    titles = Counter(article.title for _, article in ARTICLES)
    assert titles.most_common(1)[0][1] == 1


def test_ids_are_unique_within_an_outlet_and_fit_an_address():
    """An id can stand in a URL as it is."""
    for outlet in outlets():
        ids = [article.id for article in outlet.articles]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in ids)


def test_articles_fit_one_digests_day():
    """Everything was published within the last 22 hours, in order, and at most to the minute."""
    now = datetime(2026, 3, 4, 9, 0, 30, 5, tzinfo=UTC)
    for outlet in outlets():
        times = [article.published(now) for article in outlet.articles]
        assert times == sorted(times, reverse=True)
        assert all(now - timedelta(hours=22) < time < now for time in times)
        assert all(time.second == time.microsecond == 0 for time in times)


@BY_NAME
def test_an_article_is_long_enough_to_be_condensed(outlet, article):
    """Every article has at least six sentences, and figures in them."""
    sentences = [s for paragraph in article.paragraphs for s in sentenize(paragraph)]
    assert len(sentences) >= 6
    assert len(numbers(article)) >= 3


@BY_NAME
def test_an_article_is_in_its_outlets_letters(outlet, article):
    """Kazakh letters stand in Kazakh articles only, Cyrillic ones not in English, Latin ones in neither."""
    text = article.title + " ".join(article.paragraphs)
    kazakh = len(re.findall("[әғқңөұүһі]", text.lower()))
    cyrillic = len(re.findall("[а-яё]", text.lower()))
    latin = len(re.findall("[a-z]", re.sub(r"\b[IVX]+\b", "", text).lower()))
    share = {"kk": kazakh / max(cyrillic, 1) > 0.1, "ru": kazakh == 0, "en": kazakh + cyrillic == 0}
    assert share[outlet.lang]
    assert outlet.lang == "en" or latin == 0


@BY_NAME
def test_quotation_marks_are_closed(outlet, article):
    """«…» and dashes are set as a newspaper sets them."""
    for text in (article.title, *article.paragraphs):
        assert text.count("«") == text.count("»")
        assert text.count('"') % 2 == 0
        assert "  " not in text
        assert outlet.lang == "en" or not re.search(r'"|\s-\s', text)


@BY_NAME
def test_no_real_outlet_is_named(outlet, article):
    """Invented news is never laid at a real outlet's or agency's door, and links to nobody."""
    text = " ".join([outlet.name, article.title, *article.paragraphs])
    assert not REAL.search(text)
    assert "http" not in text
    assert "www." not in text
