"""Which language a text is written in: Kazakh, Russian, English, or a neighbour of Kazakh."""

import re
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

#: Told apart from one another; another language gets the nearest of these, or "und".
LANGUAGES = ("kk", "ru", "en", "ky", "tt", "uz")
#: Where this many letters stand, the alphabet tells Kazakh and Russian, and small words tell English,
#: without the model (which takes 100 MB and half a second to load).
_ENOUGH = 150
#: Letters of Kazakh alone among Cyrillic alphabets, when they come together: Ukrainian has і, Uzbek қ and ғ.
_KAZAKH = "ғқұі"
#: Cyrillic letters that Russian has not.
_NOT_RUSSIAN = re.compile(r"[^\W\d_a-zа-яё]")
#: Cyrillic letters that neither Kazakh nor Russian has.
_NEITHER = re.compile(r"[^\W\d_a-zа-яёәғқңөұүһі]")
#: In UTF-8, what each Cyrillic letter (U+0400 to U+04FF) and nothing else begins with.
_CYRILLIC = b"\xd0\xd1\xd2\xd3"
_ENGLISH = frozenset({"the", "of", "and", "to", "in", "that", "for", "on", "with", "is", "was", "by"})
_SAMPLE = 600
_LOADING = Lock()
_LETTERS = re.compile(r"[^\W\d_]+")


def detect(text: str, default: str | None = None) -> str:
    """ISO 639-1 code of the text, or "und"; `default` (the source's) decides where the text can't."""
    if told := _by_letters(text[:_SAMPLE].lower()):
        return told
    sample = " ".join(_LETTERS.findall(text[:_SAMPLE]))
    if len(sample) < 3:
        return default or "und"
    code, probability = _identifier().classify(sample.lower())
    if default and (probability < 0.8 or len(sample) < 20):
        return default
    return str(code)


def _by_letters(text: str) -> str | None:
    """Kazakh, Russian or English, where a sample leaves no doubt."""
    letters = text.encode("utf-8", "ignore")
    cyrillic = len(letters) - len(letters.translate(None, _CYRILLIC))
    if cyrillic >= _ENOUGH and cyrillic > 0.7 * len(text):
        if not _NOT_RUSSIAN.search(text) and "ы" in text:
            return "ru"
        own = sum(map(text.count, _KAZAKH))
        return "kk" if own > 0.04 * cyrillic and "і" in text and not _NEITHER.search(text) else None
    words = text.split() if not cyrillic and len(text) > _ENOUGH else []
    small = _ENGLISH.intersection(words)
    return "en" if "the" in small and len(small) >= 4 else None


def _identifier() -> "LanguageIdentifier":
    # Threads that ask at once would load it once each.
    with _LOADING:
        return _loaded()


@cache
def _loaded() -> "LanguageIdentifier":
    # NumPy and the model: most texts are told by their letters.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - as above

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
