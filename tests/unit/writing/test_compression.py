"""Sentences without what a digest can do without."""

import pytest

from summarizer.writing.compression import compress


@pytest.mark.parametrize(
    ("lang", "full", "short"),
    [
        (
            "kk",
            "Құрылыс жұмыстары күзде аяқталады, деп хабарлайды министрліктің баспасөз қызметі.",
            "Құрылыс жұмыстары күзде аяқталады.",
        ),
        (
            "kk",
            "Құрылыс жұмыстары күзде аяқталады, деп хабарлайды «Дала үні».",
            "Құрылыс жұмыстары күзде аяқталады.",
        ),
        (
            "kk",
            "Құрылыс жұмыстары күзде аяқталады, деп хабарлайды «Дала үні» министрлікке сілтеме жасап.",
            "Құрылыс жұмыстары күзде аяқталады.",
        ),
        ("kk", "Құрылыс күзде аяқталады, деп хабарлайды Example.kz.", "Құрылыс күзде аяқталады."),
        ("kk", "«Көпір келер жылы салынады», – деді ол.", "Көпір келер жылы салынады."),
        ("kk", "Сонымен қатар, ауылда жаңа мектеп ашылды.", "Ауылда жаңа мектеп ашылды."),
        ("kk", "Оның айтуынша, құрылыс күзде аяқталады.", "Құрылыс күзде аяқталады."),
        (
            "kk",
            'Көпір келер жылы салынады", - деді вице-премьер.',
            "Көпір келер жылы салынады, - деді вице-премьер.",
        ),
        (
            "ru",
            "Новый мост откроют осенью, передает Example.kz со ссылкой на акимат области.",
            "Новый мост откроют осенью.",
        ),
        ("ru", '"Мост откроют осенью", - сообщили в министерстве транспорта.', "Мост откроют осенью."),
        (
            "ru",
            "В области построили сорок мостов, следует из отчёта, с которым ознакомился «Вестник».",
            "В области построили сорок мостов.",
        ),
        ("ru", "Кроме того, в селе построили новую школу.", "В селе построили новую школу."),
        ("ru", "Союз (основан в столице) построит новый мост.", "Союз построит новый мост."),
        (
            "en",
            "The bank cut its rate to 15 percent, the regulator said in a statement.",
            "The bank cut its rate to 15 percent.",
        ),
        (
            "en",
            "Trains stood still for hours, the Steppe Ledger reports, citing the Ministry of Transport.",
            "Trains stood still for hours.",
        ),
        ("en", "However, the bridge will open in autumn.", "The bridge will open in autumn."),
        (
            "en",
            "Six people were hurt when the bridge fell, according to local media reports.",
            "Six people were hurt when the bridge fell.",
        ),
    ],
)
def test_attribution_connectives_and_asides_go(lang: str, full: str, short: str) -> None:
    """What is left is a sentence that ends with a point and has no lone quotation mark."""
    assert compress(full, lang) == short


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("kk", "Министр жаңа көпірдің күзде ашылатынын мәлімдейді."),
        ("kk", "Бұл туралы министрлік хабарлады."),
        ("ru", "Об этом сообщили в министерстве."),
        ("ru", "Из школы №48 (построена в селе) 752 ученика перевели в новую."),
        ("en", "iPhone sales fell by 3 percent."),
        ("en", "The bridge is safe, Governor Asan Serikov said."),
        ("kk", "«Жайық» клубы «Арман» командасын жеңді."),
        ("kk", "Сенат «Ғылым (немесе білім) туралы» заңды қабылдады."),
    ],
)
def test_what_is_the_news_itself_stays(lang: str, sentence: str) -> None:
    """A verb of saying is no attribution when nothing is left without it; figures and names stay whole."""
    short = compress(sentence, lang)
    assert short[-15:] == sentence[-15:]
    assert len(short) > 0.6 * len(sentence)


@pytest.mark.parametrize("piece", [" (аа бб)", '"', "«"])
def test_a_text_without_an_end_is_no_sentence(piece: str) -> None:
    """A page of 200,000 brackets or quotation marks stays as it is, at once."""
    text = "Көпір ашылды" + piece * (200_000 // len(piece))
    assert compress(text, "kk") == text
