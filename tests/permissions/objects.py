"""One of everything that an address can name, each in the state in which its pages apply.

Whatever is not published carries the word `HIDDEN`, and what a withheld source is the word `WITHHELD`, so that
any answer can be searched for them.
"""

from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import ApiKey, Scope, User
from accounts.roles import Role
from accounts.services import make_key
from articles.ingest.fetch_double import FakeFetcher
from articles.models import Article, Batch, Feed, Import, ImportState
from articles.services import Arrival
from audit.models import Event
from claims.kinds import Status
from claims.models import (
    CheckImport,
    Claim,
    DetectionRun,
    ExternalCheck,
    RunState,
    TrustedPublisher,
    WorthModel,
)
from claims.services import flag_claim, revise_article
from publishing.markup import PageDraft
from publishing.markup_pages import add_page
from publishing.models import Publication, SignedHead, SigningKey
from publishing.services import retract_verdict
from publishing.webhooks.models import Attempt, Endpoint
from publishing.webhooks.replaying import test_endpoint as test_delivery
from publishing.webhooks.services import EndpointDraft, disable_endpoint, make_endpoint
from reviews.models import Assignment, Rating, Scale
from reviews.services import add_comment, write_verdict
from sources.captures import request_capture, run_capture
from sources.models import Evidence, OpenQuestion, Snapshot, Source, SourceKind
from tests.factories import (
    make_article,
    make_claim,
    make_evidence,
    make_published_claim,
    make_reviewed_claim,
    make_source,
    make_user,
)

HIDDEN = "zebrawood"
WITHHELD = "quillonberg"
HIDDEN_TEXT = f"""The {HIDDEN} report stays in the drawer

The {HIDDEN} planks came by ship. They weighed 40 tons. Nobody paid duty on them.
"""


