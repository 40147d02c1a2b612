"""The client that sends, against receivers that do everything wrong."""

import time

import pytest

from articles.ingest.fetch import FetchPolicy
from articles.ingest.fetch_errors import RefusedAddress, TooSlow, Unreachable
from articles.ingest.post import ANSWER_BYTES, GuardedPoster
from tests.articles.foreign import http, moved, serving
from tests.articles.test_fetch import drip, endless, slow_body, slow_head

HOST = "127.0.0.1"


def post(answers, *, seconds=5.0, private=frozenset({HOST}), resolve=None, body=b"{}"):
    policy = FetchPolicy("Assay/1.0", 0, seconds, private_hosts=private)
    client = GuardedPoster(policy, resolve) if resolve else GuardedPoster(policy)
    with serving(answers) as (port, asked):
        return client.post(f"http://{HOST}:{port}/hook", body, {"webhook-id": "msg_1"}), asked


def silent(file):
    time.sleep(3)


class TestAReceiverThatIsThere:
    def test_the_message_is_a_post_with_its_headers(self):
        answer, [(path, head)] = post({"/hook": http(b"thanks", Retry_After="7")})
        assert (answer.status, answer.beginning, answer.headers["retry-after"]) == (
            200,
            b"thanks",
            "7",
        )
        assert path == "/hook"
        assert {"webhook-id: msg_1", "Content-Length: 2"} <= set(head)

    @pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "429 Slow", "500 Oh"])
    def test_a_refusal_is_an_answer(self, status):
        assert post({"/hook": http(b"", status=status)})[0].status == int(status[:3])

    def test_it_is_not_sent_on(self):
        answer, asked = post({"/hook": moved("/other"), "/other": http(b"here")})
        assert (answer.status, len(asked)) == (302, 1)


class TestAReceiverThatIsHostile:
    def test_an_answer_without_end_is_read_at_its_beginning_only(self):
        answer, _ = post({"/hook": endless})
        assert len(answer.beginning) == ANSWER_BYTES

    def test_a_body_in_single_bytes_ends_with_the_deadline_and_the_status_counts(self):
        answer, _ = post({"/hook": slow_body}, seconds=0.4)
        assert answer.status == 200

    @pytest.mark.parametrize("answer", [silent, slow_head, drip], ids=["none", "head", "no-http"])
    def test_what_never_answers_is_cut_off(self, answer):
        with pytest.raises(TooSlow, match="no answer within"):
            post({"/hook": answer}, seconds=0.4)

    @pytest.mark.parametrize("answer", [b"", b"not http at all\r\n\r\n"], ids=["closed", "noise"])
    def test_what_is_not_http_is_said(self, answer):
        with pytest.raises(Unreachable):
            post({"/hook": answer})


class TestWhereItGoes:
    def refuse(self, address, **fields):
        policy = FetchPolicy("Assay/1.0", 0, 5.0)
        with pytest.raises(RefusedAddress) as refused:
            GuardedPoster(policy, **fields).post(address, b"{}", {})
        return str(refused.value)

    @pytest.mark.parametrize(
        "address",
        [
            "ftp://site.example/hook",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "//site.example/hook",
            "https://user:secret@site.example/hook",
            "http://site.example:25/hook",
            "https://site.example/a b",
            "",
        ],
    )
    def test_only_addresses_of_the_web_are_taken(self, address):
        self.refuse(address)

    @pytest.mark.parametrize(
        "host", ["127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254", "localhost", "0x7f000001"]
    )
    def test_nothing_private_is_reached_by_number_or_name(self, host):
        self.refuse(f"http://{host}/hook")

    def test_a_name_that_leads_into_the_private_network_is_refused(self):
        self.refuse("https://site.example/hook", resolve=lambda host, port: ["10.0.0.7"])

    def test_a_name_that_was_public_once_is_looked_at_again_each_time(self):
        """Rebinding: the second answer of the resolver is the one that counts for the second message."""
        answers = iter([["192.168.1.1"], ["127.0.0.1"]])
        for _ in range(2):
            self.refuse("https://site.example/hook", resolve=lambda host, port: next(answers))

    def test_one_private_address_among_public_ones_refuses_the_host(self):
        self.refuse(
            "https://site.example/hook", resolve=lambda host, port: ["93.184.215.14", "10.0.0.7"]
        )
