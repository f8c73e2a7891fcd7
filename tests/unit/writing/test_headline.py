"""The digest's line."""

from summarizer.writing.headline import headline


def test_a_fitting_title_stays() -> None:
    """Only the outlet's tags go."""
    assert headline("Жаңа көпір ашылды (ФОТО)") == "Жаңа көпір ашылды"


def test_a_long_title_gives_its_first_part() -> None:
    """The part before a dash or colon is a line of its own."""
    title = "Облыста он екі мектеп салынады - тұрғындар мен ата-аналар көптен күткен жаңа жоспар таныстырылды"
    assert headline(title) == "Облыста он екі мектеп салынады"


def test_a_long_title_gives_its_last_part_where_that_says_more() -> None:
    """What somebody said is less than who he is and what he did."""
    title = "Бұл бәрімізге ортақ маңызды іс - Асан Серіков Жетісу облысында 12 мектептің құрылысын тексерді"
    assert headline(title) == "Асан Серіков Жетісу облысында 12 мектептің құрылысын тексерді"


def test_a_kazakh_title_is_not_cut_behind_a_converb() -> None:
    """Half a sentence is marked as half."""
    title = "Өңірде жаңа жылу жүйесі қосылып, ескі қазандықтар тоқтатылған соң ауа сапасы едәуір жақсарды"
    assert headline(title, lang="kk").endswith("…")


def test_a_title_without_borders_ends_behind_a_word() -> None:
    """At most 90 code points, never inside a word or number."""
    line = headline("сөз " * 20 + "1 234 567 теңге тағы сөздер")
    assert len(line) <= 90
    assert line.endswith("…")
    assert "1 2" not in line or "1 234 567" in line
