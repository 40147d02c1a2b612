"""Which internet addresses are public: what a server may be asked to open on a stranger's word.

An address that a person types can lead into the network that the server stands in: by number, by a
name that resolves to one, or by an IPv6 address that carries a private IPv4 one. Allowed is only
what is routed on the public internet; everything else is refused with its reason.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

IP = IPv4Address | IPv6Address

NOT_PUBLIC_V4 = tuple(
    (IPv4Network(network), reason)
    for network, reason in (
        ("0.0.0.0/8", "this machine"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a provider's inner network"),
        ("127.0.0.0/8", "this machine"),
        ("169.254.0.0/16", "the local link, where machines keep their secrets"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "reserved for examples"),
        ("192.31.196.0/24", "reserved for protocols"),
        ("192.52.193.0/24", "reserved for protocols"),
        ("192.88.99.0/24", "an old relay into IPv6"),
        ("192.168.0.0/16", "a private network"),
        ("192.175.48.0/24", "reserved for protocols"),
        ("198.18.0.0/15", "reserved for measurements"),
        ("198.51.100.0/24", "reserved for examples"),
        ("203.0.113.0/24", "reserved for examples"),
        ("224.0.0.0/4", "for many receivers at once"),
        ("240.0.0.0/4", "reserved"),
    )
)
NAT64 = IPv6Network("64:ff9b::/96")
GLOBAL_V6 = IPv6Network("2000::/3")
NOT_PUBLIC_V6 = tuple(
    (IPv6Network(network), reason)
    for network, reason in (
        ("2001::/23", "a tunnel, or reserved for protocols"),
        ("2001:db8::/32", "reserved for examples"),
        ("2002::/16", "a tunnel that carries an IPv4 address"),
        ("2620:4f:8000::/48", "reserved for protocols"),
        ("3ffe::/16", "a test network of old"),
        ("3fff::/20", "reserved for examples"),
    )
)
#: The interface half of an ISATAP address: a tunnel that carries an IPv4 address.
ISATAP = frozenset((0x0000_5EFE, 0x0200_5EFE))
NUMBER = re.compile(r"0x[0-9a-f]*|\d+", re.IGNORECASE)
OTHER_DOTS = re.compile("[\u3002\uff0e\uff61]")
INNER_NAMES = (
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "home.arpa",
    "localdomain",
)


@dataclass(frozen=True, slots=True)
class NotPublic(ValueError):
    """An address that leads away from the public internet."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where} is not on the public internet: it is {self.reason}."


def require_public(ip: IP) -> None:
    """Raise NotPublic unless this address is routed on the public internet."""
    if reason := _reason(ip):
        raise NotPublic(str(ip), reason)


def require_public_name(host: str) -> None:
    """Raise NotPublic for a host that no public name or canonical number can be. Resolves nothing."""
    host = host.lower().rstrip(".")
    if (ip := as_ip(host)) is not None:
        require_public(ip)
    elif _is_number(host):
        raise NotPublic(host, "a number in a spelling that hides where it leads")
    elif OTHER_DOTS.search(host) or not host.isprintable() or "%" in host or " " in host:
        raise NotPublic(host, "spelled with characters that hide where it leads")
    elif "." not in host or host.endswith(tuple(f".{name}" for name in INNER_NAMES)):
        raise NotPublic(host, "a name of an inner network")


def as_ip(host: str) -> IP | None:
    """The address when the host is one in its canonical spelling; brackets around IPv6 are allowed."""
    try:
        return ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return None


def _is_number(host: str) -> bool:
    """Whether C's inet_aton would take it for a number: decimal, octal, hexadecimal or short."""
    pieces = OTHER_DOTS.sub(".", host).split(".")
    return len(pieces) <= 4 and all(NUMBER.fullmatch(piece) for piece in pieces)


def _reason(ip: IP) -> str:
    if isinstance(ip, IPv4Address):
        return next((reason for network, reason in NOT_PUBLIC_V4 if ip in network), "")
    if ip.scope_id:
        return "on a local link"
    if ip.ipv4_mapped is not None:
        return _reason(ip.ipv4_mapped)
    if ip in NAT64:
        return _reason(IPv4Address(int(ip) & 0xFFFF_FFFF))
    if ip.is_loopback or ip.is_unspecified:
        return "this machine"
    if ip.is_multicast:
        return "for many receivers at once"
    if ip not in GLOBAL_V6:
        return "private, local or reserved"
    if (int(ip) >> 32) & 0xFFFF_FFFF in ISATAP:
        return "a tunnel that carries an IPv4 address"
    return next((reason for network, reason in NOT_PUBLIC_V6 if ip in network), "")
