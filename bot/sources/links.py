"""Links as pages and feeds write them."""

import re
from urllib.parse import urljoin, urlsplit

_BREAKS = re.compile(r"[\r\n\t]")


def absolute(link: str, base: str) -> str:
    """`link` relative to `base`, without the line breaks feeds put into it; "" where it can't be read."""
    link = _BREAKS.sub("", link).strip()
    try:
        host = urlsplit(base).netloc
        if host and link.startswith(f"{host}/"):
            return f"{urlsplit(base).scheme}://{link}"
        return urljoin(base, link)
    except ValueError:
        return ""
