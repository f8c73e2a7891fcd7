"""What a text says, as a short mark: the same text again, or another one?"""

import hashlib
import string

from bot.domain.source import Entry

#: Left out of content hashes the fastest way, by the first byte they have in UTF-8: an article is hashed for
#: each new entry of each feed.
_MARKS = {
    b"\xe2": [mark.encode() for mark in "„“”‘’–—…•№\u2009\u202f\u200b"],
    b"\xc2": [mark.encode() for mark in "«»·\xa0"],
}
_ASCII_MARKS = (string.punctuation + string.whitespace).encode()


def content_hash(title: str, text: str) -> str:
    """The same for two texts that differ in letter case, spacing and punctuation only."""
    letters = f"{title} {text}".lower().encode("utf-8", "replace").translate(None, _ASCII_MARKS)
    for first, marks in _MARKS.items():
        for mark in marks if first in letters else ():
            letters = letters.replace(mark, b"")
    return hashlib.sha256(letters).hexdigest()


def fingerprint(entry: Entry) -> str:
    """Changes when what the listing says of an article does: its title, and its text where that is whole.

    Teasers are left out: sites reword them, and every change costs their server a page.
    """
    said = f"{entry.title}\n{entry.text if entry.full else ''}"
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]
