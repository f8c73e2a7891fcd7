"""What can be looked up in the article word by word: numbers, names, quotations."""

import re
from collections.abc import Iterator, Sequence

from summarizer.text.characters import UPPER
from summarizer.text.lexicon import entries
from summarizer.text.numbers import numbers
from summarizer.text.sentences import split
from summarizer.text.stems import STOP, stem, stems
from summarizer.text.vocabulary import WORD, Vocabulary

#: The country the outlets write for and about is named without being in the text.
_HOME = frozenset({"қазақстанның", "қазақстанда", "казахстана", "казахстане", "kazakhstan"})
#: Words in capitals that need not stand in the text: they name nobody, or the outlet's own country.
_NAMELESS = STOP | _HOME | frozenset(entries("generic"))
_PLACES = tuple(word for word in entries("places") if len(word) > 3)
_FIGURE = re.compile(r"\d+")
#: A small number in figures, what hangs on it, and the word behind it.
_COUNTED = re.compile(r"(?<![\d.,:№-])(\d{1,2})(?![\d:]|[.,]\d)(?:-([^\W\d_]+))?\s([^\W\d_]+)")
_SURNAME = re.compile(
    r"\w{2,}(?:[оеё]ва?|[оеё]в\w{1,4}|ин[аы]?|ск(?:ий|ая|ого)|ұлы|қызы|улы|кызы|ович|евич|овна|евна)"
)
#: The next word of a name: «Асан Серіков», «Асан-Серік».
_CAPITAL = re.compile(rf"[ -][{UPPER}]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_OPENING = ' «“"'
_QUOTED = re.compile(r"«([^»]{4,300})»|“([^”]{4,300})”|\"([^\"]{4,300})\"")


def unknown_numbers(draft: str, source: Sequence[str], lang: str) -> frozenset[str]:
    """Numbers of the draft that the source doesn't have.

    A small number in figures that the source only spells out must stand there with the same thing counted:
    «2 бала» is not borne out by «екі сағат».
    """
    known = [numbers(sentence, lang) for sentence in source]
    missing = numbers(draft, lang) - frozenset().union(*known)
    written = {figure for sentence in source for figure in _FIGURE.findall(sentence)}
    return missing | {
        found[1]
        for found in _COUNTED.finditer(draft)
        if found[1] not in written and not _counts(found, source, known, lang)
    }


def _counts(found: re.Match[str], source: Sequence[str], known: Sequence[frozenset[str]], lang: str) -> bool:
    things = {stem(word, lang) for word in found.groups()[1:] if word}
    return any(
        found[1] in values and things & set(stems(sentence, lang))
        for sentence, values in zip(source, known, strict=True)
    )


def unknown_names(draft: str, source: Vocabulary) -> Iterator[str]:
    """Names of the draft that the source doesn't have in any form."""
    for sentence in split(draft):
        found = list(WORD.finditer(sentence))
        for place, word in enumerate(found):
            name = word.group()
            follows = bool(_CAPITAL.match(sentence, word.end()))
            inside = place > 0 and not _begins(sentence, word.start())
            # A Latin word among Cyrillic ones is a name wherever it stands.
            latin = name.isascii() and _CYRILLIC.search(sentence)
            if (inside or follows or latin or _is_known(name)) and _is_unknown(name, source):
                yield name


def _is_unknown(name: str, source: Vocabulary) -> bool:
    # One letter is an initial: the name behind it is looked up.
    if len(name) == 1 or not name[0].isupper() or name.lower() in _NAMELESS or name in source:
        return False
    return not (source.abbreviates(name) if name.isupper() else source.blends(name))


def new_quotations(draft: str, source: str) -> Iterator[str]:
    """What the draft puts between quotation marks, three words or more, and the source nowhere says so."""
    said = _letters(source)
    for found in _QUOTED.finditer(draft):
        words = found[1] or found[2] or found[3]
        if len(words.split()) > 2 and _letters(words) not in said:
            yield words


def _begins(sentence: str, place: int) -> bool:
    """Whether a new clause begins here, where ordinary words take capitals too: behind a colon or a quote."""
    before = sentence[:place].rstrip(_OPENING)
    return not before or before.endswith((":", "—", "–"))


def _is_known(name: str) -> bool:
    lower = name.lower()
    return lower.startswith(_PLACES) or bool(_SURNAME.fullmatch(lower)) or (name.isupper() and len(name) > 1)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())
