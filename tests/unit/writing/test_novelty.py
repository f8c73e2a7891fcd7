"""What a later article adds."""

from summarizer.article import Article
from summarizer.writing.novelty import new_fact


def article(title, text, lang="ru"):
    return Article("1", title, text, lang)


FIRST = article("Взрыв в Темиртау", "В Темиртау взорвался газ. Пострадали трое. Эвакуированы 46 человек.")


def test_a_new_figure_is_the_news():
    """The sentence with it is given, without its attribution."""
    later = article(
        "Взрыв в Темиртау", "В Темиртау разбирают завалы. Число пострадавших выросло до семи, сообщили в ДЧС."
    )
    assert new_fact(later, [FIRST]) == "Число пострадавших выросло до семи."


def test_the_same_figures_in_other_words_are_no_news():
    """Not even in another language, or spelled out."""
    kazakh = article(
        "Теміртаудағы жарылыс", "Теміртауда газ жарылды. Үш адам зардап шекті. 46 адам эвакуацияланды.", "kk"
    )
    assert new_fact(kazakh, [FIRST]) == ""
    assert new_fact(article("Взрыв", "Пострадали 3 человека, ещё 46 вывезли."), [FIRST]) == ""


def test_dates_and_times_are_no_news():
    """Every article has its own."""
    assert new_fact(article("Взрыв", "Газ взорвался 22 ноября 2026 года в 06:40."), [FIRST]) == ""


def test_a_new_name_in_the_title_is_news_in_the_same_language_only():
    """Names are spelled differently in another language, so they prove nothing there."""
    later = article("Жандос Қалиев возглавил расследование", "Следственную группу возглавил Жандос Қалиев.")
    assert new_fact(later, [FIRST]) == "Следственную группу возглавил Жандос Қалиев."
    kazakh = article("Жандос Қалиев тергеуді басқарады", "Тергеу тобын Жандос Қалиев басқарады.", "kk")
    assert new_fact(kazakh, [FIRST]) == ""


def test_an_empty_article_adds_nothing():
    """A title alone has no sentence to quote."""
    assert new_fact(article("Взрыв", ""), [FIRST]) == ""
