command-start = Подписаться или возобновить
command-digest = Новости с прошлого дайджеста
command-topics = Выбрать темы
command-languages = Выбрать языки чтения
command-time = Выбрать время дайджеста
command-zone = Выбрать часовой пояс
command-settings = Все настройки в одном месте
command-pause = Приостановить дайджест
command-help = Справка
command-latest = Последние новости
command-search = Искать новости
command-saved = Сохранённые новости
command-mute = Скрыть новости по словам
command-follow = Следить за словами
command-breaking = Срочные новости
command-weekly = Главное за неделю
command-sources = Выбрать источники, добавить свой
command-about = О боте и о том, что хранится
command-export = Получить мои данные
command-delete = Удалить всё

help =
    Я собираю новости дня и рассказываю о каждом событии один раз, со ссылкой на источник.

    /digest — что произошло с прошлого дайджеста
    /topics — темы; можно и словами: /topics economy energy
    /languages — языки чтения: /languages kk ru
    /time — время дайджеста: /time 08:30 20:00 или /time 08:30 по будням
    /zone — часовой пояс: /zone Берлин
    /mute — скрыть по словам: /mute футбол "чемпионат мира"
    /follow — следить за словами: /follow отопление
    /sources — источники: отключить или добавить свой
    /breaking — срочные новости: /breaking нет, topics или all; тихие часы: /breaking тихо 22:00-07:00
    /weekly — главное за неделю; чтобы приходило само: /weekly воскресенье 18:00
    /latest — последние новости, /saved — сохранённые
    /search — поиск: /search цены на нефть
    /pause — пауза: /pause 7 (дней)
    /settings — все настройки
    /about — что хранится, /export — мои данные, /delete — удалить
    /start — возобновить

    В любом чате наберите @{ $bot } и слово, чтобы отправить новость туда.
