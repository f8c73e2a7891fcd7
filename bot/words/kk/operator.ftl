# Әкімшінің пәрмендері
admin-login =
    Басқару тақтасы: { $link }

    Сілтеме бір рет ашылады және { $minutes } минуттан кейін жарамсыз болады.
admin-help =
    /stats — қанша дерек бар
    /health — бәрі дұрыс па
    /broadcast мәтін — барлық оқырманға хабарлама
    /ban 123 — чатты бұғаттау, /unban 123 — қайтару
    /admin sources — дереккөздер
    /admin add сілтеме — дереккөз қосу
    /admin pause атауы, /admin resume атауы — тоқтату, жалғастыру
    /admin probe атауы немесе сілтеме — тексеріп көру
command-admin = Басқару тақтасы мен пәрмендер
command-stats = Қанша дерек бар
command-health = Бәрі дұрыс па
command-broadcast = Барлық оқырманға хабарлама
command-ban = Чатты бұғаттау
command-unban = Бұғаттан шығару

stats =
    Мақала: { $articles }
    Оқиға: { $stories }
    Түйін: { $summaries }

    Дереккөз: { $sources }
    Жазылушы: { $subscribers }
    Хабарлама: { $parts }
stats-none = жоқ
health-well = ✅ Бәрі дұрыс.
health-trouble =
    { $count ->
        [one] ⚠️ { $count } мәселе бар
       *[other] ⚠️ { $count } мәселе бар
    }
health-newest = Соңғы мақала: { $when }
health-up = Жұмыс істеп тұр: { $when } бастап
never = ешқашан

# Дереккөздер
outlets-none = Дереккөз жоқ.
outlet-unknown = «{ $name }» деген дереккөз жоқ. Тізімі: /admin sources
outlet-paused = «{ $name }» тоқтатылды.
outlet-resumed = «{ $name }» қайта сұралады.
outlet-same = «{ $name }» онсыз да солай тұр.
outlet-added = «{ $name }» қосылды.
outlet-refused = { $url } қосылмады: { $reason }
outlet-found =
    { $name } · { $kind } · { $url }
    Мақала: { $entries }, тілі: { $language }, соңғысы: { $newest }
kind-feed = RSS таспасы
kind-page = веб-бет
kind-channel = Telegram арнасы
outlet-new = әлі сұралмаған
outlet-ok = істеп тұр
outlet-failing = қате
outlet-gone = жабылған
outlet-off = тоқтатылған
unreachable = жауап жоқ

# Бұғаттау
banned-now = { $chat } бұғатталды: жауап берілмейді, ештеңе жіберілмейді.
banned-already = { $chat } бұрыннан бұғатталған.
unbanned = { $chat } бұғаттан шықты.
not-banned = { $chat } бұғатталмаған.
ban-usage = Чаттың немесе адамның нөмірін жазыңыз: /ban 123456
ban-self = Әкімшіні бұғаттауға болмайды.
banned-list = Бұғатталғандар: { $chats }

# Барлық оқырманға
broadcast-usage = Мәтінін жазыңыз: /broadcast Ертең бот бір сағат жұмыс істемейді. Алдымен өзіңізге көрсетіледі.
broadcast-preview =
    { $count ->
        [one] ☝️ Хабарлама осылай көрінеді. { $count } оқырманға жіберейін бе?
       *[other] ☝️ Хабарлама осылай көрінеді. { $count } оқырманға жіберейін бе?
    }
broadcast-bad = Telegram бұл мәтінді қабылдамады: { $reason }
broadcast-progress = 📣 Жіберіліп жатыр: { $done } / { $total }. Күмәнді: { $unknown }, жетпегені: { $failed }
broadcast-done = ✅ Жіберілді: { $sent } / { $total }. Күмәнді: { $unknown }, жетпегені: { $failed }
broadcast-cancelled = ✖️ Тоқтатылды. Жеткені: { $sent } / { $total }
broadcast-over = Бұл хабарлама аяқталған.
button-send = 📣 Жіберу
button-cancel = ✖️ Тоқтату

# Ескертулер
alert-silent = 🔕 «{ $source }» { $hours } сағат бойы үнсіз (әдетте ең көбі { $usual } сағат)
alert-silent-do = Не істеу керек: /admin probe атауы. Сайт көшкен болса, мекенжайын жаңартыңыз; керек болмаса: /admin pause атауы.
alert-silent-name = дереккөздің үнсіздігі
alert-still = 📭 { $minutes } минуттан бері бірде-бір мақала жоқ
alert-still-do = Не істеу керек: сервердің интернетін және DNS-ті тексеріңіз, содан кейін: habarshy doctor.
alert-still-name = мақаланың келмеуі
alert-late = 🐢 Дайджест { $minutes } минутқа кешігіп тұр
alert-late-do = Не істеу керек: /health арқылы кезекті қараңыз. Telegram жұмыс істеп тұр ма, SEND_RATE жете ме, clock пен bot рөлдері қосулы ма?
alert-late-name = дайджестің кешігуі
alert-disk = 💾 Дискіде { $megabytes } МБ қана қалды
alert-disk-do = Не істеу керек: орын босатыңыз немесе дискіні үлкейтіңіз; орын біткенде ештеңе сақталмайды.
alert-disk-name = дискінің толуы
alert-fallback = 🤖 Модель { $percent } % жағдайда жарамады: орнына мақаланың өз сөйлемдері берілді
alert-fallback-do = Не істеу керек: модель серверінің жұмыс істеп тұрғанын және ENDPOINT_DAILY_TOKENS таусылмағанын тексеріңіз: habarshy doctor.
alert-fallback-name = модельдің істемеуі
alert-mended = ✅ Қайта қалпына келді: { $what }
