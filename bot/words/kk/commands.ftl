command-start = Жазылу немесе қайта бастау
command-digest = Соңғы дайджесттен бергі жаңалықтар
command-topics = Тақырыптарды таңдау
command-languages = Оқитын тілдерді таңдау
command-time = Дайджест келетін уақытты таңдау
command-zone = Уақыт белдеуін таңдау
command-settings = Барлық баптау бір жерде
command-pause = Дайджестті тоқтата тұру
command-help = Көмек

help =
    Мен күннің жаңалықтарын жинап, бір оқиғаны бір-ақ рет, дереккөзіне сілтемесімен айтып беремін.

    /digest — соңғы дайджесттен бері не болды
    /topics — тақырыптар; жазып жіберуге де болады: /topics economy energy
    /languages — оқитын тілдер: /languages kk ru
    /time — дайджест уақыты: /time 08:30 20:00 немесе /time 08:30 weekdays
    /zone — уақыт белдеуі: /zone Europe/Berlin
    /pause — тоқтата тұру: /pause 7 (күн саны)
    /settings — барлық баптау
    /start — қайта бастау
