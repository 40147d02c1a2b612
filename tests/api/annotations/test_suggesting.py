"""An annotation that a client sends is a claim on the words it selects."""

import pytest
from django.conf import settings

from accounts.roles import Role
from audit.models import Event
from claims.models import Claim
from tests.factories import TEXT, make_article, make_published_claim

pytestmark = pytest.mark.django_db
DESK = "/annotations/"
WORDS = "It cost 40 million crowns."
LD = "application/ld+json"


@pytest.fixture
def article(db):
    return make_article(url="https://paper.example/1")


def source_of(article):
    return f"{settings.ASSAY_BASE_URL}/api/v1/articles/{article.pk}/versions/1/"


def quote(exact=WORDS, **around):
    return {"type": "TextQuoteSelector", "exact": exact, **around}


def position(start, end):
    return {"type": "TextPositionSelector", "start": start, "end": end}


def annotation(article, *selectors, **changed):
    target = {"source": source_of(article), "selector": list(selectors) or quote()}
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "motivation": "identifying",
        "target": target,
        **changed,
    }


@pytest.fixture
def send(client, key):
    def send(content, *, address=DESK, role=Role.CONTRIBUTOR, scope="write", type_=LD, **headers):
        headers |= key(role, scope)
        return client.post(address, content, content_type=type_, headers=headers)

    return send


def refusal(response):
    assert response.status_code == 400, response.content
    return response.json()["errors"]


def test_it_becomes_a_claim_on_these_words(send, article):
    body = {"type": "TextualBody", "value": "The works cost 40 million crowns."}
    response = send(annotation(article, body=body))
    claim = Claim.objects.get()
    span = claim.spans.get()
    assert response.status_code == 201
    assert (claim.statement, claim.status) == ("The works cost 40 million crowns.", "open")
    assert (span.quote, span.version.text[span.start : span.end]) == (WORDS, WORDS)


def test_the_answer_is_the_annotation_at_its_own_address(send, article, client, key):
    response = send(annotation(article, id="https://mine.example/7"))
    made = response.json()
    assert made["id"] == response["Location"] != "https://mine.example/7"
    assert made.pop("via") == "https://mine.example/7"
    found = client.get(
        response["Location"].removeprefix(settings.ASSAY_BASE_URL), headers=key(Role.EDITOR)
    )
    assert found.json() == made


def test_the_history_says_who_did_it(send, article):
    send(annotation(article))
    assert Event.objects.filter(verb="claim.added").get().actor.role == Role.CONTRIBUTOR


def test_without_a_body_the_words_are_the_statement(send, article):
    send(annotation(article))
    assert Claim.objects.get().statement == WORDS


@pytest.mark.parametrize(
    "motivation", ["identifying", "highlighting", "questioning", ["highlighting"]]
)
def test_motivations_that_suggest_a_claim(send, article, motivation):
    assert send(annotation(article, motivation=motivation)).status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        {"type": "TextualBody", "value": "It cost a lot."},
        [{"type": "TextualBody", "value": "It cost a lot.", "purpose": "describing"}],
        [
            {"type": "TextualBody", "value": "money", "purpose": "tagging"},
            {"type": "TextualBody", "value": "It cost a lot."},
        ],
    ],
)
def test_the_statement_is_the_first_text_that_says_what_is_claimed(send, article, body):
    send(annotation(article, body=body))
    assert Claim.objects.get().statement == "It cost a lot."


@pytest.mark.parametrize(
    "source",
    [
        lambda article: {"id": source_of(article)},
        lambda article: f"{settings.ASSAY_BASE_URL}/articles/{article.pk}/",
        lambda article: f"{settings.ASSAY_BASE_URL}/desk/articles/{article.pk}/",
        lambda article: "https://paper.example/1#top",
    ],
)
def test_an_article_is_known_by_each_of_its_addresses(send, article, source):
    target = {"source": source(article), "selector": quote()}
    assert send(annotation(article, target=target)).status_code == 201


def test_words_are_found_whatever_the_white_space(send, article):
    send(annotation(article, quote("It  cost\n40 million\tcrowns.")))
    assert Claim.objects.get().spans.get().quote == WORDS


class TestWordsThatStandThereTwice:
    @pytest.fixture
    def article(self, db):
        return make_article("News\n\nIt rained. He left. It rained. She stayed.\n")

    def test_are_refused(self, send, article):
        errors = refusal(send(annotation(article, quote("It rained."))))
        assert "more than once" in errors["target.selector.exact"][0]

    @pytest.mark.parametrize("around", [{"prefix": "left. "}, {"suffix": " She"}])
    def test_are_told_apart_by_what_stands_around_them(self, send, article, around):
        send(annotation(article, quote("It rained.", **around)))
        assert Claim.objects.get().spans.get().start > 20

    def test_are_told_apart_by_their_position(self, send, article):
        start = article.current.text.rindex("It rained.")
        send(annotation(article, quote("It rained."), position(start, start + 10)))
        assert Claim.objects.get().spans.get().start == start


