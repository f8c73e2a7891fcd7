"""Bytes of the real web as text."""

import codecs
import re
from contextlib import suppress

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: `encoding="…"` of an XML prologue or `charset=…` of an HTML meta tag.
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE)
_LOOKED_AT = 4096
#: Undeclared bytes of this region that are no UTF-8.
_LEGACY = "windows-1251"
#: Python's own notations: they read another text than was written, fail, or (punycode) take hours.
_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
#: A UTF-8 text may hold one broken character in this many bytes beyond ASCII (a cut teaser, say).
_BROKEN_PER = 50


def decode(body: bytes, charset: str = "") -> str:
    """Text of an XML, HTML or JSON document; never fails.

    A byte order mark decides; then strict UTF-8 (bytes that decode as UTF-8 are UTF-8, whatever was
    declared); then the charset of the HTTP header and of the document itself; then windows-1251.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace").lstrip("\ufeff")
    if b"\0" in body[:4]:
        return body.decode("utf-16-be" if body[:1] == b"\0" else "utf-16-le", "replace")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return _legacy(body, charset)


def _legacy(body: bytes, charset: str) -> str:
    repaired = body.decode("utf-8", "replace")
    if repaired.count("\ufffd") * _BROKEN_PER <= sum(byte > 127 for byte in body):
        return repaired
    found = _DECLARED.search(body[:_LOOKED_AT])
    for name in (charset, found[1].decode("ascii") if found else "", _LEGACY):
        if name and _is_legacy_text(name):
            with suppress(UnicodeError):
                return body.decode(name, "replace")
    return repaired


def _is_legacy_text(name: str) -> bool:
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    # _is_text_encoding is what bytes.decode itself asks: "zip" and "rot13" are codecs, not charsets.
    return codec.name not in {"utf-8", *_NO_CHARSETS} and getattr(codec, "_is_text_encoding", True)
