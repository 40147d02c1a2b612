"""One page, one address. Two spellings of an address that servers treat alike become one.

The scheme and host are lower-cased, default ports, fragments and an empty path are dropped, and so are
the query parameters that only say where a reader came from. What the server may care about stays as it is.
"""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tld import get_fld

DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST = 2000
#: Parameters that only tell who sent the reader. None of them chooses the page on any site known to us.
TRACKING = frozenset((
    "fbclid", "gclid", "gclsrc", "dclid", "wbraid", "gbraid", "msclkid", "yclid", "twclid", "ttclid", "li_fat_id",
    "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "oly_enc_id", "oly_anon_id", "vero_id",
    "ref_src", "ref_url", "srsltid", "_ga", "_gl", "s_kwcid", "at_medium", "at_campaign", "ns_mchannel", "ns_campaign",
))  # fmt: skip
TRACKING_FAMILIES = ("utm_", "pk_", "mtm_", "hsa_")


class BadAddress(ValueError):
    """Not an address a reader could open. The message says what to do."""


def normalise(address: str) -> str:
    """The one spelling of a http(s) address; the empty string stays empty. Raises BadAddress."""
    if not (address := address.strip()):
        return ""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise BadAddress(f"“{address[:100]}” is not an address: {error}.") from error
    if parts.scheme.lower() not in DEFAULT_PORTS or not parts.hostname:
        raise BadAddress(
            f"“{address[:100]}” is not an address that starts with https:// or http://."
        )
    if parts.username or parts.password:
        raise BadAddress("The address holds a user name or password. Take it out.")
    if any(ord(character) < 33 for character in address):
        raise BadAddress("The address holds spaces or control characters. Take them out.")
    scheme, host = parts.scheme.lower(), parts.hostname.lower().rstrip(".")
    if not host:
        raise BadAddress(f"“{address[:100]}” names no host.")
    if ":" in host:
        host = f"[{host}]"
    if port and port != DEFAULT_PORTS[scheme]:
        host = f"{host}:{port}"
    return urlunsplit((scheme, host, parts.path or "/", _without_tracking(parts.query), ""))


def plain_page(address: str) -> str:
    """The one spelling of the address of a page to be fetched, out of any cache. Raises BadAddress."""
    address = normalise(without_cache(normalise(address)))
    if not address:
        raise BadAddress("Give the address of the article.")
    if len(address.encode("utf-8", "replace")) > LONGEST:
        raise BadAddress(f"The address is too long: at most {LONGEST:,} characters.")
    return address


#: Caches that serve other people's pages under their own names.
GOOGLE_AMP = re.compile(r"/amp/(?P<secure>s/)?(?P<rest>[^/]+\.[^/]+/.*)")
AMP_CACHE = re.compile(r"/[cv]/(?P<secure>s/)?(?P<rest>[^/]+\.[^/]+/.*)")


def without_cache(address: str) -> str:
    """The publisher's own address of a page that was copied from an AMP cache; any other stays as it is."""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    found = None
    if re.fullmatch(r"(?:www\.)?google\.[a-z.]{2,6}", host):
        found = GOOGLE_AMP.fullmatch(parts.path)
    elif host.endswith(".cdn.ampproject.org"):
        found = AMP_CACHE.fullmatch(parts.path)
    if not found:
        return address
    scheme, query = "https" if found["secure"] else "http", f"?{parts.query}" if parts.query else ""
    return f"{scheme}://{found['rest']}{query}"


def is_same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one publisher: the same name that a registry sells."""
    return site_of(one) == site_of(other)


def site_of(address: str) -> str:
    """The name that a registry sells, or nothing for what is no address."""
    host = (urlsplit(address).hostname or "").lower().rstrip(".")
    found = get_fld(f"https://{host}/", fail_silently=True, search_private=True) if host else None
    return found or host.removeprefix("www.")


def _without_tracking(query: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(k, v) for k, v in pairs if not _is_tracking(k.lower())]
    return query if len(kept) == len(pairs) else urlencode(kept)


def _is_tracking(name: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_FAMILIES)