@dataclass
class Objects:
    """What the rows of the table are tried on."""

    people: dict[str, User] = field(default_factory=dict)
    keys: dict[str, ApiKey] = field(default_factory=dict)
    secrets: dict[tuple[str, str], str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    contents: dict[str, dict[str, Any]] = field(default_factory=dict)
    browser: Client = field(default_factory=Client)
    claims: dict[str, Claim] = field(default_factory=dict)
    others: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        found: Any = self.claims.get(name) or self.others.get(name)
        return found

    def browse_as(self, role: str) -> Client:
        """One browser for all, as each new one makes the whole house again: it has this role's cookies."""
        self.browser.cookies.clear()
        if role:
            self.browser.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return self.browser


def make_objects() -> Objects:
    objects = Objects()
    _people(objects)
    article = make_article(HIDDEN_TEXT, publisher=f"{HIDDEN} press")
    _claims(objects, article)
    _evidence(objects)
    _records(objects, article)
    _fates(objects)
    _webhooks(objects)
    return objects


def _webhooks(objects: Objects) -> None:
    """Of the consumer, and of somebody else: only editors see both."""
    consumer, stranger = objects.people[Role.CONSUMER], make_user(Role.CONSUMER)
    mine, disabled = _endpoint(consumer), _endpoint(consumer)
    disable_endpoint(actor=consumer, endpoint=disabled)
    disabled.refresh_from_db()
    others = _endpoint(stranger, f"{HIDDEN} site")
    delivery, theirs = (test_delivery(actor=one.owner, endpoint=one) for one in (mine, others))
    attempt = Attempt.objects.create(
        delivery=delivery, at=timezone.now(), status=500, milliseconds=1, answer="No."
    )
    objects.others |= {
        "endpoint": mine,
        "disabled_endpoint": disabled,
        "others_endpoint": others,
        "delivery": delivery,
        "others_delivery": theirs,
        "attempt": attempt,
    }


def _endpoint(owner: User, description: str = "") -> Endpoint:
    draft = EndpointDraft("https://site.example/hook", ["verdict.published"], description)
    return make_endpoint(actor=owner, draft=draft)[0]


def _fates(objects: Objects) -> None:
    """A span whose words are nearly the same in a newer version."""
    claim = make_claim(quote="Fishermen said the noise had driven the herring away.")
    text = claim.article.current.text.replace("Fishermen", "Fisherman")
    arrival = Arrival(content=text.encode())
    version = revise_article(actor=None, article=claim.article, arrival=arrival)
    objects.others["fate"] = version.span_fates.get()


def _people(objects: Objects) -> None:
    for role in Role:
        person = make_user(role)
        objects.people[role] = person
        objects.browse_as("").force_login(person)
        objects.sessions[role] = str(objects.browser.session.session_key)
        objects.keys[role], _ = make_key(actor=person, name="their own")
        for scope in Scope:
            _, objects.secrets[role, scope] = make_key(actor=person, name="a key", scope=scope)


def _claims(objects: Objects, article: Article) -> None:
    """Each status once. Whoever might review has the claim in review, so that only the role decides."""
    hidden = {"article": article, "quote": "They weighed 40 tons.", "claimant_name": HIDDEN}
    claims = objects.claims
    for status in (Status.SUGGESTED, Status.OPEN, Status.IN_REVIEW, Status.DISMISSED):
        statement = f"The {HIDDEN} planks are {status}."
        claims[status] = make_claim(status=status, statement=statement, **hidden)
    for person in objects.people.values():
        Assignment.objects.create(
            claim=claims[Status.IN_REVIEW],
            reviewer=person,
            assigned_by=person,
            due_at=timezone.now(),
        )
    claims[Status.DISPUTED] = make_reviewed_claim(
        "true", "false", statement=f"The {HIDDEN} planks are dear.", **hidden
    )
    claims[Status.DECIDED] = make_reviewed_claim(
        statement=f"The {HIDDEN} planks are cheap.", **hidden
    )
    write_verdict(
        actor=make_user(Role.EDITOR),
        claim=claims[Status.DECIDED],
        summary=f"{HIDDEN} is cheap.",
        justification=f"The {HIDDEN} bill says so.",
    )
    claims[Status.PUBLISHED] = make_published_claim(claimant_name="Ida Quell")
    claims[Status.RETRACTED] = make_published_claim()
    retract_verdict(
        actor=make_user(Role.EDITOR), claim=claims[Status.RETRACTED], reason="The audit was wrong."
    )
    flag_claim(actor=None, claim=claims[Status.OPEN], why=f"{HIDDEN} moved")
    add_comment(
        actor=make_user(), claim=claims[Status.PUBLISHED], text=f"{HIDDEN} between colleagues"
    )
    for claim in claims.values():
        claim.refresh_from_db()


def _evidence(objects: Objects) -> None:
    claim = objects.claims[Status.OPEN]
    source = make_source(title=f"{HIDDEN} bill", url="https://bills.example/1")
    missing: Evidence = make_evidence(claim, source=source, quote=f"{HIDDEN} never said")
    withheld: Source = make_source(
        title=f"{WITHHELD} {HIDDEN}",
        author=WITHHELD,
        publisher=WITHHELD,
        url=f"https://{WITHHELD}.example/{HIDDEN}",
        kind=SourceKind.WITHHELD,
        withheld_reason="They fear for their work.",
    )
    make_evidence(claim, source=withheld, quote="", copy=f"{WITHHELD} said it.")
    objects.others |= {
        "source": source,
        "evidence": missing,
        "question": OpenQuestion.objects.create(claim=claim, text=f"{HIDDEN}?"),
        "withheld": withheld,
        "snapshot": _look(source, HIDDEN),
        "withheld_snapshot": _look(withheld, f"{WITHHELD} {HIDDEN}"),
        "capture": source.captures.get(),
    }


def _look(source: Source, word: str) -> Snapshot:
    """A copy of a web page, after the one that was pasted."""
    capture = request_capture(actor=None, source=source)
    page = f"<html><body><article><p>The {word} is kept. {'It is long. ' * 50}</p></article></body></html>"
    answers: dict[str, Any] = {source.url: page.encode()}
    found = run_capture(capture_id=str(capture.pk), fetcher=FakeFetcher(answers)).snapshot
    assert found is not None
    return found


def _records(objects: Objects, article: Article) -> None:
    batch = Batch.objects.create(title=f"2 addresses of {HIDDEN}")
    failed_import = Import.objects.create(
        address=f"https://{HIDDEN}.example/1",
        state=ImportState.FAILED,
        error=f"{HIDDEN} is gone",
        batch=batch,
    )
    waiting_import = Import.objects.create(address=f"https://{HIDDEN}.example/2", batch=batch)
    run = DetectionRun.objects.create(
        version=article.current, engine="rules-lite", engine_version="0", state=RunState.FAILED
    )
    stranger = make_user(name="Somebody Else")
    published = objects.claims[Status.PUBLISHED]
    scale = Scale.objects.create(slug="plain", name="Plain")
    Rating.objects.create(
        scale=scale,
        slug="so",
        label="So",
        definition="It is so.",
        normalised="supported",
        colour="#112233",
    )
    objects.others |= {
        "article": article,
        "failed_import": failed_import,
        "waiting_import": waiting_import,
        "batch": batch,
        "feed": Feed.objects.create(address=f"https://{HIDDEN}.example/feed"),
        "version": article.current,
        "run": run,
        "worth_model": WorthModel.objects.create(name="desk-1", document={}, before={}, after={}),
        "claimant": objects.claims[Status.OPEN].claimant,
        "check": ExternalCheck.objects.create(
            url="https://checks.example/1", publisher=HIDDEN, claim_reviewed=HIDDEN, rating="False"
        ),
        "check_import": CheckImport.objects.create(
            address=f"https://{HIDDEN}.example/checks", state=ImportState.DONE
        ),
        "failed_check_import": CheckImport.objects.create(
            address=f"https://{HIDDEN}.example/gone", state=ImportState.FAILED, error="It is gone."
        ),
        "publisher": TrustedPublisher.objects.create(host="checks.example", name=HIDDEN),
        "verdict": objects.claims[Status.DECIDED].verdicts.get(),
        "markup_page": add_page(
            actor=make_user(Role.EDITOR),
            draft=PageDraft(
                url="https://desk.example/flour",
                markups=[
                    {"claimReviewed": "Flour was cheap.", "rating": {"textualRating": "True"}}
                ],
            ),
        ),
        "publication": Publication.objects.get(claim=published),
        "head": SignedHead.objects.get(publication__claim=published),
        "signing_key": SigningKey.objects.get(),
        "read_article": published.article,
        "read_claimant": published.claimant,
        "cited_source": published.evidence.first().source,
        "event": Event.objects.latest("at"),
        "scale": scale,
        "stranger": stranger,
        "email": EmailAddress.objects.create(user=stranger, email=stranger.email),
        "authenticator": Authenticator.objects.create(user=stranger, type="totp", data={}),
    }
