"""What a text says, as a short mark: the same text again, or another one?"""

import hashlib
import string

from bot.domain.source import Entry

#: Left out of content hashes, with what ASCII has of their kind.
_MARKS = "«»„“”‘’–—…·•№\xa0\u2009\u202f\u200b"
_ASCII_MARKS = (string.punctuation + string.whitespace).encode()


def content_hash(title: str, text: str) -> str:
    """The same for two texts that differ in letter case, spacing and punctuation only."""
    said = f"{title} {text}".lower()
    for mark in _MARKS:
        # Most are not there, and looking takes a tenth of replacing.
        if mark in said:
            said = said.replace(mark, "")
    letters = said.encode("utf-8", "replace").translate(None, _ASCII_MARKS)
    return hashlib.sha256(letters).hexdigest()


def fingerprint(entry: Entry) -> str:
    """Changes when what the listing says of an article does: its title, and its text where that is whole.

    Teasers are left out: sites reword them, and every change costs their server a page.
    """
    said = f"{entry.title}\n{entry.text if entry.full else ''}"
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]
