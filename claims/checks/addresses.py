"""Addresses in markup: http(s) only, whole, and told from one another by what a reader would call the same page."""

import re
from urllib.parse import urljoin, urlsplit

from tld import get_tld

from articles.addresses import BadAddress, is_same_site, normalise

LONGEST = 1000
ANCHOR = re.compile(r"[\w\-.~:=,!/%]{1,200}", re.ASCII)


def read_address(text: str, page: str = "") -> str:
    """The one spelling of an address, with its anchor; empty for what a browser must not be sent to."""
    if text.lower().startswith("www."):
        text = f"https://{text}"
    if page and not re.match(r"[a-zA-Z][a-zA-Z0-9+.\-]*:", text):
        try:
            text = urljoin(page, text)
        except ValueError:
            return ""
    try:
        address = normalise(text)
    except BadAddress:
        return ""
    anchor = text.partition("#")[2]
    whole = f"{address}#{anchor}" if address and ANCHOR.fullmatch(anchor) else address
    return whole if len(whole.encode("utf-8", "replace")) <= LONGEST else ""


def page_of(address: str) -> str:
    """What two spellings of the address of one page share."""
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return f"{host_of(address)}{parts.path.rstrip('/')}{query}"


def host_of(address: str) -> str:
    """The site of an address as people call it: without “www.”, in the registered spelling."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
        return host.encode("idna").decode("ascii").lower().removeprefix("www.")
    except ValueError:
        return ""


def is_on(host: str, trusted: str) -> bool:
    """Whether it is this host or one below it."""
    return host == trusted or host.endswith(f".{trusted}")


def is_one_domain(one: str, other: str) -> bool:
    """Whether two addresses are of one domain, or one is below the other's."""
    first, second = host_of(one), host_of(other)
    if not first or not second:
        return False
    return is_same_site(one, other) or is_on(first, second) or is_on(second, first)


def is_registry(host: str) -> bool:
    """Whether under this name others keep their sites, as under co.uk."""
    found = get_tld(f"https://site.{host}/", fail_silently=True, search_private=True)
    return found == host
