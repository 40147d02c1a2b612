"""Long answers, sent while they are made, and consumers that do not read them."""

import socket

import pytest
from django.http import StreamingHttpResponse

from api import streams
from publishing.models import Publication
from tests import factories
from tests.config.conftest import until
from tests.served import Served

EXPORT = "/api/v1/exports/publications.ndjson"
PAGE = "/api/v1/publications/?limit=200"
PLACES = 2


def long_answer(request=None):
    return StreamingHttpResponse(iter([b"one", b"two"]))


@pytest.fixture
def send(rf, monkeypatch, db):
    """Sends one more answer, while the others are open. Django looks at its connections when one is closed."""
    monkeypatch.setattr(streams, "_free", streams.BoundedSemaphore(PLACES))
    middleware = streams.LimitStreams(long_answer)
    return lambda method="get": middleware(getattr(rf, method)("/api/v1/"))


def test_one_long_answer_too_many_is_told_to_come_again(send):
    kept = [send() for _ in range(PLACES)]
    refused = send()
    assert (refused.status_code, refused["Retry-After"]) == (503, "30")
    kept[0].close()
    assert b"".join(send().streaming_content) == b"onetwo"


def test_an_answer_gives_its_place_back_whether_it_was_read_or_not(send):
    for number in range(3 * PLACES):
        response = send()
        for _ in zip(response.streaming_content, range(number % 3), strict=False):
            pass
        assert response.status_code == 200
        response.close()
        response.close()


def test_what_is_only_asked_about_takes_no_place(send):
    assert {send("head").status_code for _ in range(3 * PLACES)} == {200}


def begin(port, address):
    """A consumer that asks, and reads almost nothing."""
    consumer = socket.create_connection(("127.0.0.1", port))
    consumer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    consumer.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    consumer.settimeout(20)
    assert consumer.recv(12)[:9] == b"HTTP/1.1 "
    return consumer


@pytest.mark.django_db(transaction=True)
def test_consumers_that_do_not_read_keep_nobody_else_waiting():
    claim = factories.make_published_claim()
    entry = Publication.objects.get(claim=claim)
    entries = [clone(entry, seq) for seq in range(2, 6000)]
    Publication.objects.bulk_create(entries)
    with Served(threads=PLACES + 1, ASSAY_LONG_ANSWERS=str(PLACES)) as desk:
        slow = [begin(desk.port, address) for address in [EXPORT, PAGE] * (PLACES + 2)]
        assert desk.get("/api/v1/verdicts/").status == 200
        assert desk.get(EXPORT).status == 503
        for consumer in slow:
            consumer.close()
        until(lambda: desk.get(EXPORT).status == 200, seconds=30)


def clone(entry, seq):
    """As many make an answer of many parts, which a consumer leaves lying."""
    return Publication(
        seq=seq,
        claim_id=entry.claim_id,
        verdict_id=entry.verdict_id,
        kind=entry.kind,
        document=entry.document[:-1] + f',"filling":"{"x" * 5000}"}}',
        sha256=f"{seq:064x}",
        previous_sha256=f"{seq - 1:064x}",
        published_by_id=entry.published_by_id,
    )
