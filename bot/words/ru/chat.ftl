welcome =
    Здравствуйте! Я — Хабаршы. Собираю главные новости дня в одно сообщение и приношу его в выбранное вами время.

    Вы подписаны.
    { $settings }

    Изменить можно ниже.
welcome-back =
    Рад, что вы вернулись! Ваши настройки сохранились.

    { $settings }

settings-title = Настройки
settings-languages = Языки: { $languages }
settings-topics = Темы: { $topics }
settings-times = Время: { $times }, { $days } ({ $zone })
settings-no-times = Время: не задано, дайджест приходит только по /digest
settings-paused = Дайджест приостановлен, возобновить: /start
settings-paused-until = Дайджест приостановлен до { $date }, возобновить: /start

all-topics = все
no-topics = не выбраны
every-day = каждый день
weekdays = по будням
weekends = по выходным

screen-topics = Какие темы интересны? Отмеченные войдут в дайджест.
screen-languages = На каких языках читаете? Первый из них — и мой.
screen-time = Когда присылать дайджест? Можно выбрать несколько часов. Другое время напишите словами: /time 08:30 20:00
screen-zone = Часовой пояс сейчас: { $zone }. Другой напишите словами: /zone Europe/Berlin

button-topics = Темы
button-languages = Языки
button-time = Время
button-zone = Часовой пояс
button-back = ‹ Назад
button-all-topics = Все
button-no-topics = Ни одной
button-weekdays = Только по будням
button-every-day = Каждый день

saved = Сохранено
paused = Дайджест приостановлен. Возобновить: /start
paused-until =
    { $days ->
        [one] Дайджест приостановлен на { $days } день. Возобновить раньше: /start
        [few] Дайджест приостановлен на { $days } дня. Возобновить раньше: /start
       *[many] Дайджест приостановлен на { $days } дней. Возобновить раньше: /start
    }
nothing-new = С прошлого дайджеста ничего нового.
one-language-stays = Хотя бы один язык должен остаться.
not-understood =
    Не понимаю «{ $word }», ничего не изменилось. Напишите одно из этого: { $expected }
not-subscribed = Сначала подпишитесь: /start
unknown-words = Я этого не понимаю. Что я умею, расскажет /help.
stale-button = Эта кнопка устарела. Откройте /settings заново.
admins-only = Настройки меняют только администраторы группы.
failed = Что-то пошло не так, и это наша вина. Попробуйте чуть позже.
