"""Every address that could lead into a private network is refused, however it is spelled."""

import pytest

from articles.ingest.connections import Deadline, Guard
from articles.ingest.fetch import FetchPolicy, GuardedFetcher, checked
from articles.ingest.fetch_errors import RefusedAddress

#: What names resolve to in these tests. Everything else has a public address.
NAMES = {
    "private.example.com": ["10.0.0.8"],
    "loop.example.com": ["127.0.0.1"],
    "both.example.com": ["93.184.215.14", "192.168.1.1"],
    "six.example.com": ["fd00::1"],
    "mapped.example.com": ["::ffff:10.0.0.1"],
    "metadata.example.com": ["169.254.169.254"],
    "scoped.example.com": ["fe80::1%eth0"],
    "odd.example.com": ["not an address"],
    "dual.example.com": ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
}

HOSTILE = [
    # this machine
    "http://127.0.0.1/", "http://127.8.9.10/", "http://0.0.0.0/", "http://0.1.2.3/", "http://localhost/",
    "http://LOCALHOST/", "http://localhost./", "http://app.localhost/", "http://[::1]/", "http://[::]/",
    # numbers in disguise
    "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://127.1/",
    "http://127.0.1/", "http://0/", "http://017700000001/", "http://0x7f.1/", "http://127.0.0.01/",
    "http://134744072/", "http://8.8.2056/", "http://127。0。0。1/", "http://１２７.0.0.1/", "http://①②⑦.0.0.1/",
    "http://4294967297/",
    # private networks
    "http://10.0.0.1/", "http://10.255.255.255/", "http://172.16.0.1/", "http://172.31.255.254/",
    "http://192.168.0.1/", "http://100.64.0.1/", "http://100.127.255.255/", "http://169.254.169.254/latest/meta-data/",
    # reserved and multicast
    "http://192.0.0.1/", "http://192.0.2.1/", "http://198.18.0.1/", "http://198.51.100.7/", "http://203.0.113.9/",
    "http://224.0.0.1/", "http://239.255.255.250/", "http://240.0.0.1/", "http://255.255.255.255/", "http://192.88.99.1/",
    # IPv6 that is private, or carries IPv4
    "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fc00::1]/", "http://[fd12:3456::1]/", "http://[fec0::1]/",
    "http://[ff02::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::ffff:10.0.0.1]/",
    "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::10.0.0.1]/", "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/", "http://[2002:a00:1::]/", "http://[2001:0:7f00:1::]/", "http://[2001:db8::1]/",
    "http://[2606:4700::5efe:a00:1]/", "http://[100::1]/", "http://[3fff::1]/", "http://[5f00::1]/",
    # names of inner networks, and names that lead there
    "http://router.local/", "http://metadata.google.internal/", "http://wiki.corp/", "http://intranet/", "http://nas.home.arpa/",
    "http://private.example.com/", "http://loop.example.com/", "http://both.example.com/", "http://six.example.com/",
    "http://mapped.example.com/", "http://metadata.example.com/", "http://scoped.example.com/", "http://odd.example.com/",
    # other schemes, credentials, confusing forms
    "file:///etc/passwd", "gopher://example.com/", "ftp://example.com/a", "data:text/html,hello", "javascript:alert(1)",
    "dict://example.com:11211/", "//example.com/", "example.com", "", "http://", "http:///etc/passwd",
    "http://user@example.com/", "http://user:secret@example.com/", "http://example.com@127.0.0.1/", "http://@example.com/",
    "http://example.com\\@127.0.0.1/", "http://exa mple.com/", "http://example.com/\r\nHost: x", "http://example.com:22/",
    "http://example.com:25/", "http://example.com:99999/", "http://[::1", "http://example.com:0x50/",
]  # fmt: skip

ALLOWED = [
    "http://example.com/", "https://example.com/", "HTTPS://EXAMPLE.COM/A", "https://www.example.co.uk/news/1?page=2",
    "https://example.com:443/", "http://example.com:8080/a", "https://example.com./a", "https://bücher.example.com/",
    "https://xn--bcher-kva.example.com/", "https://example.com/überblick?q=ä#top", "http://93.184.215.14/",
    "http://8.8.8.8/", "http://172.15.255.255/", "http://172.32.0.1/", "http://100.63.255.255/", "http://[2606:4700::1111]/",
    "http://[::ffff:8.8.8.8]/", "http://[64:ff9b::8.8.8.8]/", "https://dual.example.com/", "http://1.example.com/",
    "https://10.0.0.1.example.com/",
]  # fmt: skip


def resolve(host, port):
    return NAMES.get(host, [host if ":" in host or host[-1].isdigit() else "93.184.215.14"])


def pass_the_guard(address, private_hosts=frozenset()):
    parts = checked(address, private_hosts)
    guard = Guard(private_hosts, resolve, Deadline(1))
    return guard.addresses(parts.hostname, parts.port or 80)


@pytest.mark.parametrize("address", HOSTILE)
def test_a_hostile_address_is_refused(address):
    fetcher = GuardedFetcher(FetchPolicy("test", 1000), resolve)
    with pytest.raises(RefusedAddress):
        fetcher.fetch(address)


@pytest.mark.parametrize("address", ALLOWED)
def test_a_public_address_may_be_opened(address):
    assert pass_the_guard(address)


def test_the_tables_are_as_long_as_they_should_be():
    assert len(set(HOSTILE)) >= 60
    assert len(set(ALLOWED)) >= 15


def test_a_named_host_of_the_intranet_may_be_opened():
    assert pass_the_guard("http://private.example.com:81/", frozenset({"private.example.com"}))


def test_naming_one_host_opens_no_other():
    with pytest.raises(RefusedAddress):
        pass_the_guard("http://loop.example.com/", frozenset({"private.example.com"}))
