"""A desk in which every table that goes with a desk has a row, and rows are as odd as they may be."""

from datetime import UTC, date, datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts.models import ApiKey, User
from articles.models import Batch, Feed, FeedEntry, Import, ImportState
from articles.services import Arrival
from claims.models import (
    CheckImport,
    Claim,
    DetectionRun,
    ExternalCheck,
    RunState,
    SpanFate,
    TrustedPublisher,
    WorthModel,
)
from claims.services import revise_article
from publishing.demo import loader
from publishing.models import CurrentVerdict, Markup, MarkupPage
from reviews.models import Comment, Review, Scale
from sources.captures import request_capture, upload_copy
from sources.models import Capture, CaptureState, Evidence, OpenQuestion, Snapshot, Source

ODD = 'Ünïcode “quotes” \\ \t tab\r\nnew line \u2028 \U0001f3ce \\N \\. ,"'
ALL_BYTES = bytes(range(256)) * 3
SECRET = "the-secret-that-stays"


def fill():
    """The demo, and what its story has not."""
    article = loader.load()
    article.refresh_from_db()
    editor = User.objects.get(email="editor@example.org")
    _arrivals(editor, article)
    _claims(editor, article)
    _sources(editor)
    _people(editor)
    _markup(editor)
    _second_version(editor, article)
    comment = Comment.objects.first() or Comment.objects.create(
        claim=Claim.objects.first(), author=editor, text=ODD
    )
    comment.mentions.add(editor)
    review = Review.objects.first()
    review.evidence.add(Evidence.objects.first())
    Scale.objects.create(slug="own", name=f"Our own {ODD}"[:100])


def _arrivals(editor, article):
    batch = Batch.objects.create(title=ODD, requested_by=editor)
    feed = Feed.objects.create(
        address="https://feed.example/rss", added_by=editor, failures=2, error=ODD
    )
    FeedEntry.objects.create(feed=feed, address="https://feed.example/1")
    waiting = {"batch": batch, "requested_by": editor}
    Import.objects.create(address="https://new.example/waits", feed=feed, **waiting)
    Import.objects.create(file_name="odd.bin", content=ALL_BYTES, line=1, **waiting)
    Import.objects.create(file_name="empty.txt", content=b"", line=2, **waiting)
    Import.objects.create(
        address="https://new.example/failed",
        state=ImportState.FAILED,
        error=ODD,
        finished_at=timezone.now(),
    )
    Import.objects.create(
        address=article.url, state=ImportState.DONE, article=article,
        finished_at=datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    )  # fmt: skip


def _claims(editor, article):
    claim = Claim.objects.filter(article=article).first()
    big = {"big": 2**80, "small": 0.1, "text": ODD, "none": None, "list": [1, 1.0, True]}
    ExternalCheck.objects.create(
        claim=claim, publisher=ODD, claim_reviewed=ODD, rating="-1", reviewed_at=date(2020, 2, 29),
        details=big, residue={"kept": '{"a": 1e400}'},
    )  # fmt: skip
    TrustedPublisher.objects.create(host="checks.example", name=ODD, added_by=editor)
    CheckImport.objects.create(
        file_name="waits.json", content=b"[]\x00", report={"odd": [ODD]}, requested_by=editor
    )
    WorthModel.objects.create(name="desk-1", document=big, before={}, after={}, created_by=editor)
    DetectionRun.objects.create(
        version=article.current,
        engine="slow",
        engine_version="1",
        state=RunState.RUNNING,
        trace=[big],
    )
    Claim.objects.filter(pk=claim.pk).update(
        worth=0.1 + 0.2,
        reasons=[big],
        claimed_at=date(1, 1, 1),
        tags=[ODD[:50], "", "NULL", '{"a",}'],
    )


def _sources(editor):
    source = Source.objects.create(title=ODD, kind="study", url="https://study.example/x", misses=3)
    upload_copy(
        actor=editor,
        source=source,
        content=b"The file\r\nthat was uploaded.",
        file_name="study.txt",
    )
    request_capture(actor=editor, source=source)
    snapshot = source.snapshots.get()
    Capture.objects.create(
        source=source,
        state=CaptureState.DONE,
        snapshot=snapshot,
        finished_at=timezone.now() + timedelta(microseconds=1),
    )
    OpenQuestion.objects.create(claim=Claim.objects.first(), text=ODD, asked_by=editor)


def _markup(editor):
    page = MarkupPage.objects.create(
        url="https://desk.example/1", site="desk.example", created_by=editor, changed_by=editor
    )
    Markup.objects.create(
        page=page, position=0, added_at=page.created_at, site=page.site, statement=ODD, content="{}",
        language="en", published_on=date(2025, 1, 1), addresses=["https://a.example/,", ODD],
    )  # fmt: skip


def _people(editor):
    EmailAddress.objects.create(user=editor, email=editor.email, verified=True, primary=True)
    Authenticator.objects.create(user=editor, type="totp", data={"secret": SECRET})
    ApiKey.objects.create(user=editor, name="site", prefix="abc", sha256=SECRET)
    User.objects.create_user("gone@example.org", SECRET, name="", is_active=False)


def _second_version(editor, article):
    text = article.current.text.replace("The", "the", 1) + "\n\nA paragraph that was added.\n"
    revise_article(actor=editor, article=article, arrival=Arrival(content=text.encode()))
    assert SpanFate.objects.exists()
    assert Snapshot.objects.exists()
    assert CurrentVerdict.objects.exists()
