"""Whether a feed's text is the article or a teaser of it."""

import re

#: A text in the field meant for content is the article from this length on, code points …
_CONTENT = 400
#: … and one in the summary field from this: agencies' and Telegram-like sites put the whole text there.
_SUMMARY = 1_200
#: A teaser says so in its last code points; the longest invitation and what may follow it fit.
_END = 110
_CUT = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.{3}|&hellip;)\])[\s»\"]*$"
    r"|(?:read (?:more|on|the (?:rest|full))|continue reading|full (?:story|article)|more\s*[»→>]"
    r"|читать (?:далее|полностью|дальше|ещ[её])|подробнее|далее|толығырақ|жалғасын оқу|толық оқу)"
    r"[^\n]{0,80}$"
)


def is_full(text: str, *, encoded: bool) -> bool:
    """True where `text` can be the whole article; `encoded`: it stood in the content field."""
    if len(text) < (_CONTENT if encoded else _SUMMARY):
        return False
    # In small letters: a pattern that takes both cases is tried at each letter, five times slower.
    return not _CUT.search(text[-_END:].lower())
