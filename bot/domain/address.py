"""One address for one article, however a source, a mail campaign or a phone spells it."""

import re

from yarl import URL

#: Query parameters that say how a reader came, never what they read. Families first, then single names;
#: after the AdGuard and ClearURLs lists. courlan's list also drops `cid`, `uid` and a bare `?12345`, which
#: are an article's only identity on sites with older engines.
_TRACKING = re.compile(
    r"(?:utm|mtm|pk|itm|hsa|vero|oly|mkt|at)_.+"
    r"|_openstat|_ga|_gl|__twitter_impression|mc_[ce]id|mkt_tok|cmpid|ocid|spm|xtor|igshid?|si"
    r"|(?:fb|g|dc|y|ys|ms|tw|ga|gb|tt)(?:clid|raid|clk)|rb_clickid|from_source|ref_src|ref_url"
    r"|amp|outputtype",
    re.IGNORECASE,
)
_PHONE_HOST = re.compile(r"^(?:m|amp|mobile)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"(?<=.)/amp/?$", re.IGNORECASE)
#: Characters as they are sent: a Cyrillic letter takes six. PostgreSQL indexes texts of 2,700 bytes at most.
_LONGEST = 2048


def canonical_url(url: str) -> str:
    """The address that identifies an article; "" where `url` is no http(s) address.

    Lower-cases the host, drops credentials, default port, fragment, tracking parameters, AMP and phone
    spellings and the trailing slash; parameters that remain keep their order and values.
    """
    try:
        parsed = URL(url.strip())
        return _bounded(_identity(parsed)) if _is_web(parsed) and len(url) <= _LONGEST else ""
    except (ValueError, IndexError):  # yarl stumbles over "https://[]@"
        return ""


def published_url(url: str) -> str:
    """The address to send readers to: as published, without what tells how somebody came there.

    Phone and AMP spellings stay: that the address without them exists is likely, not certain. "" as above.
    """
    try:
        parsed = URL(url.strip())
        return _bounded(str(_untracked(parsed))) if _is_web(parsed) and len(url) <= _LONGEST else ""
    except (ValueError, IndexError):  # yarl stumbles over "https://[]@"
        return ""


def _is_web(url: URL) -> bool:
    return url.scheme in {"http", "https"} and bool(url.host)


def _identity(url: URL) -> str:
    host = _PHONE_HOST.sub("", url.host or "").rstrip(".")
    path = _AMP_PATH.sub("", url.raw_path).rstrip("/") or "/"
    return str(_untracked(url).with_host(host).with_path(path, encoded=True, keep_query=True))


def _untracked(url: URL) -> URL:
    tracking = {key for key in url.query if _TRACKING.fullmatch(key)}
    return url.without_query_params(*tracking).with_user(None).with_fragment(None)


def _bounded(url: str) -> str:
    return url if len(url) <= _LONGEST else ""
