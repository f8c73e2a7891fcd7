"""The characters of a text: entities, controls, blanks, markup that was left in, words that were glued."""

import html
import re
import unicodedata

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
#: «түскен.«Әдеттегідей», «келді.Ол»: a point between two words, the second with a capital.
_POINT = re.compile(rf"(?<=[{LOWER}]{{2}})([.!?…]+[»”\"]?)(?=[«“\"]?[{UPPER}][{LOWER}])")
_NO_BLANK = re.compile(rf"[.!?…][»”\"]?[«“\"]?[{UPPER}]")
_DIGIT = re.compile(r"\d")
#: Bytes of letters beyond ASCII, and marks: a text of nothing else has no figure and no Latin word.
_ORDINARY = bytes(range(128, 256)) + b" !\"'(),-./:;?"
#: «А2.В работе»: a word of one letter behind a figure's point.
_LETTER = re.compile(r"(?<=\d)\.(?=[ВИКСУОАЯ]\s[а-я])")
#: «Акорды16 апреля», «17:16В переписке»: not «м2», not «12А».
_FIGURE = re.compile(r"(?<=[а-яёәғқңөұүіһ]{4})(?=\d)|(?<=:\d\d)(?=[А-ЯӘҒҚҢӨҰҮІҺ])")
_COMMA = re.compile(r"(?<=[а-яёәғқңөұүіһ])([,;])(?=[а-яёәғқңөұүіһ]{2})")
_HAS_LATIN = re.compile(r"[A-Za-z]")
_LATIN = re.compile(r"(?<=[а-яёәғқңөұүіһ]{2})(?=[A-Z][A-Za-z]{2})")
_DOMAIN = re.compile(r"(?:(?<=[A-Za-z]\.kz)|(?<=[A-Za-z]\.ru)|(?<=[A-Za-z]\.com))(?=[а-яёәғқңөұүіһА-Я])")
_QUOTE = re.compile(rf"(?<=[а-яёәғқңөұүіһ])(?=[«“][{UPPER}])")


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
    if "<" not in text and "&lt;" not in text:
        return text
    text = _UNSEEN.sub(" ", text.replace("&lt;", "<").replace("&gt;", ">"))
    return _TAG.sub(" ", _BREAK.sub("\n", text))


def unglued(text: str) -> str:
    """Blanks put back where links and line ends lost them; numbers, domains and initials stay whole."""
    # Looking for what may be glued first is four times faster.
    if _NO_BLANK.search(text):
        text = _POINT.sub(_parted, text)
    if text.count(",") != text.count(", ") or ";" in text:
        text = _COMMA.sub(r"\1 ", text)
    if text.encode("utf-8", "ignore").translate(None, _ORDINARY):
        text = _FIGURE.sub(" ", _LETTER.sub(". ", text)) if _DIGIT.search(text) else text
        text = _DOMAIN.sub(" ", _LATIN.sub(" ", text)) if _HAS_LATIN.search(text) else text
    return _QUOTE.sub(" ", text) if "«" in text or "“" in text else text


def _parted(found: re.Match[str]) -> str:
    """A blank before an opening mark («барын."Қазіргі» has one) or behind a closing one."""
    point, mark = found[1].rstrip('"'), found[1][-1]
    opening = mark == '"' and found.string.count('"', max(0, found.start() - 2000), found.start()) % 2 == 0
    return f"{point} {mark}" if opening else f"{found[1]} "


def _is_text(letter: str) -> bool:
    return (
        letter in _JOINERS
        or letter.isspace()
        or unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
