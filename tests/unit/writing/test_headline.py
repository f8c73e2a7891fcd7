"""The digest's line."""

from summarizer.writing.headline import headline


def test_a_fitting_title_stays() -> None:
    """Only the outlet's tags go."""
    assert headline("Жаңа көпір ашылды (ФОТО)") == "Жаңа көпір ашылды"


def test_a_long_title_ends_at_a_clause() -> None:
    """The part before a dash or colon is a line of its own."""
    title = "Облыста он екі мектеп салынады - Жетісу әкімі тұрғындармен кездесуде жаңа жоспарды таныстырды"
    assert headline(title) == "Облыста он екі мектеп салынады"


def test_a_title_without_borders_ends_behind_a_word() -> None:
    """At most 90 code points, never inside a word or number."""
    line = headline("сөз " * 20 + "1 234 567 теңге тағы сөздер")
    assert len(line) <= 90
    assert line.endswith("…")
    assert "1 2" not in line or "1 234 567" in line
