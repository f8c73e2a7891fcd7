# Панель управления
panel-title = Панель управления
panel-skip = К содержанию
panel-pages = Страницы
panel-logout = Выйти
panel-login = Войти
panel-login-why = Эта ссылка открывается только один раз. Нажмите кнопку, чтобы войти.
panel-closed = Вход закрыт
panel-closed-do = Напишите боту /admin: придёт ссылка для входа. Она открывается один раз и действует десять минут.

panel-overview = Обзор
panel-sources = Источники
panel-stories = Сюжеты
panel-summaries = Выжимки
panel-deliveries = Доставка
panel-readers = Читатели

panel-well = Всё в порядке
panel-well-since = Работает без перерыва с { $when }
panel-troubles =
    { $count ->
        [one] { $count } неполадка
        [few] { $count } неполадки
       *[many] { $count } неполадок
    }
panel-last-hour = За два часа
panel-last-day = За сутки
panel-newest = последняя: { $when }
panel-in-all = всего статей: { $count }
panel-source-trouble = с ошибкой: { $failing }, закрыто: { $gone }
panel-queue = В очереди
panel-waiting-since = ждёт с { $when }
panel-nothing-waits = ничего не ждёт
panel-lateness = Время доставки
panel-slowest = 95 % за { $span }
panel-unconfirmed = Не подтверждено
panel-of-latest = из последних { $count } сообщений
panel-paused-gone = на паузе: { $paused }, ушли: { $gone }
panel-disk = Свободно на диске
panel-stories-kept = сюжетов: { $count }
panel-articles-by-hour = Статьи по часам
panel-messages-by-hour = Сообщения по часам
panel-seconds = { $count } с
panel-minutes = { $count } мин
panel-hours = { $count } ч

panel-sent = доставлено
panel-pending = в очереди
panel-sending = в пути
panel-unknown = под вопросом
panel-failed = не доставлено

panel-failing-since = С { $when }: { $reason }
panel-last-article = Последняя статья
panel-pulse = статей за сутки: { $count }
panel-probe = Проверить
panel-pause = Приостановить
panel-resume = Продолжить
panel-answers =
    { $count ->
        [one] Отвечает: { $count } статья
        [few] Отвечает: { $count } статьи
       *[many] Отвечает: { $count } статей
    }
panel-no-answer = Как источник не отвечает
panel-address = Адрес
panel-kind = Вид
panel-language = Язык
panel-headlines = Заголовки

panel-nothing = Пока ничего нет.
panel-told-by = статей: { $articles }, изданий: { $outlets }
panel-leaf = Листать
panel-newer = Новее
panel-older = Старше
panel-merged-into = Оказалось, что это сюжет
panel-why-together = Почему это один сюжет
panel-started = С этой статьи начался сюжет
panel-unknown-why = Почему присоединилась, не записано
panel-repeats = Повторяет:
panel-joined = Логарифм шансов { $odds }, ближе всего к:
panel-changes = Что изменилось потом
panel-no-summary = Выжимки нет.
panel-picked = предложения: { $numbers }
panel-verdicts = Замечания проверки
panel-no-doubt = У проверки нет замечаний
panel-which = Какие
panel-all = Все
panel-doubted = С замечаниями

panel-lateness-chart = По времени доставки
panel-doubts = Последние неподтверждённые
panel-no-doubts = Всё подтверждено.
panel-when = Когда
panel-state = Состояние
panel-reason = Причина
panel-attempts = Попыток
panel-edition = Выпуск
panel-part = Сообщение

panel-active = Читают
panel-paused = На паузе
panel-gone = Ушли
panel-by-topic = По темам
panel-by-language = По языкам

# Что у статей общего и в чём они расходятся
evidence-likeness = сходство смысла
evidence-rare = общие редкие слова
evidence-names-missing = имён нет у одной
evidence-figures-missing = чисел нет у одной
evidence-days-apart = названы разные дни
evidence-recurring = повторяющаяся рубрика
evidence-length = сходство объёма
evidence-figures = общие числа
evidence-short = кроме заголовка ничего
