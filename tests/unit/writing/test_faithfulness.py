"""The guard."""

import pytest

from summarizer.article import Article
from summarizer.writing.faithfulness import check

KAZAKH = Article(
    id="kk",
    title="Жетісуда жаңа мектептер салынбақ",
    text=(
        "Жетісу облысының әкімі Ерлан Сәбитов Талдықорғанда келер жылы 12 мектеп салынбақ екенін айтты. "
        "Құрылысқа 6 760 млн теңге бөлінді. Былтыр облыста екі мектеп ашылды. "
        "Депутат Марат Қасымов кәсіпкерлердің ұсынысын қабылдамады. "
        "Жаңа нысандарда 10-12% орын ауыл балаларына беріледі."
    ),
    lang="kk",
)
RUSSIAN = Article(
    id="ru",
    title="В Жетысу построят новые школы",
    text=(
        "Аким области Ерлан Сабитов заявил в Талдыкоргане, что в следующем году планируют построить 12 школ. "
        "На строительство выделили 6 760 млн тенге. Депутат Марат Касымов не поддержал предложение бизнеса. "
        "В прошлом году школу в Сарканде закрыли на ремонт."
    ),
    lang="ru",
)
ENGLISH = Article(
    id="en",
    title="New schools to be built in Zhetisu",
    text=(
        "Governor Erlan Sabitov said in Taldykorgan that the region will build 12 schools next year. "
        "The budget gave 1,500 million tenge. Lawmaker Marat Kasymov did not support the proposal. "
        "Rivals of Kairat beat Tobol in the final."
    ),
    lang="en",
)


@pytest.mark.parametrize(
    ("article", "draft"),
    [
        (KAZAKH, "Жетісу облысында келер жылы 12 мектеп салынбақ, оған 6,76 млрд теңге бөлінді."),
        (KAZAKH, "Депутат Марат Қасымов кәсіпкерлердің ұсынысын қабылдамады."),
        (KAZAKH, "Былтыр облыста 2 мектеп ашылды, жаңа нысандардың 10-12 пайызы ауыл балаларына беріледі."),
        (RUSSIAN, "В Жетысу в следующем году планируют построить 12 школ, выделено 6,76 млрд тенге."),
        (RUSSIAN, "Депутат Марат Касымов не поддержал предложение бизнеса."),
        (ENGLISH, "Zhetisu will build 12 schools next year, Governor Erlan Sabitov said."),
    ],
)
def test_a_faithful_draft_passes(article: Article, draft: str) -> None:
    """Other words for the same facts are no fault."""
    assert check(draft, article) == ()


@pytest.mark.parametrize(
    ("article", "draft", "reason"),
    [
        (KAZAKH, "Жетісу облысында келер жылы 15 мектеп салынбақ.", "number"),
        (KAZAKH, "Жетісу облысында келер жылы он бес мектеп салынбақ.", "number"),
        (KAZAKH, "Құрылысқа 6 760 млрд теңге бөлінді.", "number"),
        (RUSSIAN, "На строительство выделили 6 670 млн тенге.", "number"),
        (ENGLISH, "The budget gave 1.5 million tenge.", "number"),
        (KAZAKH, "Жетісу облысының әкімі Ерлан Назаров жиын өткізді.", "name"),
        (KAZAKH, "Шымкентте 12 мектеп салынбақ.", "name"),
        (KAZAKH, "Chevron келер жылы 12 мектеп салмақ.", "name"),
        (RUSSIAN, "Депутат Марат Карабаев не поддержал предложение бизнеса.", "name"),
        (ENGLISH, "Governor Daniyar Sabitov spoke in Taldykorgan.", "name"),
        (KAZAKH, "Депутат Марат Қасымов кәсіпкерлердің ұсынысын қабылдады.", "negation"),
        (KAZAKH, "Құрылысқа 6 760 млн теңге бөлінбеді.", "negation"),
        (RUSSIAN, "Депутат Марат Касымов поддержал предложение бизнеса.", "negation"),
        (ENGLISH, "Lawmaker Marat Kasymov supported the proposal.", "negation"),
        (KAZAKH, "Жетісу облысында келер жылы 12 мектеп салынды.", "modality"),
        (RUSSIAN, "В следующем году в области построили 12 школ.", "modality"),
        (KAZAKH, "Жетісу әкімі Марат Қасымов жиын өткізді, оған депутат Ерлан Сәбитов келді.", "role"),
        (ENGLISH, "Lawmaker Erlan Sabitov did not support what Governor Marat Kasymov proposed.", "role"),
        (KAZAKH, "Әкім «біз бәрін де тамаша орындап шықтық» деп айтты.", "quotation"),
        (KAZAKH, "В Жетысу в следующем году планируют построить двенадцать новых школ.", "language"),
        (KAZAKH, "Жетісуда 12 мектеп салынбақ. Жетісуда 12 мектеп салынбақ.", "repetition"),
        (KAZAKH, "Түйін: Жетісуда 12 мектеп салынбақ.", "prompt"),
        (RUSSIAN, "Здание рассчитано на 320 учеников, пишите на https://example.org", "prompt"),
        (KAZAKH, "Жетісуда 12 мектеп салынбақ. " * 12, "length"),
        (KAZAKH, "  ", "empty"),
    ],
)  # fmt: skip
def test_a_false_draft_is_turned_down(article: Article, draft: str, reason: str) -> None:
    """Each kind of falsehood has its own word."""
    assert reason in check(draft, article)


def test_a_kazakh_draft_without_kazakh_letters_has_drifted() -> None:
    """A transliterated or russified draft is caught by its letters."""
    assert "script" in check("Almatyda zhana mektep saldy, ogan bala barady. " * 3, KAZAKH)


@pytest.mark.parametrize("text", ["", "а" * 100_000, "«" * 5000, "12 " * 20_000, "Aa " * 20_000])
def test_any_article_is_checked_without_an_exception(text: str) -> None:
    """Hostile articles cost a bounded time."""
    article = Article(id="1", title="", text=text, lang="kk")
    assert "name" in check("Әкім Ерлан Сәбитов келді, деді Марат Қасымов.", article)
