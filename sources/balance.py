"""Both sides of a claim's evidence at a glance: what there is, what of it is independent, and what is missing. Pure.

Ten reports of one wire story are one witness. So sources are held together where they have the same publisher, stand
on the same site, carry largely the same text, or credit the same agency. What holds them together is named, for a
person to judge. A site where anybody publishes says nothing of who did, and a withheld source is compared with none:
what it has in common with another would tell what it is.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations
from urllib.parse import urlsplit

from articles.addresses import site_of
from sources.agencies import credited_agency
from sources.identify import MEDIA, SOCIAL, STUDY, kind_of

WORD = re.compile(r"\w+")
#: Words in a row that two texts share only where one repeats the other, and the least of them that tells.
RUN, FEWEST = 5, 30
#: Share of the shorter text's runs from which two texts are one story: an agency's clients cut it, and add to it.
ENOUGH = 0.5
#: Sites where anybody publishes, or that keep what others published.
OPEN_SITES = frozenset(
    {"archive.org", "archive.ph", "archive.today", "github.com", "medium.com", "substack.com"}
)
OFFICIAL = frozenset({"official_record", "law"})
SUPPORTS, UNDERMINES = "supports", "undermines"


@dataclass(frozen=True)
class Weighed:
    """A source as far as its independence goes. `opening` is the beginning of its text, `ending` the end."""

    key: object
    title: str
    kind: str
    publisher: str = ""
    author: str = ""
    url: str = ""
    published_at: date | None = None
    has_copy: bool = False
    opening: str = ""
    ending: str = ""
    is_withheld: bool = False

    @cached_property
    def publisher_key(self) -> str:
        words = WORD.findall(self.publisher.casefold())
        return "" if self.is_withheld else " ".join(words[1:] if words[:1] == ["the"] else words)

    @cached_property
    def site(self) -> str:
        """The site that stands for a publisher, or nothing where it does not."""
        if self.is_withheld or not self.url or kind_of(self.url) in {SOCIAL, MEDIA, STUDY}:
            return ""
        site = site_of(self.url)
        host = urlsplit(self.url).hostname or ""
        return "" if any(f".{host}".endswith(f".{name}") for name in OPEN_SITES) else site

    @cached_property
    def agency(self) -> str:
        """The news agency that is credited for it."""
        if self.is_withheld:
            return ""
        names = f"{self.author}, {self.publisher}"
        return credited_agency(names=names, opening=self.opening, ending=self.ending)

    @cached_property
    def runs(self) -> frozenset[int]:
        """What its text is made of: runs of words, as numbers that differ from one process to the next."""
        if self.is_withheld:
            return frozenset()
        words = WORD.findall(self.opening.casefold())
        return frozenset(hash(tuple(words[at : at + RUN])) for at in range(len(words) - RUN + 1))

    def shares_story(self, other: "Weighed") -> bool:
        least = min(len(self.runs), len(other.runs))
        return least >= FEWEST and len(self.runs & other.runs) >= ENOUGH * least


@dataclass(frozen=True, slots=True)
class Leaning:
    """A piece of evidence: its stance, its source, and whether the newest copy lost its words."""

    stance: str
    source: Weighed
    has_lost_its_words: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """What stands on one side. `independent` counts what is held together as one."""

    stance: str
    sources: int
    independent: int
    kinds: tuple[tuple[str, int], ...]
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Tie:
    """Sources that are not independent of each other, and by what: `publisher`, `site`, `story` or `agency`."""

    by: str
    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    sides: tuple[Side, ...] = ()
    ties: tuple[Tie, ...] = ()
    missing: tuple[str, ...] = ()


def weigh(evidence: Sequence[Leaning]) -> Balance:
    """What a person should see of this evidence before they read it piece by piece."""
    sources = _distinct(item.source for item in evidence)
    ties = list(_ties(sources))
    stances = dict.fromkeys(item.stance for item in evidence)
    sides = tuple(_side(stance, evidence, ties) for stance in stances)
    held = tuple(Tie(by, name, tuple(one.title for one in tied)) for by, name, tied in ties)
    return Balance(sides, held, tuple(_missing(evidence, sources)))


Tied = tuple[str, str, list[Weighed]]


def _distinct(sources: Iterable[Weighed]) -> list[Weighed]:
    return list({source.key: source for source in sources}.values())


def _ties(sources: list[Weighed]) -> Iterator[Tied]:
    """What holds sources together, each set once: by the plainest tie that it has."""
    known: list[set[object]] = []
    for by, name, tied in _all_ties(sources):
        keys = {source.key for source in tied}
        if not any(keys <= seen for seen in known):
            known.append(keys)
            yield by, name, tied


def _all_ties(sources: list[Weighed]) -> Iterator[Tied]:
    for tied in _alike(sources, lambda source: source.publisher_key):
        yield "publisher", tied[0].publisher, tied
    for tied in _alike(sources, lambda source: source.site):
        yield "site", tied[0].site, tied
    for tied in _joined(sources, [p for p in combinations(sources, 2) if p[0].shares_story(p[1])]):
        yield "story", "", tied
    for tied in _alike(sources, lambda source: source.agency):
        yield "agency", tied[0].agency, tied


def _alike(sources: list[Weighed], key: Callable[[Weighed], str]) -> list[list[Weighed]]:
    groups: dict[str, list[Weighed]] = {}
    for source in sources:
        if name := key(source):
            groups.setdefault(name, []).append(source)
    return [group for group in groups.values() if len(group) > 1]


def _joined(
    sources: list[Weighed], pairs: Iterable[tuple[Weighed, Weighed]]
) -> list[list[Weighed]]:
    """Whatever hangs together over pairs, also over several of them."""
    head = {source.key: source.key for source in sources}
    for one, other in pairs:
        new, old = head[one.key], head[other.key]
        head = {key: new if at == old else at for key, at in head.items()}
    groups: dict[object, list[Weighed]] = {}
    for source in sources:
        groups.setdefault(head[source.key], []).append(source)
    return [group for group in groups.values() if len(group) > 1]


def _side(stance: str, evidence: Sequence[Leaning], ties: list[Tied]) -> Side:
    sources = _distinct(item.source for item in evidence if item.stance == stance)
    here = {source.key for source in sources}
    within = ([one for one in tied if one.key in here] for _, _, tied in ties)
    groups = _joined(sources, [(tied[0], one) for tied in within if tied for one in tied[1:]])
    kinds = Counter(source.kind for source in sources)
    dates = sorted(one.published_at for one in sources if one.published_at and not one.is_withheld)
    return Side(
        stance=stance,
        sources=len(sources),
        independent=len(sources) - sum(len(group) - 1 for group in groups),
        kinds=tuple(kinds.most_common()),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
    )


def _missing(evidence: Sequence[Leaning], sources: list[Weighed]) -> Iterator[str]:
    """What a second person would ask, in words. Of no evidence at all nothing needs to be said."""
    if not evidence:
        return
    yield from _missing_side({item.stance for item in evidence})
    if len(sources) == 1:
        yield "One source only."
    elif _is_one_publisher(sources):
        yield "One publisher only."
    if not any(source.kind in OFFICIAL for source in sources):
        yield "No official record."
    if without := sum(not source.has_copy for source in sources):
        yield f"No copy kept of {_count(without, 'source')}."
    if lost := sum(item.has_lost_its_words for item in evidence):
        yield f"Words lost in the newest copy: {_count(lost, 'quote')}."


def _missing_side(stances: set[str]) -> Iterator[str]:
    match SUPPORTS in stances, UNDERMINES in stances:
        case True, False:
            yield "Nothing undermines it: was it looked for?"
        case False, True:
            yield "Nothing supports it: was it looked for?"
        case False, False:
            yield "Nothing yet says whether it is so: there is only context."


def _is_one_publisher(sources: list[Weighed]) -> bool:
    """Whether all are known to come from one publisher. One of whom nothing is known may be another's."""
    publishers = {source.publisher_key for source in sources}
    sites = {source.site for source in sources}
    return any(len(names) == 1 and "" not in names for names in (publishers, sites))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
