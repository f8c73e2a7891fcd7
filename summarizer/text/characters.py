"""The characters of a text: entities, controls, blanks, markup that was left in, words that were glued."""

import html
import re
import unicodedata
from collections.abc import Callable

#: Joiners that emoji are made of are no waste, unlike the other format characters.
_JOINERS = frozenset("\u200c\u200d")
_WASTE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|strong|em|img|h[1-6]|ul|ol|li|table|t[rdh]|tbody|thead|blockquote|figure|figcaption"
    r"|iframe|script|style|section|article|font|small|sup|sub|hr|noscript)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<(?:/p|br|/div|/h[1-6]|/li|/tr|/blockquote)\b[^<>]{0,200}>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style)\b[^<>]{0,2000}>[^<]{0,100000}</\1\s{0,9}>", re.IGNORECASE)
#: Capital and small letters of the three languages, to stand between a pattern's brackets.
UPPER = "A-ZА-ЯЁӘҒҚҢӨҰҮІҺ"
LOWER = "a-zа-яёәғқңөұүіһ"
_CYRILLIC = "а-яёәғқңөұүіһ"
_CYRILLIC_UPPER = "А-ЯӘҒҚҢӨҰҮІҺ"
#: Bytes of letters beyond ASCII, and marks: a text of nothing else has no figure and no Latin word.
_ORDINARY = bytes(range(128, 256)) + b"\n !\"'(),-./:;?"
_DIGIT = re.compile(r"\d")
_HAS_LATIN = re.compile(r"[A-Za-z]")
# A pattern that begins with the mark it looks for is tried at such marks only; one that begins with looking
# behind would be tried at each letter.
#: «А2.В работе»: a word of one letter behind a figure's point.
_LETTER = re.compile(r"\.(?<=\d.)(?=[ВИКСУОАЯ]\s[а-я])")
#: «Акорды16 апреля»: not «м2», not «12А».
_FIGURE = re.compile(rf"\d(?<=[{_CYRILLIC}]{{4}}.)")
#: «17:16В переписке»
_TIME = re.compile(rf":\d\d(?=[{_CYRILLIC_UPPER}])")
_LATIN = re.compile(rf"[A-Z](?<=[{_CYRILLIC}]{{2}}.)(?=[A-Za-z]{{2}})")
_DOMAIN = re.compile(rf"\.(?<=[A-Za-z].)(?:kz|ru|com)(?=[{_CYRILLIC}А-Я])")


def _parted(found: re.Match[str]) -> str:
    """A blank before an opening mark («барын."Қазіргі» has one) or behind a closing one."""
    point, mark = found[0].rstrip('"'), found[0][-1]
    line = found.string[max(0, found.start() - 2000) : found.start()].rpartition("\n")[2]
    opening = mark == '"' and line.count('"') % 2 == 0
    return f"{point} {mark}" if opening else f"{found[0]} "


#: What glues two words, and where: each mark, the pattern that begins with it, and what parts the two.
_GLUE: tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # «түскен.«Әдеттегідей», «келді.Ол»: a point between two words, the second with a capital.
    *(
        (
            mark,
            re.compile(rf"[{mark}](?<=[{LOWER}]{{2}}.)[.!?…]*[»”\"]?(?=[«“\"]?[{UPPER}][{LOWER}])"),
            _parted,
        )
        for mark in ".!?…"
    ),
    *((mark, re.compile(rf"{mark}(?<=[{_CYRILLIC}].)(?=[{_CYRILLIC}]{{2}})"), f"{mark} ") for mark in ",;"),
    *((mark, re.compile(rf"{mark}(?<=[{_CYRILLIC}].)(?=[{UPPER}])"), f" {mark}") for mark in "«“"),
)


def plain(text: str) -> str:
    """One line of text: entities resolved (twice, as feeds escape twice), no controls, single blanks, NFC."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():
        # Of all blanks only the plain one is printable: most lines are done.
        return " ".join(text.split()) if "  " in text else text.strip()
    return " ".join("".join(letter for letter in text if _is_text(letter)).split())


def without_markup(text: str) -> str:
    """The text without HTML tags that an extractor left in; block ends become newlines."""
    if "<" not in text and ("&" not in text or "&lt;" not in text):
        return text
    text = _UNSEEN.sub(" ", text.replace("&lt;", "<").replace("&gt;", ">"))
    return _TAG.sub(" ", _BREAK.sub("\n", text))


def unglued(text: str) -> str:
    """Blanks put back where links and line ends lost them; numbers, domains and initials stay whole.

    `text` may have several lines: each is a text of its own.
    """
    for mark, pattern, parted in _GLUE:
        if mark in text:
            text = pattern.sub(parted, text)
    if text.encode("utf-8", "ignore").translate(None, _ORDINARY):
        return "\n".join(map(_unglued_figures, text.split("\n")))
    return text


def _unglued_figures(line: str) -> str:
    if not line.encode("utf-8", "ignore").translate(None, _ORDINARY):
        return line
    if _DIGIT.search(line):
        line = _TIME.sub(r"\g<0> ", _FIGURE.sub(r" \g<0>", _LETTER.sub(". ", line)))
    if _HAS_LATIN.search(line):
        line = _DOMAIN.sub(r"\g<0> ", _LATIN.sub(r" \g<0>", line))
    return line


def _is_text(letter: str) -> bool:
    return (
        letter in _JOINERS
        or letter.isspace()
        or unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
