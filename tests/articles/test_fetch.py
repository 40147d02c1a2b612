"""The guarded client against a server that does everything wrong."""

import gzip
import socket
import time
import zlib

import pytest

from articles.ingest.connections import Deadline, Guard
from articles.ingest.fetch import Fetched, FetchPolicy, GuardedFetcher, _Fetch, checked
from articles.ingest.fetch_double import FakeFetcher
from articles.ingest.fetch_errors import (
    BadAnswer,
    FetchError,
    ForbiddenByRobots,
    RefusedAddress,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
)
from tests.articles.foreign import http, moved, serving

HOST = "127.0.0.1"
AGENT = "Assay/1.0 (fact-checking desk)"


def policy(**fields):
    fields.setdefault("private_hosts", frozenset({HOST}))
    return FetchPolicy(AGENT, fields.pop("max_bytes", 10_000), fields.pop("seconds", 5.0), **fields)


def fetch(answers, path="/", **fields):
    with serving(answers) as (port, _):
        return GuardedFetcher(policy(**fields)).fetch(f"http://{HOST}:{port}{path}")


def endless(file):
    file.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        file.write(b"x" * 4096)


def forever(piece, head=b"HTTP/1.1 200 OK\r\n"):
    """An answer that goes on in the same way."""

    def write(file):
        file.write(head)
        while True:
            file.write(piece)

    return write


def packed_forever(file):
    packer = zlib.compressobj(wbits=31)
    file.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
    while True:
        file.write(packer.compress(bytes(100_000)) + packer.flush(zlib.Z_SYNC_FLUSH))


def slow_body(file):
    file.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    drip(file)


def slow_head(file):
    file.write(b"HTTP/1.1 200 OK\r\nX: ")
    drip(file)


def drip(file):
    for _ in range(100):
        file.write(b"x")
        file.flush()
        time.sleep(0.05)


class TestAPageThatIsThere:
    def test_its_bytes_come_back_with_what_the_server_says_of_them(self):
        page = fetch({"/": http("Grüße".encode(), Content_Type="Text/HTML; charset=UTF-8")})
        assert (page.content.decode(), page.media_type, page.charset) == (
            "Grüße",
            "text/html",
            "UTF-8",
        )

    @pytest.mark.parametrize(
        ("coding", "packed"),
        [
            ("gzip", gzip.compress(b"hello" * 99)),
            ("deflate", zlib.compress(b"hello" * 99)),
            ("deflate", zlib.compress(b"hello" * 99, wbits=-15)),
        ],
        ids=["gzip", "deflate", "deflate without header"],
    )
    def test_a_packed_page_is_unpacked(self, coding, packed):
        assert fetch({"/": http(packed, Content_Encoding=coding)}).content == b"hello" * 99

    def test_a_page_packed_in_pieces_is_whole(self):
        packed = gzip.compress(b"hello ") + gzip.compress(b"world")
        assert fetch({"/": http(packed, Content_Encoding="gzip")}).content == b"hello world"

    def test_what_follows_the_packed_page_is_none_of_it(self):
        packed = gzip.compress(b"hello") + b"junk" * 10
        assert fetch({"/": http(packed, Content_Encoding="gzip")}).content == b"hello"

    def test_chunks_are_joined(self):
        chunked = (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        )
        assert fetch({"/": chunked}).content == b"abcde"

    def test_the_server_hears_who_asks_and_for_which_host(self):
        with serving({"/": http(b"hello")}) as (port, asked):
            GuardedFetcher(policy()).fetch(f"http://{HOST}:{port}/")
        _, head = asked[-1]
        assert {f"User-Agent: {AGENT}", f"Host: {HOST}:{port}"} <= set(head)

    def test_redirects_are_followed_to_where_the_page_is(self):
        page = fetch({"/": moved("/a"), "/a": moved("b?c=1"), "/b?c=1": http(b"there")})
        assert (page.content, page.address.rpartition("/")[2]) == (b"there", "b?c=1")


