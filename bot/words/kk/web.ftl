# Ашық беттер
site-name = Хабаршы
site-motto = Қазақстанның бір күні — бір бетте
site-about = Хабаршы жаңалықты ашық дереккөздерден жинап, бір оқиғаны бір-ақ рет айтады. Толық мәтіні әр басылымның өз сайтында.
page-day = { $date }: күн жаңалықтары
page-topic = { $topic }, { $date }
page-described = { $date }: басты жаңалықтар, әрқайсысы дереккөзіне сілтемесімен.
skip-to-news = Жаңалыққа өту
label-languages = Тіл
label-topics = Тақырыптар
label-days = Күндер
label-footer = Сайт туралы
all-news = Бәрі
day-before = Алдыңғы күн
day-after = Келесі күн
top-news = Басты жаңалықтар
day-so-far = { $time } жағдай бойынша
more-outlets = тағы { $count }
outlets-told =
    { $count ->
       *[other] { $count } басылым жазды
    }
story-sources = Кім жазды
story-changes = Не өзгерді
story-other = Басқа тілдерде
story-topics = Тақырыбы
changed-added = Жаңа дерек
changed-corrected = Түзету
first-told = Алғаш жарияланған уақыты
read-at = { $outlet } сайтынан оқу
to-day = Сол күннің жаңалықтары
feeds = Таспалар
telegram-invite = Telegram-да оқу
not-found-title = Мұндай бет жоқ
not-found-text = Мекенжай қате терілген болуы мүмкін немесе ол күні жаңалық жарияланбаған.
gone-title = Бұл хабар енді сақталмайды
gone-text = Ескі хабарлар мұрағаттан өшіріледі. Бірақ түпнұсқасы дереккөздің өзінде тұруы мүмкін.
failed-title = Қате шықты
failed-text = Кінә бізден. Сәлден кейін қайталап көріңіз.
to-front = Соңғы жаңалықтарға өту
feed-title = Хабаршы
feed-topic-title = Хабаршы: { $topic }
