"""Sentence borders in Kazakh, Russian and English news."""

import pytest

from summarizer.text.sentences import split

CASES = """
Қ.-Ж. Тоқаев жиын өткізді.|Ол 6 760 мектеп туралы айтты.
Жиын 04.03.2026 күні өтті.|Оған 12 адам қатысты.
2018 ж. 4 наурызда басталды.|Кейін тоқтады.
Ол Абай даңғ. 52 үйде тұрады.|Көршісі де сонда.
Шығын 3 млн долл. США құрады.|Сома өсті.
Келісім 2,5 млрд. АҚШ долларына бағаланды.|Құжатқа қол қойылды.
«Біз келдік, енді жұмыс істейміз», – деді ол.|Жиын аяқталды.
Олжас Ә. Сүлейменов өлең оқыды.|Жұрт қол соқты.
Он живет на ул. Абая, д. 5, кв. 12.|Его знают все.
В 2018 г. завод закрыли.|Потом открыли снова.
Курс составил 450,5 тг. за доллар.|Это рекорд.
Проект им. Сатпаева начат.|Он идет по плану.
Цена выросла до 3 млн. тенге в год.|Люди недовольны.
The U.S. Senate voted on Jan. 5.|Mr. Smith was absent.
Dr. J. K. Rowling came at 5 p.m. on Monday.|She spoke.
The talks began at 11 a.m. ET in London.|They failed.
Олар келді ме?|Иә, келді!|Жиын басталды…|Бәрі тыңдады.
Оның мекенжайы: Алматы қ., Абай көш. 10.|Телефоны жоқ.
Қаржы, білім, ғылым т.б. салалар аталды.|Жиын бітті.
Жобаға 1,75 млн. адам қатысты.|Нәтиже 12.5 пайыз.
"Мы не знали об этом", - сказал А. Иванов.|Расследование идет.
Об этом сообщил и.о. министра И. П. Петров.|Он выступил вчера.
Температура 5 ... 10 градус болады.|Жел күшті.
Жел екпіні 15-20 м/с.|Температура 5 градус.
Астана қ. № 5 мектепте өтті.|Оған 100 бала келді.
Дж. Байден мен В.В. Путин кездесті.|Кездесу Женевада өтті.
Баға өсті.|eGov порталы жұмыс істеп тұр.
He paid $1.5 million.|The U.N. agreed.
Премьер-министр (1940-1945 жылдары.) Уинстон Черчилль келді.|Жиын өтті.
Жиын өтті.|(Ол туралы кейін жазамыз.)|Ертең тағы жиын бар.
Ол 2015 жылы келген.|А.Байтұрсынов атындағы мектепте оқыды.
""".strip().splitlines()


@pytest.mark.parametrize("case", CASES)
def test_ends_a_sentence_only_where_one_ends(case: str) -> None:
    """Initials, dates, grouped thousands, abbreviations and quotes keep their sentence whole."""
    assert split(case.replace("|", " ")) == case.split("|")


def test_a_newline_ends_a_sentence() -> None:
    """A paragraph without a point is a sentence of its own."""
    assert split("Бірінші жол\nЕкінші жол.\n\n") == ["Бірінші жол", "Екінші жол."]


def test_nothing_gives_nothing() -> None:
    """Blank text has no sentences."""
    assert split(" \n\t") == []


@pytest.mark.parametrize(
    "text", ["ж. 4 " * 20_000, "." * 50_000, "«" * 50_000, "А. " * 20_000, "a" * 100_000]
)
def test_hostile_text_is_split_without_losing_a_letter(text: str) -> None:
    """Long runs of points, quotes and abbreviations end, and keep every character."""
    assert "".join("".join(split(text)).split()) == "".join(text.split())
