"""A text's sentences, kept whole where a point is only an abbreviation's."""

from razdel import sentenize


def split(text: str) -> list[str]:
    """The sentences of a text, in order, without surrounding blanks; a newline always ends one."""
    return [
        piece.text.strip() for line in text.splitlines() for piece in sentenize(line) if piece.text.strip()
    ]
