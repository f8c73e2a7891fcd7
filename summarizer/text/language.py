"""Which language a text is written in: Kazakh, Russian, English, or a neighbour of Kazakh."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

#: Told apart from one another; another language gets the nearest of these, or "und".
LANGUAGES = ("kk", "ru", "en", "ky", "tt", "uz")
#: Letters that Kazakh has and neither Kyrgyz nor Russian does; Tatar shares ә and һ, Uzbek Cyrillic қ and ғ.
_KAZAKH = re.compile(r"[әғқұіһ]", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")


def detect(text: str, default: str | None = None) -> str:
    """ISO 639-1 code of the text, or "und"; `default` (the source's) decides where the text can't."""
    sample = " ".join(_LETTERS.findall(text[:2000]))
    if len(sample) < 3:
        return default or "und"
    code, probability = _identifier().classify(sample.lower())
    if default and (probability < 0.8 or len(sample) < 20):
        return default
    return str(code)


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
