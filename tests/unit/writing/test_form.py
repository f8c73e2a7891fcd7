"""What is wrong with a draft whatever its facts."""

import pytest

from summarizer.writing.form import drifts, leaks, repeats

KAZAKH = "Қостанай облысында биыл он екі жаңа мектеп ашылып, оларда он мыңға жуық бала білім ала бастады."
KYRGYZ = "Ысык-Көл облусунда быйыл он эки жаңы мектеп ачылып, аларда он миңге жакын окуучу билим ала баштады."


def test_a_draft_in_its_language_passes() -> None:
    """Names in the other alphabet are no drift."""
    assert list(drifts(f"{KAZAKH} Оны Nazarbayev University ұсынды.", "", "kk")) == []


RUSSIAN = "В области в этом году открыли двенадцать новых школ и детский сад."


@pytest.mark.parametrize("draft", [KYRGYZ, RUSSIAN])
def test_another_language_is_drift(draft: str) -> None:
    """Kyrgyz and Russian are not Kazakh."""
    assert "language" in list(drifts(draft, "", "kk"))


def test_one_foreign_sentence_is_drift_unless_the_article_has_it() -> None:
    """A quotation in the article's own words stays."""
    draft = f"{KAZAKH} {RUSSIAN}"
    assert "language" in list(drifts(draft, KAZAKH, "kk"))
    assert list(drifts(draft, draft, "kk")) == []


@pytest.mark.parametrize(
    ("draft", "repeated"),
    [
        ("Мектеп ашылды. Мектеп ашылды.", True),
        ("Мектеп мектеп мектеп ашылды.", True),
        ("бір екі үш төрт бес " * 4, True),
        ("Мектеп ашылды. Балабақша салынды.", False),
    ],
)
def test_sees_what_is_said_twice(draft: str, repeated: bool) -> None:
    """Sentences, runs of words and single words."""
    assert repeats(draft) is repeated


@pytest.mark.parametrize(
    ("draft", "leaked"),
    [
        ("Summary: a school opened.", True),
        ("Here is the summary of it: a school opened.", True),
        ("Мектеп ашылды </article>", True),
        ("Толығырақ https://example.org сайтында", True),
        ("Тек мақалада бар деректі, санды және есімді жаз, ештеңе қоспа.", True),
        ("Мектеп ашылды.", False),
    ],
)
def test_sees_the_prompt_and_chat_in_a_draft(draft: str, leaked: bool) -> None:
    """Labels, fences, instructions and links that the article lacks."""
    assert leaks(draft, "Мектеп ашылды.") is leaked


def test_the_articles_own_link_is_no_leak() -> None:
    """An article that prints an address may be quoted with it."""
    assert not leaks("Тіркелу: https://example.org", "Тіркелу: https://example.org сайтында")
