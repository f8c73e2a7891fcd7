"""Bodies without what a page prints around its news."""

from pathlib import Path

import pytest
import trafilatura

from summarizer.text.cleaning import clean_body
from summarizer.text.titles import clean_title

NEWS = "Қызылордада жаңа зауыт іске қосылды."
PAGES = Path(__file__).parents[3].parent / "shared" / "corpus" / "kt" / "kaz"


@pytest.mark.parametrize(
    "waste",
    [
        "Достарға айту",
        "Сурет: ашық дереккөз",
        "Фото: пресс-служба министерства",
        "Қаралды: 1 204",
        "12 345",
        "Ақпаратты пайдаланған жағдайда агенттікке гиперсілтеме жасау міндетті.",
        "При использовании материалов гиперссылка на сайт обязательна. Все права защищены.",
        "Об этом сообщает Tengrinews.kz.",
        "Бұл туралы ҚазАқпарат хабарлайды.",
        "Поделиться",
        "Тегтер: зауыт, өндіріс",
    ],
)
def test_a_line_of_furniture_goes(waste: str) -> None:
    """Share buttons, credits, counters, copyright and attribution-only paragraphs are no news."""
    assert clean_body(f"{NEWS}\n{waste}\n{NEWS}") == f"{NEWS}\n{NEWS}"


@pytest.mark.parametrize(
    "dateline",
    [
        "АСТАНА. ҚазАқпарат – ",
        "АЛМАТЫ. КАЗИНФОРМ - ",
        "АСТАНА. 4 наурыз. KAZINFORM – ",
        "ASTANA (Reuters) - ",
        "LONDON, March 4 (Reuters) - ",
    ],
)
def test_a_dateline_goes(dateline: str) -> None:
    """The news begins at its first word."""
    assert clean_body(dateline + NEWS) == NEWS


def test_a_list_of_other_news_goes_with_its_headlines() -> None:
    """What follows the opener is dropped until a real paragraph comes."""
    links = "Читайте также:\nВ Актау открыли мост\nДругая новость"
    assert clean_body(f"{NEWS}\n{links}\n{NEWS}\nЕң көп оқылғаны\nБасқа тақырып") == f"{NEWS}\n{NEWS}"


def test_an_inline_link_to_other_news_goes_alone() -> None:
    """«Читайте также: …» in one line takes nothing else with it."""
    assert clean_body(f"Читайте также: В Актау открыли мост\n{NEWS}") == NEWS


def test_a_title_printed_twice_goes() -> None:
    """As a line of its own, or at the head of the first paragraph."""
    title = "Қызылордада зауыт ашылды"
    assert clean_body(f"{title}\n{NEWS}", title=title) == NEWS
    assert clean_body(f"{title}. {NEWS}", title=title) == NEWS


def test_known_furniture_of_the_host_goes() -> None:
    """`drop` matches a paragraph whatever its blanks and case."""
    assert clean_body(f"Біздің  ЖОБА туралы!\n{NEWS}", drop=["біздің жоба туралы"]) == NEWS


def test_glued_sentences_are_parted() -> None:
    """Blanks that links and line ends lost are put back; numbers and domains stay whole."""
    assert clean_body("Жел түскен.«Әдеттегідей» болды.") == "Жел түскен. «Әдеттегідей» болды."
    assert (
        clean_body("Новость передаетTengrinews.kzсо ссылкой.") == "Новость передает Tengrinews.kz со ссылкой."
    )
    assert clean_body("Жиын Ақорды16 күні, 17:16Кеше болды.") == "Жиын Ақорды 16 күні, 17:16 Кеше болды."
    assert clean_body("Баға 1,75 және 04.03.2026 күні.") == "Баға 1,75 және 04.03.2026 күні."


def test_a_quotation_mark_opens_or_closes_by_its_own_paragraph() -> None:
    """One that a paragraph before left open says nothing of it."""
    odd = 'Тақтада "5 дюйм деп жазылған.'
    assert clean_body(f'{odd}\nОл соған барын."Қазіргі уақыт" деді.') == (
        f'{odd}\nОл соған барын. "Қазіргі уақыт" деді.'
    )
    assert clean_body('Ол "келдім."Қазір көктем.') == 'Ол "келдім." Қазір көктем.'


def test_markup_that_was_left_in_goes() -> None:
    """Tags become borders or nothing; a bare sign stays."""
    assert (
        clean_body("<p>Бірі <b>өсті</b></p><script>x=1</script><p>5 < 7 болды</p>")
        == "Бірі өсті\n5 < 7 болды"
    )


def test_a_megabyte_is_cut_behind_a_paragraph() -> None:
    """No news item has this many characters."""
    body = clean_body(f"{NEWS}\n" * 40_000)
    assert len(body) < 250_000
    assert set(body.splitlines()) == {NEWS}


@pytest.mark.skipif(not PAGES.is_dir(), reason="the shared corpus is not here")
@pytest.mark.parametrize("page", sorted(PAGES.glob("*.html")), ids=lambda page: page.stem)
def test_a_real_agencys_pages_come_out_clean(page: Path) -> None:
    """No share button, credit, counter, copyright line or list of other news is left."""
    html = page.read_text("utf-8")
    title = clean_title(html.partition("<title>")[2].partition("</title>")[0])
    body = clean_body(trafilatura.extract(html, favor_recall=True), title=title)
    assert len(body) > 300
    assert body.splitlines()[-1].endswith((".", '"'))
    for waste in ("Достарға айту", "Сурет:", "гиперсілтеме", "авторлық құқық", "тақырып бойынша", title):
        assert waste not in body


def test_a_dateline_with_the_publishers_own_name_is_taken_off():
    """A publisher's name of several words is known as such only from the source."""
    body = clean_body(
        "ТАРАЗ. Степной меридиан – В городе открыли мост через реку.", source="Степной меридиан"
    )
    assert body == "В городе открыли мост через реку."


def test_dated_headlines_inside_a_paragraph_are_no_news() -> None:
    """A list of earlier news, printed into the text with each one's hour, goes; the news around it stays."""
    text = (
        "Мост открыт, передает корреспондент.Продолжение■Мост строили год12 апреля 2024 14:10"
        "■Акимат ответилВчера 17:03"
        '"Движение идёт", - сказал аким.'
    )
    assert clean_body(text) == 'Мост открыт, передает корреспондент. "Движение идёт", - сказал аким.'


def test_a_bulleted_list_without_hours_is_news() -> None:
    """What an article lists itself stays."""
    text = "Открыты три моста: ■ первый в Семее ■ второй в Таразе ■ третий в Актау."
    assert clean_body(text) == text


def test_a_dated_dateline_is_dropped() -> None:
    """«Город. 14 ноября. AGENCY -» says when it was written, not what happened."""
    assert clean_body("Москва. 14 ноября. INTERFAX.RU - Столица встретит снег на неделе.") == (
        "Столица встретит снег на неделе."
    )
