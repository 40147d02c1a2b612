"""What goes with a desk that moves, and what stays behind and why. All of it is on this page.

Every table and every column of the desk is named here, because one that nobody thought of must be neither lost nor
given away: `declared.find_gaps` compares this page with the models, and without agreement there is no export.

- `Table` goes with the desk. `columns` are written, by the names of the model's fields. `instead` are columns that
  stay behind, each with what an import puts there. What the database computes is computed anew and is not named.
- `LEFT_OUT` are tables that stay behind, with the reason.

Secrets never go: not as they are, not hashed, not encrypted. An archive is carried about and kept for years.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import models

SCALES = "reviews/fixtures/scales.json"
no_password = partial(make_password, None)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that goes with the desk. `shipped` is the fixture of its first rows, which the archive's rows replace."""

    name: str
    columns: str
    instead: Mapping[str, Callable[[], Any]] = field(default_factory=dict)
    shipped: str = ""

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.name)

    @property
    def member(self) -> str:
        """Its name in the archive."""
        return f"rows/{self.name}.ndjson"


#: In the order in which they are written. A row stands after those that it points at, but for `Article.current`.
TABLES = (
    Table(
        "accounts.User",
        "last_login id email name role is_active joined_at",
        instead={"password": no_password},  # nobody signs in before they chose a new one
    ),
    Table("account.EmailAddress", "id user email verified primary"),
    Table(
        "articles.Article",
        "id url title publisher byline published_at language current added_by created_at changed_at",
    ),
    Table(
        "articles.Version",
        "id article number text sha256 blocks origin original media_type fetched_at added_by",
    ),
    Table("articles.Batch", "id title repeated requested_by created_at"),
    Table(
        "articles.Feed",
        "id address kind title every_minutes takes_all is_active checked_at due_at failures error added_by created_at",
    ),
    Table(
        "articles.Import",
        "id address file_name content line state error article batch feed requested_by created_at finished_at",
    ),
    Table("articles.FeedEntry", "id feed address seen_at"),
    Table("claims.Claimant", "id name role kind same_as"),
    Table(
        "claims.Claim",
        "id article statement kind mode claimant claimed_at language worth reasons engine engine_version added_by"
        " attribution status review_round lock_version flag created_at changed_at tags",
    ),
    Table(
        "claims.ExternalCheck",
        "id claim url site title publisher claim_reviewed claimant rating normalised justification reviewed_at"
        " claim_url claim_archived_url details residue history record_sha256 identity content_sha256 created_at"
        " changed_at",
    ),
    Table("claims.TrustedPublisher", "id host name is_active added_by created_at"),
    Table(
        "claims.CheckImport",
        "id address file_name content state error report requested_by created_at finished_at",
    ),
    Table(
        "claims.DetectionRun",
        "id version engine engine_version state found refused left_out trace error created_at finished_at",
    ),
    Table("claims.Finding", "id run claim statement"),
    Table("claims.WorthModel", "id name document before after is_in_use created_by created_at"),
    Table("claims.Span", "id claim version start end quote prefix suffix resolution score"),
    Table(
        "claims.SpanFate",
        "id span version resolution score has_moved candidates placed decision decided_by decided_at",
    ),
    Table(
        "sources.Source",
        "id url title publisher author published_at kind language doi isbn reference state moved_to checked_at"
        " check_due_at misses withheld_reason added_by created_at",
    ),
    Table(
        "sources.Snapshot",
        "id source fetched_at status media_type sha256 content size origin address file_name headers text main_length"
        " trouble warc added_by",
    ),
    Table(
        "sources.Capture",
        "id source state is_recheck status error snapshot is_new outside_address outside_error requested_by created_at"
        " finished_at",
    ),
    Table(
        "sources.Evidence",
        "id claim source snapshot question answer answer_type explanation medium archived_url position stance quote"
        " quote_start quote_end quote_check newest_check override_reason overridden_by note added_by created_at"
        " withdrawn_at residue",
    ),
    Table(
        "sources.OpenQuestion",
        "id claim text remark is_unanswerable position residue asked_by created_at closed_at",
    ),
    Table("reviews.Scale", "id slug name version is_house", shipped=SCALES),
    Table(
        "reviews.Rating",
        "id scale slug label definition value normalised colour position",
        shipped=SCALES,
    ),
    Table(
        "reviews.Assignment", "id claim reviewer round assigned_by assigned_at due_at released_at"
    ),
    Table(
        "reviews.Review",
        "id claim reviewer round rating rationale confidence conflict_of_interest submitted_at",
    ),
    Table("reviews.Review_evidence", "id review evidence"),
    Table(
        "reviews.Verdict",
        "id claim rating summary justification decided_by approved_by revision correction_note created_at",
    ),
    Table("reviews.Comment", "id claim author text created_at"),
    Table("reviews.Comment_mentions", "id comment user"),
    Table(
        "publishing.Publication",
        "seq claim verdict kind document sha256 previous_sha256 note gate nonce published_by published_at",
    ),
    Table(
        "publishing.SigningKey",  # the public half: the private one is in no database
        "id fingerprint public_key predecessor statement signature predecessor_signature created_at",
    ),
    Table("publishing.SignedHead", "number publication key document signature signed_at"),
    Table(
        "publishing.CurrentVerdict",
        "claim publication state article statement claimant kind language rating normalised seq first_published_at"
        " published_at tags article_url publisher claimed_on claimant_key sources",
    ),
    Table(
        "publishing.MarkupPage",
        "id url site published_on author author_image markups version created_by created_at changed_by changed_at"
        " removed_at",
    ),
    Table(
        "publishing.Markup",
        "id page position added_at site statement claimant language published_on claimed_on addresses content",
    ),
    Table("audit.Event", "id at actor verb subject_type subject_id before after reason"),
)

LEFT_OUT = {
    "accounts.ApiKey": "The way in of a program. Keys are made anew for the new desk; who had one is in the history.",
    "publishing.Secret": "What messages are signed with.",
    "publishing.Endpoint": "Who is told by the old desk. Two desks must not tell the same; consumers make theirs anew.",
    "publishing.Delivery": "What was sent to them. What was published is in the record.",
    "publishing.Attempt": "What became of it.",
    "accounts.RateWindow": "How much each asked in the last minute.",
    "audit.Answer": "What a repeated request is answered, for a day.",
    "account.EmailConfirmation": "Tokens that were sent by e-mail.",
    "mfa.Authenticator": "Secrets of the second factor. People set it up again.",
    "sessions.Session": "Who is signed in at the moment.",
    "admin.LogEntry": "The admin's own notes. The history of the desk (`audit.Event`) says the same and more.",
    "auth.Group": "Not used: roles say who may do what.",
    "auth.Group_permissions": "Not used: roles say who may do what.",
    "auth.Permission": "Made by the migrations of the new desk. Nothing that goes with a desk points at it.",
    "contenttypes.ContentType": "Made by the migrations of the new desk. Nothing that goes with a desk points at it.",
    "procrastinate.ProcrastinateWorker": "Workers of the old desk.",
    "procrastinate.ProcrastinateJob": "Work that waits. `waiting.queue_what_waits` asks for it anew, from the rows.",
    "procrastinate.ProcrastinateEvent": "What happened to jobs.",
    "procrastinate.ProcrastinatePeriodicDefer": "When work by the clock was last asked for.",
}
