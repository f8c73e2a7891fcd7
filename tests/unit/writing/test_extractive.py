"""The default writer."""

import json
from pathlib import Path

import pytest

from summarizer.article import Article
from summarizer.writing.extractive import ExtractiveWriter
from summarizer.writing.writer import Draft, Limits

GOLD = Path(__file__).parents[3].parent / "shared" / "eval"
LONG = "Облыс әкімі, аудан басшылары, " + "кәсіпкерлер мен фермерлер, " * 30 + "жұртшылық өкілдері қатысты."


def write(text: str, title: str = "Тақырып", lang: str = "kk") -> Draft:
    return ExtractiveWriter().write([Article(id="1", title=title, text=text, lang=lang)], Limits())[0]


def test_one_sentence_is_its_own_summary() -> None:
    """An article of one sentence is never left without a summary."""
    assert write("Ақтөбеде жаңа мектеп ашылды.").text == "Ақтөбеде жаңа мектеп ашылды."


def test_no_sentence_gives_a_reason() -> None:
    """Nothing to say is said so."""
    assert write("") == Draft("", (), reason="no-sentence")


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        "сөз " * 200_000,
        "а" * 1_000_000,
        "АҚТӨБЕДЕ ЖАҢА МЕКТЕП АШЫЛДЫ. ОНДА 600 БАЛА ОҚИДЫ.",
        "Almatyda zhana mektep ashyldy. Onda 600 bala oqidy.",
        "Көпір ашылды. Мост открыли. The bridge opened.",
        "• Бірінші\n• Екінші\n• Үшінші",
        "Қала\tСаны\nАлматы\t12\nАстана\t15",
        "«Біз бәріміз де осы күнді күттік!»",
        "<p>Ақтөбеде жаңа мектеп ашылды.</p>",
        "?!?! ... ,,, «»",
        '"' * 3000 + "сөз",
    ],
    ids=[
        "too-long", "no-points", "one-word", "capitals", "transliterated", "mixed", "list", "table",
        "one-quote", "markup", "signs", "quotes",
    ],
)  # fmt: skip
def test_any_text_gives_a_summary_within_the_limit(text: str) -> None:
    """Hostile and broken input costs a sensible time and never an exception."""
    draft = write(text)
    assert 0 < len(draft.text) <= 300


def test_a_pronoun_brings_its_antecedent() -> None:
    """The picked sentences name what they speak of."""
    text = "Ақтөбеде 600 орындық жаңа мектеп ашылды. Ол 12 млрд теңгеге салынды. Жиын болды."
    picked = write(text, "Ақтөбеде мектеп ашылды").picked
    assert picked
    assert 1 not in picked or 0 in picked


@pytest.mark.skipif(not GOLD.is_dir(), reason="the shared development sets are not here")
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_real_news_is_cut_at_sentence_borders(lang: str) -> None:
    """Every picked sentence begins as the article has it or behind a connective, and ends with a point."""
    for line in (GOLD / f"summaries_{lang}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        article = Article(id="1", title=row["title"], text="", lang=lang, sentences=tuple(row["sentences"]))
        draft = ExtractiveWriter().write([article], Limits())[0]
        assert 0 < len(draft.text) <= 300
        assert draft.picked == tuple(sorted(draft.picked or ()))
        assert draft.text.endswith((".", "!", "?", "…", '"', "»", "”", ")"))


def test_a_text_as_short_as_a_summary_is_told_whole():
    """Two plain sentences that fit leave nothing to choose."""
    article = Article(
        "1", "Взрыв в Темиртау", "В Темиртау взорвался газ. Пострадали трое. Вывезены 46 человек.", "ru"
    )
    (draft,) = ExtractiveWriter().write([article], Limits())
    assert draft.text == "В Темиртау взорвался газ. Пострадали трое. Вывезены 46 человек."
    assert draft.picked == (0, 1, 2)
