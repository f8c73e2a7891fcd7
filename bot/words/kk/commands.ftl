command-start = Жазылу немесе қайта бастау
command-digest = Соңғы дайджестен бергі жаңалықтар
command-topics = Тақырыптарды таңдау
command-languages = Оқитын тілдерді таңдау
command-time = Дайджест келетін уақытты таңдау
command-zone = Уақыт белдеуін таңдау
command-settings = Барлық баптау бір жерде
command-pause = Дайджесті тоқтата тұру
command-help = Көмек
command-latest = Соңғы жаңалықтар
command-search = Жаңалық іздеу
command-saved = Сақталған жаңалықтар
command-mute = Кейбір сөздерді жасыру
command-follow = Кейбір сөздерді бақылау
command-breaking = Шұғыл хабар
command-weekly = Апталық шолу
command-sources = Дереккөздерді таңдау және қосу
command-about = Бот туралы және не сақталады
command-export = Өзім туралы деректерді алу
command-delete = Бәрін өшіру

help =
    Мен күннің жаңалықтарын жинап, бір оқиғаны бір-ақ рет, дереккөзіне сілтемесімен айтып беремін.

    /digest — соңғы дайджестен бері не болды
    /topics — тақырыптар; жазып жіберуге де болады: /topics economy energy
    /languages — оқитын тілдер: /languages kk ru
    /time — дайджест уақыты: /time 08:30 20:00 немесе /time 08:30 жұмыс күндері
    /zone — уақыт белдеуі: /zone Берлин
    /mute — сөзді жасыру: /mute футбол "әлем чемпионаты"
    /follow — сөзді бақылау: /follow жылу
    /sources — дереккөздер: өшіру немесе өзіңіздікін қосу
    /breaking — шұғыл хабар: /breaking жоқ, topics немесе all; тыныш уақыты: /breaking тыныш 22:00-07:00
    /weekly — апталық шолу; тұрақты келіп тұруы үшін: /weekly жексенбі 18:00
    /latest — соңғы жаңалықтар, /saved — сақталғандар
    /search — іздеу: /search мұнай бағасы
    /pause — тоқтата тұру: /pause 7 (күн саны)
    /settings — барлық баптау
    /about — не сақталады, /export — деректерімді алу, /delete — өшіру
    /start — қайта бастау

    Кез келген чатта @{ $bot } және керек сөзді терсеңіз, жаңалықты сол жерге жібере аласыз.