class TestAddressesThatChange:
    def test_a_name_that_leads_elsewhere_at_the_second_asking_gets_no_further(self):
        """Both the rules and the page resolve the name; each connects to what was checked, or to nothing."""
        answers = iter([["93.184.215.14"], ["127.0.0.1"], ["127.0.0.1"]])
        seen = []

        def rebind(host, port):
            seen.append(next(answers))
            return seen[-1]

        guard = Guard(frozenset(), rebind, Deadline(1))
        assert [str(ip) for ip in guard.addresses("news.example.com", 80)] == ["93.184.215.14"]
        with pytest.raises(RefusedAddress, match=r"127\.0\.0\.1"):
            guard.connect("news.example.com", 80)

    def test_the_connection_uses_the_checked_numbers_and_asks_no_second_time(self):
        asked = []

        def resolve(host, port):
            asked.append(host)
            return ["127.0.0.1"]

        with serving({"/": http(b"hello")}) as (port, _):
            chosen = policy(private_hosts=frozenset({"wiki.example"}), follows_robots=False)
            GuardedFetcher(chosen, resolve).fetch(f"http://wiki.example:{port}/")
        assert asked == ["wiki.example"]

    @pytest.mark.parametrize(
        "target",
        [
            "http://10.0.0.1/",
            "http://[::1]/",
            "http://2130706433/",
            "file:///etc/passwd",
            "http://a:b@x.org/",
            "gopher://example.com/",
            "//169.254.169.254/latest/",
            "http://0x7f.1/",
        ],
    )
    def test_a_chain_of_redirects_to_a_private_address_is_refused(self, target):
        with pytest.raises(RefusedAddress):
            fetch({"/": moved("/next"), "/next": moved("/last", "308 P"), "/last": moved(target)})

    @pytest.mark.parametrize(
        "answer",
        [
            http(b"<meta http-equiv='refresh' content='0; url=http://10.0.0.1/'>"),
            http(b"hello", Refresh="0; url=http://10.0.0.1/"),
            http(b"<script>location = 'http://10.0.0.1/'</script>"),
        ],
        ids=["meta", "header", "script"],
    )
    def test_what_only_a_browser_would_follow_is_not_followed(self, answer):
        with serving({"/": answer}) as (port, asked):
            GuardedFetcher(policy()).fetch(f"http://{HOST}:{port}/")
        assert [path for path, _ in asked] == ["/robots.txt", "/"]

    def test_a_page_of_the_internet_does_not_lead_into_the_intranet(self):
        inner = frozenset({"wiki.corp"})
        step = _Fetch(policy(private_hosts=inner), None)
        with pytest.raises(RefusedAddress, match="your own network"):
            step._refuse_step(
                checked("http://example.com/", inner), checked("http://wiki.corp/", inner)
            )

    def test_a_redirect_from_https_to_http_is_refused(self):
        none = frozenset()
        with pytest.raises(RefusedAddress, match="from https to http"):
            _Fetch(policy(), None)._refuse_step(
                checked("https://example.com/", none), checked("http://example.com/", none)
            )

    def test_five_redirects_are_followed_and_a_sixth_is_not(self):
        chain = {f"/{n}": moved(f"/{n + 1}") for n in range(6)}
        assert fetch({**chain, "/5": http(b"end")}, "/0").content == b"end"
        with pytest.raises(TooManyRedirects):
            fetch({**chain, "/6": http(b"end")}, "/0")


