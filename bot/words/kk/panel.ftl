# Басқару тақтасы
panel-title = Басқару тақтасы
panel-skip = Мазмұнына өту
panel-pages = Беттер
panel-logout = Шығу
panel-login = Кіру
panel-login-why = Бұл сілтеме бір рет қана ашылады. Кіру үшін түймені басыңыз.
panel-closed = Кіру жабық
panel-closed-do = Ботқа /admin деп жазыңыз: кіретін сілтеме келеді. Сілтеме бір рет ашылады және он минут жарайды.

panel-overview = Жалпы көрініс
panel-sources = Дереккөздер
panel-stories = Оқиғалар
panel-summaries = Түйіндер
panel-deliveries = Жеткізу
panel-readers = Оқырмандар

panel-well = Бәрі дұрыс
panel-well-since = { $when } бастап үзіліссіз жұмыс істеп тұр
panel-troubles =
    { $count ->
        [one] { $count } мәселе бар
       *[other] { $count } мәселе бар
    }
panel-last-hour = Соңғы екі сағатта
panel-last-day = Соңғы тәулікте
panel-newest = соңғысы: { $when }
panel-in-all = барлығы { $count } мақала
panel-source-trouble = қатесі бар: { $failing }, жабылған: { $gone }
panel-queue = Кезекте
panel-waiting-since = { $when } бастап күтіп тұр
panel-nothing-waits = күтіп тұрған ештеңе жоқ
panel-lateness = Жеткізу уақыты
panel-slowest = 95 %-ы { $span } ішінде
panel-unconfirmed = Расталмаған
panel-of-latest = соңғы { $count } хабарламаның ішінде
panel-paused-gone = тоқтатқан: { $paused }, кеткен: { $gone }
panel-disk = Дискідегі бос орын
panel-stories-kept = { $count } оқиға сақтаулы
panel-articles-by-hour = Сағат сайынғы мақалалар
panel-messages-by-hour = Сағат сайынғы хабарламалар
panel-seconds = { $count } с
panel-minutes = { $count } мин
panel-hours = { $count } сағ

panel-sent = жетті
panel-pending = кезекте
panel-sending = жолда
panel-unknown = күмәнді
panel-failed = жетпеді

panel-failing-since = { $when } бастап: { $reason }
panel-last-article = Соңғы мақала
panel-pulse = тәулігіне { $count } мақала
panel-probe = Тексеру
panel-pause = Тоқтату
panel-resume = Жалғастыру
panel-answers =
    { $count ->
        [one] Жауап береді: { $count } мақала
       *[other] Жауап береді: { $count } мақала
    }
panel-no-answer = Дереккөз ретінде жауап бермейді
panel-address = Мекенжайы
panel-kind = Түрі
panel-language = Тілі
panel-headlines = Тақырыптары

panel-nothing = Әзірге ештеңе жоқ.
panel-told-by = мақала: { $articles }, басылым: { $outlets }
panel-leaf = Парақтау
panel-newer = Жаңарақ
panel-older = Ескірек
panel-merged-into = Бұл мына оқиға болып шықты:
panel-why-together = Неге бір оқиға
panel-started = Оқиғаны бастаған мақала
panel-unknown-why = Неге қосылғаны сақталмаған
panel-repeats = Мынаны қайталайды:
panel-joined = Қосылу мүмкіндігінің логарифмі { $odds }, ең жақыны:
panel-changes = Кейін не өзгерді
panel-no-summary = Түйіні жоқ.
panel-picked = сөйлемдері: { $numbers }
panel-verdicts = Тексерушінің ескертуі
panel-no-doubt = Тексеруші ескерту жасамады
panel-which = Қайсысы
panel-all = Барлығы
panel-doubted = Ескертуі бары

panel-lateness-chart = Жеткізу уақыты бойынша
panel-doubts = Расталмаған соңғы хабарламалар
panel-no-doubts = Бәрі расталған.
panel-when = Уақыты
panel-state = Күйі
panel-reason = Себебі
panel-attempts = Әрекет саны
panel-edition = Шығарылым
panel-part = Хабарлама

panel-active = Оқып жүр
panel-paused = Тоқтатқан
panel-gone = Кеткен
panel-by-topic = Тақырып бойынша
panel-by-language = Тіл бойынша

# Мақалалардың ортақтығы мен айырмасы
evidence-likeness = мағынасының ұқсастығы
evidence-rare = ортақ сирек сөздер
evidence-names-missing = біреуінде жоқ есімдер
evidence-figures-missing = біреуінде жоқ сандар
evidence-days-apart = әр күн аталған
evidence-recurring = қайталанатын айдар
evidence-length = көлемінің ұқсастығы
evidence-figures = ортақ сандар
evidence-short = тақырыптан басқасы жоқ
