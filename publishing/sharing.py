"""Links with which readers pass a verdict on: plain addresses, so that nobody is told who read the page."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from publishing.reading import Reading

LONGEST = 200


@dataclass(frozen=True, slots=True)
class ShareLink:
    label: str
    address: str


def share_links(reading: Reading) -> list[ShareLink]:
    url, words = str(reading.document["url"]), headline(reading)
    return [
        ShareLink(
            "Email", f"mailto:?{urlencode({'subject': words, 'body': url}, quote_via=quote)}"
        ),
        ShareLink(
            "Bluesky", f"https://bsky.app/intent/compose?{urlencode({'text': f'{words} {url}'})}"
        ),
        ShareLink(
            "Facebook", f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': url})}"
        ),
        ShareLink(
            "LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?{urlencode({'url': url})}"
        ),
        ShareLink("WhatsApp", f"https://wa.me/?{urlencode({'text': f'{words} {url}'})}"),
        ShareLink("X", f"https://x.com/intent/post?{urlencode({'text': words, 'url': url})}"),
    ]


def headline(reading: Reading) -> str:
    """The verdict before the claim, so that the claim is never passed on without it."""
    statement = reading.statement
    if len(statement) > LONGEST:
        statement = statement[:LONGEST].rpartition(" ")[0] + "…"
    return f"{standing(reading)}: {statement}"


def standing(reading: Reading) -> str:
    """What readers are told of a claim today, in a word or two."""
    if reading.is_retracted:
        return "Retracted"
    return "Under re-review" if reading.is_reopened else str(reading.verdict["label"])
