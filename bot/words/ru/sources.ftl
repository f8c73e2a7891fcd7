# Источники
button-sources = Источники
button-remove = ✖ Убрать
settings-sources = Отключённые источники: { $names }
screen-sources =
    Источники: { $count }. Отмеченные ✅ входят в дайджест, отмеченные 🔇 нет; переключаются нажатием.

    Добавить свой: /sources https://адрес или /sources @канал (не больше { $most }). Его новости видите только вы. ⚠️ — не открывается, ✖ — убрать.
source-looking = 🔎 Смотрю…
source-not-found = По этому адресу новостей не нашлось. Пришлите адрес сайта, его RSS-ленты или открытого Telegram-канала.
source-added = «{ $name }» добавлен. Его новости входят только в ваш дайджест.
source-yours = «{ $name }» у вас уже есть.
source-public = «{ $name }» уже есть в общем списке: /sources
source-refused = Этот источник отключён владельцем бота.
source-full = Своих источников может быть не больше { $most }. Сначала уберите один: /sources
source-later = За час проверено слишком много адресов. Попробуйте позже.
source-gives = Язык: { $language }. Новостей в списке: { $count }
source-newest = Последняя: { $time }
source-removed = «{ $name }» убран.

# Итоги недели
button-weekly = Итоги недели
settings-weekly = Итоги недели: { $day }, { $time }
screen-weekly = Итоги недели — самые важные новости за семь дней. В какой день присылать? Прочитать сейчас: /weekly
weekly-off = Не присылать
nothing-weekly = За неделю новостей по вашим темам не было.

# Тихие часы срочных новостей
settings-quiet = Тихие часы: { $hours }
quiet-off = нет

# Оформление
button-layout = Оформление
settings-layout = Оформление: расширенное
screen-layout = Как оформлять дайджест? { layout-hint }
layout-hint = В расширенном есть заголовки и сворачиваемые разделы. Если в старом Telegram он не открывается, выберите обычное.
layout-plain = Обычное
layout-rich = Расширенное

# Поделиться и сохранить
title-shared = 🗞 Хабаршы
unsaved-story = Убрано из списка.

# Не показывать такое
button-mute-this = 🔇 Не показывать такое
button-mute-topic = 🔇 Тема: { $what }
button-mute-outlet = 🔇 Источник: { $what }
button-mute-word = 🔇 Слово: { $what }
muted-topic = Тема «{ $what }» убрана. Вернуть: /topics
muted-outlet = Источник «{ $what }» отключён. Вернуть: /sources
muted-word = Новости со словом «{ $what }» скрыты. Вернуть: /mute
