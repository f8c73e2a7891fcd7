# Команды администратора
admin-login =
    Панель управления: { $link }

    Ссылка открывается один раз и действует { $minutes } минут.
admin-help =
    /stats — сколько чего
    /health — всё ли в порядке
    /broadcast текст — сообщение всем читателям
    /ban 123 — заблокировать чат, /unban 123 — вернуть
    /admin sources — источники
    /admin add ссылка — добавить источник
    /admin pause имя, /admin resume имя — приостановить, продолжить
    /admin probe имя или ссылка — проверить
command-admin = Панель управления и команды
command-stats = Сколько чего
command-health = Всё ли в порядке
command-broadcast = Сообщение всем читателям
command-ban = Заблокировать чат
command-unban = Разблокировать чат

stats =
    Статей: { $articles }
    Сюжетов: { $stories }
    Выжимок: { $summaries }

    Источники: { $sources }
    Подписчики: { $subscribers }
    Сообщения: { $parts }
stats-none = нет
health-well = ✅ Всё в порядке.
health-trouble =
    { $count ->
        [one] ⚠️ { $count } неполадка
        [few] ⚠️ { $count } неполадки
       *[many] ⚠️ { $count } неполадок
    }
health-newest = Последняя статья: { $when }
health-up = Работает с { $when }
never = никогда

# Источники
outlets-none = Источников нет.
outlet-unknown = Источника «{ $name }» нет. Список: /admin sources
outlet-paused = «{ $name }» приостановлен.
outlet-resumed = «{ $name }» снова опрашивается.
outlet-same = «{ $name }» и так в этом состоянии.
outlet-added = «{ $name }» добавлен.
outlet-refused = { $url } не добавлен: { $reason }
outlet-found =
    { $name } · { $kind } · { $url }
    Статей: { $entries }, язык: { $language }, последняя: { $newest }
kind-feed = RSS-лента
kind-page = веб-страница
kind-channel = Telegram-канал
outlet-new = ещё не опрошен
outlet-ok = работает
outlet-failing = ошибка
outlet-gone = закрыт
outlet-off = приостановлен
unreachable = не отвечает

# Блокировка
banned-now = { $chat } заблокирован: без ответов и рассылки.
banned-already = { $chat } уже заблокирован.
unbanned = { $chat } разблокирован.
not-banned = { $chat } не заблокирован.
ban-usage = Укажите номер чата или человека: /ban 123456
ban-self = Администратора заблокировать нельзя.
banned-list = Заблокированы: { $chats }

# Всем читателям
broadcast-usage = Напишите текст: /broadcast Завтра бот час не будет работать. Сначала он будет показан вам.
broadcast-preview =
    { $count ->
        [one] ☝️ Так выглядит сообщение. Отправить { $count } читателю?
       *[other] ☝️ Так выглядит сообщение. Отправить { $count } читателям?
    }
broadcast-bad = Telegram не принял этот текст: { $reason }
broadcast-progress = 📣 Отправляется: { $done } из { $total }. Под вопросом: { $unknown }, не доставлено: { $failed }
broadcast-done = ✅ Отправлено: { $sent } из { $total }. Под вопросом: { $unknown }, не доставлено: { $failed }
broadcast-cancelled = ✖️ Остановлено. Доставлено: { $sent } из { $total }
broadcast-over = Это сообщение уже завершено.
button-send = 📣 Отправить
button-cancel = ✖️ Остановить

# Оповещения
alert-silent = 🔕 «{ $source }» молчит { $hours } ч (обычно не дольше { $usual } ч)
alert-silent-do = Что делать: /admin probe имя. Если сайт переехал, обновите адрес; если источник не нужен: /admin pause имя.
alert-silent-name = молчание источника
alert-still = 📭 За { $minutes } минут ни одной статьи
alert-still-do = Что делать: проверьте интернет и DNS сервера, затем: habarshy doctor.
alert-still-name = отсутствие статей
alert-late = 🐢 Дайджест опаздывает на { $minutes } мин
alert-late-do = Что делать: посмотрите очередь в /health. Работает ли Telegram, хватает ли SEND_RATE, запущены ли роли clock и bot?
alert-late-name = опоздание дайджеста
alert-disk = 💾 На диске осталось { $megabytes } МБ
alert-disk-do = Что делать: освободите место или увеличьте диск; когда место кончится, ничего не сохранится.
alert-disk-name = нехватка места
alert-fallback = 🤖 Модель не справилась в { $percent } % случаев: вместо неё взяты предложения самих статей
alert-fallback-do = Что делать: проверьте, работает ли сервер модели и не исчерпан ли ENDPOINT_DAILY_TOKENS: habarshy doctor.
alert-fallback-name = отказ модели
alert-mended = ✅ Снова в порядке: { $what }
