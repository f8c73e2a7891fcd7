"""Who did what to whom."""

from summarizer.writing.roles import exchanged, other_figures, other_names, strangers

SOURCE = [
    "Премьер Асан Серіков Көкшетауда жиын өткізді.",
    "Министр Дана Оспанова бюджет жобасын таныстырды.",
    "Төреші жеңіске жеткен Қайрат клубын құттықтады, жеңілген Тобыл клубы апелляция берді.",
]


def test_names_in_their_own_places_pass() -> None:
    """A shorter telling keeps each name's company."""
    assert not list(
        exchanged(["Премьер Асан Серіков жиын өткізді, министр Дана Оспанова бюджетті айтты."], SOURCE, "kk")
    )


def test_two_titles_exchanged_are_seen() -> None:
    """A rival's title given to the hero is no small mistake."""
    draft = "Премьер Дана Оспанова Көкшетауда жиын өткізді, министр Асан Серіков бюджет жобасын таныстырды."
    assert list(exchanged([draft], SOURCE, "kk"))


def test_names_that_the_source_lacks_are_not_judged_here() -> None:
    """Their absence is another check's business."""
    assert not list(exchanged(["Премьер Болат Әлиев келді, министр Жанар Сейтова кетті."], SOURCE, "kk"))


def test_a_figure_in_anothers_place_is_seen() -> None:
    """The article has both figures, each with its own thing counted."""
    source = ["Облыста 12 мектеп пен 45 балабақша салынды.", "Құрылысқа 300 жұмысшы тартылды."]
    assert list(other_figures(["Облыста биыл 300 мектеп салынды."], source, "kk")) == ["300"]
    assert not list(other_figures(["Облыста биыл 12 мектеп салынды."], source, "kk"))


def test_a_name_in_anothers_place_is_seen() -> None:
    """Where the article's words around it belong to somebody else, the name was taken from elsewhere."""
    source = ["Жиында облыс әкімі Болат Әлиев жаңа мектепті таныстырды.", "Оған депутат Асан Серіков келді."]
    assert list(other_names(["Облыс әкімі Асан Серіков жаңа мектепті таныстырды."], source, "kk"))
    assert not list(other_names(["Облыс әкімі Болат Әлиев жаңа мектепті таныстырды."], source, "kk"))


def test_a_strange_name_at_a_sentences_start_is_seen() -> None:
    """A capital tells nothing there, but the words behind it are those of the article's name."""
    source = ["Кеше Ақжайық клубы екінші рет жеңіске жетті.", "Жанкүйерлер қуанды."]
    assert list(strangers(["Тарлан клубы екінші рет жеңіске жетті."], source, "kk")) == ["Тарлан"]
    assert not list(strangers(["Ақжайық клубы екінші рет жеңіске жетті."], source, "kk"))
    assert not list(strangers(["Былтыр жанкүйерлер қуанды."], source, "kk"))
