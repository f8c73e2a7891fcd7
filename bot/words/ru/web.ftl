# Открытые страницы
site-name = Хабаршы
site-motto = Один день Казахстана на одной странице
site-about = Хабаршы собирает новости из открытых источников и рассказывает о каждом событии один раз. Полные тексты — на сайтах изданий.
page-day = Новости дня: { $date }
page-topic = { $topic }, { $date }
page-described = Главные новости: { $date }. Каждая со ссылкой на источник.
skip-to-news = К новостям
label-languages = Язык
label-topics = Темы
label-days = Дни
all-news = Все
day-before = Предыдущий день
day-after = Следующий день
more-outlets = ещё { $count }
outlets-told =
    { $count ->
        [one] Написало { $count } издание
        [few] Написали { $count } издания
       *[many] Написали { $count } изданий
    }
story-sources = Кто написал
story-changes = Что изменилось
story-other = На других языках
changed-added = Новые данные
changed-corrected = Исправление
first-told = Первое сообщение
to-day = Новости этого дня
feeds = Ленты
no-news-yet-title = Новостей пока нет
no-news-yet-text = Первые сообщения появятся здесь, как только будут собраны. Загляните чуть позже.
not-found-title = Такой страницы нет
not-found-text = Возможно, в адресе ошибка или в этот день новостей не было.
gone-title = Эта новость больше не хранится
gone-text = Старые новости из архива удаляются. Оригинал, возможно, остался у источника.
failed-title = Что-то пошло не так
failed-text = Это наша вина. Попробуйте чуть позже.
to-front = К последним новостям
feed-title = Хабаршы
feed-topic-title = Хабаршы: { $topic }