class TestTooMuch:
    @pytest.mark.parametrize(
        "answer",
        [
            endless,
            http(b"x" * 10_001),
            http(b"x", length=500_000_000),
            http(gzip.compress(b"x" * 5_000_000), Content_Encoding="gzip"),
            http(zlib.compress(b"x" * 5_000_000), Content_Encoding="deflate"),
            http(zlib.compress(b"x" * 5_000_000, wbits=-15), Content_Encoding="deflate"),
            packed_forever,
            forever(b"1\r\nx\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
            forever(b"x" * 4096, b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n"),
        ],
        ids=[
            "endless",
            "over the cap",
            "promises 500 MB",
            "gzip bomb",
            "deflate bomb",
            "bare deflate bomb",
            "gzip without end",
            "chunks without end",
            "long as promised",
        ],
    )
    def test_it_is_not_read_to_the_end(self, answer):
        with pytest.raises(TooLarge, match="larger than"):
            fetch({"/": answer})

    def test_no_more_is_read_than_was_promised(self):
        answer = forever(b"x" * 4096, b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
        assert fetch({"/": answer}, follows_robots=False).content == b"x" * 10

    @pytest.mark.parametrize("length", [-5, "abc", "\u00b2"])
    def test_a_length_that_is_no_number_does_not_matter(self, length):
        lines = f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\nhello"
        assert fetch({"/": lines.encode("latin-1")}).content == b"hello"

    @pytest.mark.parametrize(
        "answer",
        [
            forever(b"HTTP/1.1 100 Continue\r\n\r\n", b""),
            forever(b"A: b\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"),
        ],
        ids=["begins again and again", "trailers without end"],
    )
    def test_what_never_comes_to_the_page_is_cut_off(self, answer):
        with pytest.raises(TooSlow):
            fetch({"/": answer}, seconds=0.5)

    def test_rules_that_drip_take_the_time_of_the_page(self):
        with pytest.raises(TooSlow):
            fetch({"/robots.txt": slow_body, "/": http(b"hello")}, seconds=0.5)

    def test_rules_without_end_are_taken_for_a_refusal(self):
        with pytest.raises(ForbiddenByRobots, match="too long"):
            fetch({"/robots.txt": endless, "/": http(b"hello")})

    @pytest.mark.parametrize("answer", [slow_body, slow_head])
    def test_a_slow_drip_is_cut_off(self, answer):
        begun = time.monotonic()
        with pytest.raises(TooSlow):
            fetch({"/": answer}, seconds=0.5)
        assert time.monotonic() - begun < 3


class TestBrokenAnswers:
    @pytest.mark.parametrize(
        "answer",
        [
            http(b"half", length=100),
            http(gzip.compress(b"hello" * 99)[:-9], Content_Encoding="gzip"),
            http(b"plain", Content_Encoding="gzip"),
            http(b"plain", Content_Encoding="br"),
            http(b"\x28\xb5\x2f\xfd" + bytes(50), Content_Encoding="zstd"),
            http(gzip.compress(gzip.compress(bytes(5_000_000))), Content_Encoding="gzip, gzip"),
            http(b"hello", length="9" * 5000),
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 3\r\n\r\nhello",
            forever(b"X: y\r\n"),
            forever(b"x" * 4096, b"HTTP/1.1 200 OK\r\nX: "),
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nabc",
            b"",
            b"SSH-2.0-OpenSSH_9\r\n",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        ],
        ids=[
            "short",
            "cut gzip",
            "no gzip",
            "brotli",
            "zstd",
            "packed twice",
            "huge length",
            "two lengths",
            "headers without end",
            "header without end",
            "huge chunk",
            "nothing",
            "no HTTP",
            "broken chunks",
        ],
    )
    def test_they_are_said_to_be(self, answer):
        with pytest.raises(Unreachable):
            fetch({"/": answer}, follows_robots=False)

    @pytest.mark.parametrize(
        ("status", "words"),
        [("401 X", "sign in"), ("403 X", "programs"), ("404 X", "no page"), ("503 X", r"\(503\)")],
    )
    def test_a_status_is_said_in_words(self, status, words):
        with pytest.raises(BadAnswer, match=words):
            fetch({"/": http(b"", status=status)})

    def test_a_server_that_is_not_there_is_said_to_be(self):
        with socket.socket() as taken:
            taken.bind((HOST, 0))  # and does not listen
            with pytest.raises(Unreachable, match="does not answer"):
                GuardedFetcher(policy()).fetch(f"http://{HOST}:{taken.getsockname()[1]}/")


class TestRobots:
    RULES = http(b"User-agent: *\nDisallow: /private/\n", Content_Type="text/plain")

    def test_a_page_that_the_site_closes_to_programs_is_not_read(self):
        answers = {"/robots.txt": self.RULES, "/private/a": http(b"hello")}
        with (
            serving(answers) as (port, asked),
            pytest.raises(ForbiddenByRobots, match=r"robots\.txt"),
        ):
            GuardedFetcher(policy()).fetch(f"http://{HOST}:{port}/private/a")
        assert [path for path, _ in asked] == ["/robots.txt"]

    def test_another_page_of_the_site_is_read(self):
        assert fetch({"/robots.txt": self.RULES, "/a": http(b"hello")}, "/a").content == b"hello"

    def test_a_redirect_into_a_closed_part_is_not_followed(self):
        answers = {
            "/robots.txt": self.RULES,
            "/a": moved("/private/a"),
            "/private/a": http(b"hello"),
        }
        with pytest.raises(ForbiddenByRobots):
            fetch(answers, "/a")

    def test_rules_that_a_broken_server_cannot_give_forbid(self):
        with pytest.raises(BadAnswer):
            fetch({"/robots.txt": http(b"", status="500 X"), "/": http(b"hello")})

    def test_the_desk_may_choose_not_to_ask(self):
        answers = {"/robots.txt": self.RULES, "/private/a": http(b"hello")}
        assert fetch(answers, "/private/a", follows_robots=False).content == b"hello"


class TestTheDouble:
    def test_it_answers_from_its_table_and_remembers(self):
        fake = FakeFetcher({"https://a.org/": b"hello"})
        assert fake.fetch("https://a.org/") == Fetched(b"hello", "https://a.org/")
        assert fake.asked == ["https://a.org/"]

    def test_it_raises_what_it_was_given(self):
        with pytest.raises(TooSlow):
            FakeFetcher({"https://a.org/": TooSlow("late")}).fetch("https://a.org/")

    def test_an_address_that_it_does_not_know_is_no_page(self):
        with pytest.raises(FetchError):
            FakeFetcher({}).fetch("https://a.org/")
