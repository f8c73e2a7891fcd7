"""The company a name or a figure keeps."""

from summarizer.writing.company import figures, names


def test_a_name_is_two_words_at_most() -> None:
    """A place behind a person is a name of its own; a title at a sentence's start is none."""
    found = names("Премьер Асан Серіков Көкшетауда жиын өткізді.", "kk")
    assert [mention.words for mention in found] == [("Асан", "Серіков"), ("Көкшетауда",)]


def test_company_is_what_stands_beside_it() -> None:
    """Words on the left and on the right are told apart, the nearest weighs most."""
    mention = next(names("кеше министр Дана Оспанова бюджет жобасын таныстырды", "kk"))
    assert mention.company["<мини"] > mention.company["<кеше"]
    assert ">бюдж" in mention.company
    assert "<бюдж" not in mention.company


def test_fit_counts_the_shared_company() -> None:
    """The same words on the other side are other company."""
    mention = next(names("облыс әкімі Болат жиын ашты", "kk"))
    assert mention.fit(mention.company) > mention.fit({"<әкім": 1.0}) > mention.fit({">әкім": 1.0}) == 0


def test_grouped_thousands_are_one_figure() -> None:
    """«6 760» is looked up whole."""
    assert [mention.words for mention in figures("Өңірде 6 760 мектеп пен 12,5 мың орын бар", "kk")] == [
        ("6760",),
        ("12,5",),
    ]
