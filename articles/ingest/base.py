"""What every reader of articles takes and gives back, and how it refuses."""

from dataclasses import dataclass
from datetime import datetime

from articles.document import Document


@dataclass(frozen=True, slots=True)
class Hints:
    """What came along with the bytes: where they were fetched, and the charset that the server named."""

    address: str = ""
    charset: str = ""


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article as it was read: the frozen text with its blocks, and what it says of itself.

    Everything that was not found is empty. `address` is the canonical one, as the article names it.
    """

    document: Document
    media_type: str
    title: str = ""
    byline: str = ""
    publisher: str = ""
    published_at: datetime | None = None
    language: str = ""
    address: str = ""


class UnreadableText(ValueError):
    """What came in cannot be read as an article. The message says why and what to do."""


class Wall(UnreadableText):
    """A page that shows a door in place of its words: a sign-in, or a question about cookies."""
