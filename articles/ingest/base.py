"""What every reader of articles gives back, and how it refuses."""

from dataclasses import dataclass

from articles.document import Document


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article as it was read: the frozen text with its blocks, and what the text says of itself."""

    document: Document
    media_type: str
    title: str = ""
    byline: str = ""


class UnreadableText(ValueError):
    """What came in cannot be read as an article. The message says why and what to do."""