def test_a_position_alone_is_enough(send, article):
    start = article.current.text.index(WORDS)
    send(annotation(article, position(start, start + len(WORDS))))
    assert Claim.objects.get().spans.get().quote == WORDS


def test_several_targets_are_one_claim_in_pieces(send, article):
    pieces = ["It cost", "40 million crowns"]
    targets = [{"source": source_of(article), "selector": quote(piece)} for piece in pieces]
    send(annotation(article, target=targets))
    assert [span.quote for span in Claim.objects.get().spans.all()] == pieces


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"type": "Note"}, "type"),
        ({"type": None}, "type"),
        ({"motivation": "assessing"}, "motivation"),
        ({"motivation": ["identifying", "highlighting"]}, "motivation"),
        ({"motivation": 7}, "motivation"),
        ({"target": None}, "target"),
        ({"target": "https://paper.example/1"}, "target"),
        ({"target": [{}] * 21}, "target"),
        ({"target": {"source": None}}, "target.source"),
        ({"target": {"source": "https://nowhere.example/"}}, "target.source"),
        ({"target": {"source": "https://[bad"}}, "target.source"),
        ({"target": {"source": f"{settings.ASSAY_BASE_URL}/corrections/"}}, "target.source"),
        ({"body": {"value": 7}}, "body.value"),
        ({"body": {"value": "\ud800"}}, "body.value"),
        ({"body": {"value": "x" * 6000}}, "body.value"),
        ({"bodyValue": ["x"]}, "bodyValue"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(send, article, changed, name):
    assert name in refusal(send(annotation(article, **changed), type_="application/json"))
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    "selector",
    [
        None,
        "x",
        {"type": "XPathSelector", "value": "/p"},
        {"type": [["TextQuoteSelector"], {}], "exact": WORDS},
        quote(""),
        quote("\x00"),
        quote("These words are not there."),
        quote(None),
        quote(prefix=7),
        quote(prefix="They said that "),
        position(0, 10**9),
        position(5, 5),
        position(-1, 5),
        position(True, 5),
        position("0", "5"),
        position(0.0, 5.0),
    ],
)
def test_a_selector_that_selects_nothing_is_refused(send, article, selector):
    target = {"source": source_of(article), "selector": selector}
    errors = refusal(send(annotation(article, target=target)))
    assert any(name.startswith("target.selector") for name in errors)


@pytest.mark.parametrize("content", ["", "[]", "7", '"x"', "{", "[" * 100_000, '{"type": NaN}'])
def test_what_is_no_annotation_is_refused(send, article, content):
    assert send(content).status_code == 400


def test_words_of_two_articles_are_no_claim(send, article):
    other = make_article(TEXT + "More.\n")
    targets = [{"source": source_of(one), "selector": quote()} for one in (article, other)]
    assert "target" in refusal(send(annotation(article, target=targets)))


def test_overlapping_runs_are_refused(send, article):
    targets = [
        {"source": source_of(article), "selector": quote(words)}
        for words in ("It cost 40", "40 million crowns")
    ]
    assert "target" in refusal(send(annotation(article, target=targets)))


def test_the_container_of_an_article_takes_no_words_of_another(send, article):
    published = make_published_claim()
    address = f"{DESK}articles/{published.article_id}/"
    assert "target.source" in refusal(send(annotation(article), address=address))


def test_the_container_of_an_article_takes_its_words_before_anything_is_published(send, article):
    assert send(annotation(article), address=f"{DESK}articles/{article.pk}/").status_code == 201


def test_sent_twice_with_one_key_it_is_one_claim(client, key, article):
    headers = {**key(Role.EDITOR, "write"), "Idempotency-Key": "a"}
    for _ in range(2):
        response = client.post(DESK, annotation(article), content_type=LD, headers=headers)
        assert response.status_code == 201
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "scope", "status"), [(Role.CONSUMER, "write", 403), (Role.EDITOR, "read", 403)]
)
def test_others_may_not(send, article, role, scope, status):
    assert send(annotation(article), role=role, scope=scope).status_code == status


def test_nobody_in_particular_may_not(client, article):
    response = client.post(DESK, annotation(article), content_type="application/json")
    assert response.status_code == 401


def test_another_type_is_refused(send, article):
    assert send("<a> <b> <c> .", type_="text/turtle").status_code == 415
