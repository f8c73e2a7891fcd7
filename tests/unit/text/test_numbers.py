"""Numbers in one normal form."""

import pytest

from summarizer.text.numbers import numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1 миллион 300 мың адам", {"1300000"}),
        ("1,75 миллион үй", {"1750000"}),
        ("6 760 мектеп", {"6760"}),
        ("6\u00a0760 мектеп", {"6760"}),
        ("10-12%-ға өсті", {"10", "12"}),
        ("2-ші орын", {"2"}),
        ("екінші орын", {"2"}),
        ("екі жүз елу бес адам", {"255"}),
        ("он бес адам", {"15"}),
        ("04.03.2026", {"4", "month-3", "2026"}),
        ("2026 жылғы 4 наурызда", {"4", "month-3", "2026"}),
        ("1,500 people", {"1500"}),
        ("4,125 млрд теңге", {"4125000000"}),
        ("14,75 процента", {"14.75"}),
        ("14.75 percent", {"14.75"}),
        ("есеп 3:1 болды", {"3:1"}),
        ("двадцать пять человек", {"25"}),
        ("2018-2019 жылдары", {"2018", "2019"}),
        ("сөз жоқ", set()),
    ],
)
def test_equal_values_are_equal_strings(text: str, values: set[str]) -> None:
    """A value reads the same however it is written."""
    assert numbers(text, "kk") == values


def test_he_is_not_ten_in_russian() -> None:
    """«Он» counts as a number in Kazakh only."""
    assert numbers("он приехал", "ru") == frozenset()


def test_a_month_counts_only_beside_a_day_or_year() -> None:
    """The modal verb "may" and the holiday Наурыз are no dates."""
    assert numbers("It may rain", "en") == frozenset()
    assert numbers("on 2 May", "en") == {"2", "month-5"}
