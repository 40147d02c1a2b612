"""The short form of each kind of source: what to ask, and in which words."""

from dataclasses import dataclass

from sources.models import SourceKind


@dataclass(frozen=True, slots=True)
class Ask:
    """A field of the form for evidence, as the kind has it. `refusal` is said where it is needed and empty."""

    name: str
    label: str
    help: str = ""
    refusal: str = ""


URL = Ask("url", "Address")
UNNAMED = "Name the source."
#: Where nobody said what it is yet.
ANY = (
    Ask("kind", "Kind"),
    Ask("title", "Title"),
    URL,
    Ask("publisher", "Publisher"),
    Ask("author", "Author"),
    Ask("published_at", "Published on"),
    Ask("withheld_reason", "Why it is withheld", "For a withheld source: what readers are told."),
)
SHORT_FORMS = {
    SourceKind.INTERVIEW: (
        Ask("author", "Who was interviewed", refusal="Say who was interviewed."),
        Ask("published_at", "When"),
        Ask("reference", "How it was held", "In person, by telephone, in writing; and who was there."),
        Ask("title", "Title", "Left empty, it is “Interview with” and the name."),
    ),
    SourceKind.DATASET: (
        Ask("title", "Title", refusal=UNNAMED),
        Ask("reference", "Edition or table", "Figures are revised: say which release."),
        Ask("publisher", "Who keeps it"),
        Ask("published_at", "Published on"),
        URL,
    ),
    SourceKind.LAW: (
        Ask("title", "Name of the law", refusal=UNNAMED),
        Ask("reference", "Number and section", "For example: No. 98 of 2017, section 4 (2)."),
        Ask("publisher", "Who made it"),
        Ask("published_at", "Published on"),
        URL,
    ),
    SourceKind.STUDY: (
        Ask("title", "Title", refusal=UNNAMED),
        Ask("author", "Authors"),
        Ask("publisher", "Journal or publisher"),
        Ask("reference", "Volume and pages, or number of the report"),
        Ask("published_at", "Published on"),
        URL,
    ),
    SourceKind.OFFICIAL_RECORD: (
        Ask("title", "Title", refusal=UNNAMED),
        Ask("publisher", "Authority"),
        Ask("reference", "File number or page"),
        Ask("published_at", "Dated"),
        URL,
    ),
    SourceKind.TRANSCRIPT: (
        Ask("title", "Title", refusal=UNNAMED),
        Ask("author", "Who speaks"),
        Ask("publisher", "Where it was held or broadcast"),
        Ask("reference", "Session, page or minute"),
        Ask("published_at", "Held on"),
        URL,
    ),
    SourceKind.NEWS_REPORT: (
        Ask("title", "Headline", refusal=UNNAMED),
        Ask("publisher", "Publisher"),
        Ask("author", "Author"),
        Ask("reference", "Edition and page, or programme"),
        Ask("published_at", "Published on"),
        URL,
    ),
    SourceKind.SOCIAL_POST: (
        Ask("author", "Account"),
        Ask("title", "Its first words", refusal=UNNAMED),
        Ask("publisher", "Network"),
        Ask("published_at", "Posted on"),
        URL,
    ),
    SourceKind.MEDIA: (
        Ask("title", "What it shows", refusal=UNNAMED),
        Ask("author", "Who made it"),
        Ask("publisher", "Publisher"),
        Ask("reference", "Minute and second, or number of the picture"),
        Ask("published_at", "Taken on"),
        URL,
    ),
    SourceKind.WITHHELD: (
        Ask(
            "withheld_reason",
            "What readers are told",
            "Why the source is withheld. Readers see this.",
            "Tell readers why this source is withheld.",
        ),
        Ask("title", "What it is", "From here on, only editors see what you write, once it is saved.", UNNAMED),
        Ask("author", "Who it is from"),
        Ask("publisher", "Publisher"),
        Ask("reference", "Number, page, or how it was held"),
        Ask("published_at", "Dated"),
        URL,
    ),
}  # fmt: skip


def short_form(kind: str) -> tuple[Ask, ...]:
    return SHORT_FORMS[SourceKind(kind)] if kind in SourceKind.values else ANY
