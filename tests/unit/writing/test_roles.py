"""Who did what to whom."""

from summarizer.writing.roles import exchanged

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
