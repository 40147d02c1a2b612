"""What somebody pasted to name a source: an address, a DOI or an ISBN. Pure.

A DOI is its own address at doi.org, in whatever form it came. An ISBN is checked by its last digit and kept with
thirteen. The kind that is proposed is a first guess from the address, for a person to correct.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from stdnum import isbn as isbns
from stdnum.exceptions import ValidationError as BadNumber

from articles.addresses import BadAddress, normalise

DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE)
ISBN = re.compile(r"(?:isbn(?:-1[03])?:?\s*)?(?P<isbn>[\d][\d\s-]{8,16}[\dxX])", re.IGNORECASE)
BARE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?")
RESOLVER = "https://doi.org/"

NEWS, OFFICIAL, STUDY = "news_report", "official_record", "study"
SOCIAL, MEDIA = "social_post", "media"
#: Sites by what they hold. A name stands for itself and all below it.
SITES = {
    **dict.fromkeys(("x.com", "twitter.com", "facebook.com", "instagram.com", "threads.net"), SOCIAL),
    **dict.fromkeys(("bsky.app", "t.me", "tiktok.com", "reddit.com", "linkedin.com", "vk.com"), SOCIAL),
    **dict.fromkeys(("weibo.com", "mastodon.social"), SOCIAL),
    **dict.fromkeys(("youtube.com", "youtu.be", "vimeo.com", "flickr.com", "soundcloud.com"), MEDIA),
    **dict.fromkeys(("doi.org", "arxiv.org", "pubmed.ncbi.nlm.nih.gov", "jstor.org"), STUDY),
    **dict.fromkeys(("ssrn.com", "biorxiv.org", "medrxiv.org", "nature.com", "plos.org"), STUDY),
    **dict.fromkeys(("europa.eu", "un.org", "who.int", "imf.org", "worldbank.org", "oecd.org"), OFFICIAL),
    **dict.fromkeys(("gc.ca", "admin.ch", "bund.de", "gouv.fr", "gob.mx", "go.jp"), OFFICIAL),
}  # fmt: skip
GOVERNMENT = re.compile(r"(?:^|\.)(?:gov|mil|gov\.[a-z]{2}|govt\.nz|gob\.[a-z]{2}|gouv\.[a-z]{2})$")


@dataclass(frozen=True, slots=True)
class Identified:
    """`kind` is a value of `SourceKind`. Exactly one of `url` and `isbn` is given; a DOI comes with its address."""

    kind: str
    url: str = ""
    doi: str = ""
    isbn: str = ""


def identify(text: str) -> Identified:
    """What this text names. Raises BadAddress, in words, when it names nothing."""
    text = text.strip()
    if not text:
        raise BadAddress("Paste the address of the source, its DOI or its ISBN.")
    if found := DOI.fullmatch(text):
        doi = unquote(found["doi"]).rstrip(".,;").lower()
        return Identified(STUDY, url=RESOLVER + quote(doi, safe="/:;()<>._-"), doi=doi)
    if found := ISBN.fullmatch(text):
        return Identified("study", isbn=_isbn(found["isbn"]))
    if "://" not in text and BARE_HOST.fullmatch(text):
        text = f"https://{text}"
    url = normalise(text)
    return Identified(kind_of(url), url=url)


def is_name(text: str) -> bool:
    """Whether this is meant to name a source, rather than words to look for."""
    text = text.strip()
    return "://" in text or any(form.fullmatch(text) for form in (DOI, ISBN, BARE_HOST))


def kind_of(url: str) -> str:
    """A first guess at what a page is, by the site that it is on."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if GOVERNMENT.search(host):
        return OFFICIAL
    names = host.split(".")
    parents = (".".join(names[at:]) for at in range(len(names)))
    return next((SITES[name] for name in parents if name in SITES), NEWS)


def _isbn(text: str) -> str:
    try:
        return str(isbns.to_isbn13(isbns.validate(text)).replace("-", "").replace(" ", ""))
    except BadNumber as error:
        raise BadAddress(
            f"“{text}” looks like an ISBN, but its last digit does not fit. Compare it with the book."
        ) from error
