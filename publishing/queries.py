"""What readers' pages ask of the public record. Each answer is a query or two, however long the record is."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import QueryDict

from articles.models import Version
from claims.models import Claim, Span
from claims.services import clean_tags
from publishing.models import CurrentVerdict, Publication, PublicationKind
from publishing.reading import Reading, read
from reviews.models import Normalised, Rating, Review

IN_FORCE = Q(state__in=[PublicationKind.PUBLICATION, PublicationKind.CORRECTION])
CHANGES = (PublicationKind.CORRECTION, PublicationKind.RETRACTION, PublicationKind.REOPENING)
#: A list of choices is for choosing from: beyond this the most frequent are offered.
CHOICES = 50
#: Other claims of an article, where one of them is shown.
OTHERS = 5
#: How many of the newest verdicts the choices are taken from.
WINDOW = 1000


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader narrows the list of verdicts to, as the address has it."""

    q: str = ""
    rating: str = ""
    normalised: str = ""
    claimant: str = ""
    publisher: str = ""
    tag: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Filters":
        names = cls.__dataclass_fields__
        given = {name: query.get(name, "").replace("\x00", "").strip() for name in names}
        given["tag"] = "".join(clean_tags([given["tag"]]))  # spelt as it is kept
        return cls(**given)

    def apply(self, verdicts: Any) -> Any:
        exact = {
            "rating": self.rating,
            "normalised": self.normalised,
            "claimant": self.claimant,
            "publisher": self.publisher,
            "tags__contains": [self.tag] if self.tag else [],
        }
        return verdicts.search(self.q).filter(**{k: v for k, v in exact.items() if v})

    def __bool__(self) -> bool:
        return any(asdict(self).values())


def filter_choices(filters: Filters) -> dict[str, list[tuple[str, str]]]:
    """Values and labels for each list of the filter form. What is chosen is always among them."""
    used = Exists(CurrentVerdict.objects.filter(rating=OuterRef("slug")).order_by())
    ratings = Rating.objects.filter(used).order_by("-scale__is_house", "position")
    labels = {slug: label for slug, label in reversed(ratings.values_list("slug", "label"))}
    return {
        "rating": [*reversed(labels.items())],
        "normalised": list(Normalised.choices),
        "claimant": _most_frequent("claimant", filters.claimant),
        "publisher": _most_frequent("publisher", filters.publisher),
    }


def _most_frequent(column: str, chosen: str) -> list[tuple[str, str]]:
    """Names among the newest verdicts: those of the whole record would cost a look at all of it."""
    newest = CurrentVerdict.objects.order_by("-seq").values_list(column, flat=True)[:WINDOW]
    counts = Counter(filter(None, newest))
    names = {name for name, _ in counts.most_common(CHOICES)} | ({chosen} if chosen else set())
    return [(name, name) for name in sorted(names, key=str.casefold)]


def verdicts() -> Any:
    """The newest entry of every claim that was ever published, with its document."""
    return CurrentVerdict.objects.select_related("publication")


def changes() -> QuerySet[Publication]:
    """The entries that changed what readers had been told."""
    return Publication.objects.filter(kind__in=CHANGES)


def of_claimant(pk: UUID) -> Any:
    return verdicts().filter(claimant_key=pk).exclude(state=PublicationKind.REOPENING)


def history(claim_pk: UUID) -> list[Publication]:
    """Every entry about a claim, newest first."""
    return list(Publication.objects.filter(claim_id=claim_pk).order_by("-seq"))


def pair_of(reading: Reading) -> list[Reading]:
    """The other questions about the same words: was it said, is it true. Only what is published."""
    others = Claim.objects.filter(attribution=UUID(reading.id)).values_list("pk", flat=True)
    said = reading.claim["attribution"]
    keys = {*others, *([UUID(said["id"])] if said else [])}
    rows = verdicts().filter(pk__in=keys).order_by("seq") if keys else []
    return [read(row.publication.document) for row in rows]


def others_of_article(reading: Reading) -> list[Reading]:
    """A few more verdicts on the article that this claim is of."""
    rows = verdicts().filter(article_id=reading.article["id"]).exclude(pk=reading.id)
    return [read(row.publication.document) for row in rows.order_by("-seq")[:OTHERS]]


def count_reviewers(record: Publication) -> int:
    """How many people had judged the claim when its verdict was written."""
    reviews = Review.objects.filter(claim=record.claim_id)
    before = reviews.filter(submitted_at__lte=record.verdict.created_at)
    return before.values("reviewer").distinct().count()


def no_longer_there(readings: list[Reading]) -> frozenset[str]:
    """Claims checked against an earlier version of their article, which no longer has their words as they were."""
    articles = {reading.article["id"] for reading in readings}
    current = Version.objects.filter(current_of__in=articles).values_list("article_id", "number")
    numbers = {str(pk): number for pk, number in current}
    behind = [r for r in readings if (r.version or 0) < numbers.get(r.article["id"], 0)]
    words = _words_now([UUID(reading.id) for reading in behind])
    return frozenset(r.id for r in behind if sorted(words[r.id]) != sorted(_quotes(r)))


def _quotes(reading: Reading) -> list[str]:
    return [span["quote"] for span in reading.spans]


def _words_now(claims: list[UUID]) -> dict[str, list[str]]:
    """The words that claims have in the articles they are of, as these stand today."""
    found: dict[str, list[str]] = defaultdict(list)
    if claims:
        spans = Span.objects.filter(claim__in=claims, version__current_of=F("claim__article"))
        for pk, quote in spans.values_list("claim_id", "quote"):
            found[str(pk)].append(quote)
    return found


def checked_version(article_pk: UUID, readings: Iterable[Reading]) -> Version | None:
    """The newest version in which published claims have their words."""
    number = max((reading.version or 0 for reading in readings), default=0)
    versions = Version.objects.light().select_related("article__current")
    return versions.filter(article_id=article_pk, number=number).first()
