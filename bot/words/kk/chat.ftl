welcome =
    Сәлеметсіз бе! Мен — Хабаршы. Күннің басты жаңалықтарын бір хабарламаға жинап, өзіңіз таңдаған уақытта жеткіземін.

    Сіз жазылдыңыз.
    { $settings }

    Төменде өзгертуге болады.
welcome-back =
    Қайта оралғаныңызға қуаныштымын! Баптауларыңыз сақталған.

    { $settings }

settings-title = Баптаулар
settings-languages = Тілдер: { $languages }
settings-topics = Тақырыптар: { $topics }
settings-times = Уақыты: { $times }, { $days } ({ $zone })
settings-no-times = Уақыты: белгіленбеген, дайджест тек /digest арқылы келеді
settings-paused = Дайджест тоқтатылған, жалғастыру: /start
settings-paused-until = Дайджест тоқтатылған. Жалғасатын күні: { $date }, ертерек керек болса: /start

all-topics = барлығы
no-topics = таңдалмаған
every-day = күн сайын
weekdays = жұмыс күндері
weekends = демалыс күндері

screen-topics = Қай тақырыптар қызықты? Белгіленгендері дайджестке кіреді.
screen-languages = Қай тілдерде оқисыз? Біріншісі — менің де тілім.
screen-time = Дайджест қай уақытта келсін? Бірнешеуін таңдауға болады. Басқа уақыт керек болса, жазып жіберіңіз: /time 08:30 20:00
screen-zone = Қазіргі уақыт белдеуі: { $zone }. Басқасы керек болса, жазып жіберіңіз: /zone Europe/Berlin

button-topics = Тақырыптар
button-languages = Тілдер
button-time = Уақыты
button-zone = Уақыт белдеуі
button-back = ‹ Артқа
button-all-topics = Барлығы
button-no-topics = Ешқайсысы
button-weekdays = Тек жұмыс күндері
button-every-day = Күн сайын

saved = Сақталды
paused = Дайджест тоқтатылды. Жалғастыру үшін: /start
paused-until = Дайджест { $days } күнге тоқтатылды. Ертерек жалғастыру үшін: /start
nothing-new = Соңғы дайджесттен бері жаңа ештеңе жоқ.
one-language-stays = Кемінде бір тіл қалуы керек.
not-understood =
    «{ $word }» дегенді түсінбедім, ештеңе өзгерген жоқ. Мыналардың бірін жазыңыз: { $expected }
not-subscribed = Алдымен /start басып, жазылыңыз.
unknown-words = Бұл сөзді түсінбедім. Не істей алатынымды /help айтып береді.
stale-button = Бұл түйме ескірген. /settings арқылы қайта ашыңыз.
admins-only = Баптауды тек топ әкімшілері өзгерте алады.
failed = Бірдеңе дұрыс болмады, кінә бізден. Сәл кейін қайталап көріңіз.
