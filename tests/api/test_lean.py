import pytest
from django.db import DataError, connection

from publishing import lane, record
from tests import factories

READS = [
    "/api/v1/verdicts/",
    "/api/v1/verdicts/?limit=1&status=any",
    "/api/v1/verdicts/?rating=true&published_after=2000-01-01&published_before=2999-01-01",
    "/api/v1/verdicts/?q=harbour&tag=sand&language=en&kind=event",
    "/api/v1/publications/",
    "/api/v1/publications/?since=1&limit=1",
    "/api/v1/publications/1/",
]
MISTAKES = [
    "/api/v1/verdicts/?nonsense=1",
    "/api/v1/verdicts/?limit=0",
    "/api/v1/verdicts/?limit=1&limit=2",
    "/api/v1/verdicts/?q=%ff",
    "/api/v1/verdicts/?q=%00",
    "/api/v1/verdicts/?rating=nonsense",
    "/api/v1/verdicts/?published_after=0001-01-01T00:00:00Z&published_before=9999-12-31T23:59:59Z",
    "/api/v1/publications/?since=-1",
    "/api/v1/publications/99/",
]
#: A session that is none sends a request the long way.
AT_LENGTH = {"Cookie": "sessionid=none"}
#: Who has a session may see other things than everyone: such an answer is for nobody else.
OF_STRANGERS = {"Access-Control-Allow-Origin", "Access-Control-Allow-Methods"} | {
    "Access-Control-Allow-Headers",
    "Access-Control-Expose-Headers",
}


@pytest.fixture
def published(db):
    return [factories.make_published_claim(tags=["sand"]) for _ in range(3)]


@pytest.mark.parametrize("address", [*READS, *MISTAKES])
def test_the_short_way_and_the_long_way_give_the_same_answer(client, published, address):
    short, long = client.get(address), client.get(address, headers=AT_LENGTH)
    assert (short.status_code, short.content) == (long.status_code, long.content)
    names = set(short.headers) - OF_STRANGERS - {"Allow"}
    assert {name: short[name] for name in names} == {name: long[name] for name in names}


@pytest.mark.parametrize("address", READS)
@pytest.mark.django_db(transaction=True)
def test_statements_that_are_prepared_give_what_others_give(client, address):
    for _ in range(2):
        factories.make_published_claim(tags=["sand"])
    answers = {client.get(address).content for _ in range(3)}
    assert len(answers) == 1
    assert answers.pop() == client.get(address, headers=AT_LENGTH).content


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_died_is_replaced_and_the_read_done_again():
    factories.make_published_claim()
    known = record.head()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert record.head() == known


@pytest.mark.django_db(transaction=True)
def test_a_connection_keeps_only_so_many_statements(monkeypatch, client):
    monkeypatch.setattr(lane, "MAX_PREPARED", 2)
    factories.make_published_claim(tags=["sand"])
    first = [client.get(address).content for address in READS]
    assert [client.get(address).content for address in READS] == first
    (pool,) = lane._pools.values()
    with pool.connection() as kept:
        names = kept.execute("SELECT count(*) FROM pg_prepared_statements WHERE name ~ '^read_'")
        assert names.fetchone()[0] == len(kept.prepared) <= 2


@pytest.mark.django_db(transaction=True)
def test_a_value_that_would_end_early_is_refused():
    with pytest.raises(DataError, match="NUL"):
        record.verdicts({"publisher": "a\0b"}, limit=1)


@pytest.mark.django_db(transaction=True)
def test_a_read_sees_what_was_committed_a_moment_ago(client):
    first = client.get("/api/v1/verdicts/").json()["results"]
    factories.make_published_claim()
    assert (len(first), len(client.get("/api/v1/verdicts/").json()["results"])) == (0, 1)


def test_inside_a_transaction_a_read_sees_what_it_wrote(published):
    assert connection.in_atomic_block
    assert record.head() != ""


def test_a_time_before_all_entries_finds_none(published):
    part = record.verdicts({"published_at__lt": published[0].created_at}, limit=10)
    assert (part.entries, part.has_more) == ([], False)
