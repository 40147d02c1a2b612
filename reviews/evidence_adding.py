"""What the two pages show on which evidence is added: sources to choose from, and the one that was chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models.functions import Left

from accounts.models import User
from claims.models import Claim
from reviews.evidence_forms import EvidenceForm
from reviews.source_page import MOST_SHOWN, latest_look
from sources.models import Capture, Snapshot, Source, SourceKind
from sources.naming import find_named

MOST_FOUND = 8


@dataclass(frozen=True, slots=True)
class Chosen:
    """A source as the form for evidence shows it. Of a withheld one others see that it is there."""

    source: Source
    is_shown: bool
    look: Capture | None = None
    copy: Snapshot | None = None
    text: str = ""

    @property
    def is_waiting(self) -> bool:
        return bool(self.look and self.look.is_waiting)

    @property
    def is_cut(self) -> bool:
        return len(self.text) == MOST_SHOWN

    @property
    def may_try_again(self) -> bool:
        return bool(self.source.url) and not self.is_waiting and self.copy is None


def chosen_source(user: User, form: EvidenceForm) -> Chosen | None:
    """The source of a form, finished or not, with the words of its newest copy."""
    try:
        source = form.fields["source"].clean(form["source"].value())
    except ValidationError:
        return None
    if source is None or not source.is_shown_to(user):
        return Chosen(source, is_shown=False) if source else None
    shown = Left("text", MOST_SHOWN)
    copy = source.snapshots.annotate(shown=shown).defer("text", "headers").first()
    text = getattr(copy, "shown", "")
    return Chosen(source, True, latest_look(source), copy, text)


def find_sources(user: User, claim: Claim, words: str) -> Iterable[Source]:
    """What these words may mean, what an address names first; of no words, what the article's claims lean on."""
    rows = Source.objects.visible_to(user).counted()
    if not words.strip():
        leaned_on = claim.article.claims.values("evidence__source")
        rows = rows.filter(pk__in=leaned_on).exclude(kind=SourceKind.WITHHELD)
        return rows[:MOST_FOUND]
    if named := find_named(words, user):
        return rows.filter(pk=named.pk)
    return rows.search(words)[:MOST_FOUND]
