# Страница настроек внутри Telegram
app-outside = Эта страница открывается в Telegram: напишите боту /settings и нажмите «Открыть настройки».
app-old = Страница открыта слишком давно. Закройте её и откройте из чата заново.
app-open = Открыть настройки
app-interface = Язык бота
app-other-time = Другое время
app-words = Слова
app-words-hint = Слова разделяйте пробелами. Фразу берите в кавычки: "прорыв трубы". Восклицательный знак — исключение: !кайрат.
app-quiet = Тихие часы
app-quiet-from = Начало
app-quiet-until = Конец
app-quiet-hint = В это время срочные новости не приходят.
app-weekly-day = День
app-weekly-time = Время
app-weekly-hint = Самые важные новости за семь дней.
app-outlets = Отключённые источники
app-outlets-hint = Новости отмеченных источников вам не приходят. Чтобы добавить свой, напишите в чате /sources.
app-outlets-more = Остальные источники: { $count }
app-save = Сохранить
app-saved = Сохранено.
app-changed = Настройки тем временем изменились. Ниже они как есть: отметьте нужное заново.
app-pause = Пауза
app-pause-days =
    { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }
app-pause-open = Пока не возобновлю
app-paused = Дайджест приостановлен.
app-resume = Возобновить
