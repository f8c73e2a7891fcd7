# Дереккөздер
button-sources = Дереккөздер
button-remove = ✖ Алып тастау
settings-sources = Өшірілген дереккөздер: { $names }
screen-sources =
    Дереккөздер: { $count }. ✅ белгісі барлары дайджеске кіреді, 🔇 белгісі барлары кірмейді; ауыстыру үшін басыңыз.

    Өз дереккөзіңізді қосу: /sources https://мекенжай немесе /sources @арна (ең көбі { $most }). Оның жаңалықтарын тек сіз көресіз. ⚠️ — ашылмай тұр, ✖ — алып тастау.
source-looking = 🔎 Қарап жатырмын…
source-not-found = Бұл мекенжайдан жаңалық таба алмадым. Сайттың, RSS таспасының немесе ашық Telegram арнасының мекенжайын жіберіңіз.
source-added = «{ $name }» қосылды. Оның жаңалықтары тек сіздің дайджесіңізге кіреді.
source-yours = «{ $name }» сізде бұрыннан бар.
source-public = «{ $name }» ортақ тізімде бұрыннан бар: /sources
source-refused = Бұл дереккөзді бот иесі өшіріп қойған.
source-full = Өз дереккөзіңіз ең көбі { $most } болады. Алдымен біреуін алып тастаңыз: /sources
source-later = Бір сағатта тым көп мекенжай тексерілді. Кейінірек қайталап көріңіз.
source-gives = Тілі: { $language }. Тізіміндегі жаңалық саны: { $count }
source-newest = Ең соңғысы: { $time }
source-removed = «{ $name }» алынып тасталды.

# Апталық шолу
button-weekly = Апталық шолу
settings-weekly = Апталық шолу: { $day }, { $time }
screen-weekly = Апталық шолуда соңғы жеті күннің ең маңызды жаңалықтары болады. Қай күні келсін? Қазір оқу үшін: /weekly
weekly-off = Керек емес
nothing-weekly = Соңғы аптада сіздің тақырыптарыңыз бойынша жаңалық болмады.

# Шұғыл хабардың тыныш уақыты
settings-quiet = Тыныш уақыт: { $hours }
quiet-off = жоқ

# Көрінісі
button-layout = Көрінісі
settings-layout = Көрінісі: кеңейтілген
screen-layout = Дайджест қандай көріністе келсін? { layout-hint }
layout-hint = Кеңейтілген түрінде тақырыпшалар мен жиналатын бөлімдер бар. Telegram-ның ескі нұсқасында ашылмаса, қарапайымын таңдаңыз.
layout-plain = Қарапайым
layout-rich = Кеңейтілген

# Бөлісу және сақтау
title-shared = 🗞 Хабаршы
unsaved-story = Тізімнен алынды.

# Мұндайды көрсетпеу
button-mute-this = 🔇 Мұндайды көрсетпеу
button-mute-topic = 🔇 Тақырып: { $what }
button-mute-outlet = 🔇 Дереккөз: { $what }
button-mute-word = 🔇 Сөз: { $what }
muted-topic = «{ $what }» тақырыбы өшірілді. Қайтару: /topics
muted-outlet = «{ $what }» дереккөзі өшірілді. Қайтару: /sources
muted-word = «{ $what }» сөзі бар жаңалықтар жасырылады. Қайтару: /mute
