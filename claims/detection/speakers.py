"""Who speaks: the words before a verb of saying, read as a name, a role, a group, or nobody named.

There is no grammar here, only forms: a run of capitalised words at the end is a name, what stands
before it is a role, a phrase around a word for people or institutions is a speaker as it stands.
What fits none of these forms is not taken for a speaker.
"""

import re
from dataclasses import dataclass, replace

from claims.detection.words import word_set

#: Words for those who say things: people in their offices, institutions, documents.
HEADS = word_set(
    """
    official officials source sources spokesman spokeswoman spokesperson spokespeople
    spokesmen police officer officers diplomat diplomats minister ministers ministry
    president premier chancellor mayor governor senator senators lawmaker lawmakers lawyer
    lawyers attorney attorneys prosecutor prosecutors judge judges court coroner company
    firm group agency agencies authority authorities government administration army military
    navy force department office bureau commission committee council union party campaign
    team university hospital doctor doctors nurse scientist scientists researcher
    researchers expert experts analyst analysts economist economists professor author
    authors report reports study survey poll statement letter document documents article
    newspaper paper outlet website network channel station media witness witnesses resident
    residents neighbour neighbours neighbor neighbors victim victims survivor relative
    relatives family mother father sister brother wife husband son daughter friend friends
    student students teacher teachers worker workers employee employees manager managers
    director directors chief chiefs head heads leader leaders chairman chairwoman chair
    founder owner owners executive executives adviser advisers advisor advisors aide aides
    ambassador envoy secretary commander general captain coach player fan fans activist
    activists protester protesters campaigner campaigners critic critics opponent opponents
    supporter supporters organiser organisers organizer organizers organisation organization
    organisations foundation charity association federation institute bank insider insiders
    investigator investigators inspector firefighter firefighters rescuers people person man
    woman men women boy girl child parents politician politicians candidate member members
    delegate delegation representative representatives observer observers historian
    colleague colleagues countries state states city county board panel panellist jury
    suspect defendant plaintiff actor singer artist farmer farmers driver passenger
    passengers pilot king queen prince pope bishop priest pastor imam data figures
    statistics release filing indictment complaint lawsuit ruling memo email tweet post one
    some many others everyone someone both who pair duo couple
    """
) - {"who"}
#: Words that end a role written with a capital: “Affairs Daniel Doe” is Daniel Doe.
TITLES = word_set(
    """
    mr mrs ms dr prof professor sir lord lady dame president vice premier prime minister
    secretary chancellor mayor governor senator sen rep representative congressman
    congresswoman gov gen general col colonel lt lieutenant maj major capt captain sgt
    sergeant adm admiral cmdr commander king queen prince princess pope bishop archbishop
    cardinal father sister rabbi imam judge justice attorney officer chief director
    executive chairman chairwoman chair ceo cfo coach manager spokesman spokeswoman
    spokesperson adviser advisor ambassador envoy analyst economist affairs state defense
    defence treasury interior staff security commerce justice health education energy labor
    labour homeland finance department ministry speaker leader whip mp mep deputy assistant
    undersecretary under-secretary inspector constable superintendent detective sheriff
    commissioner editor author founder rev reverend hon police democrat republican
    conservative
    """
)
HONORIFICS = word_set("mr mrs ms mx miss sir lady lord dame dr the")
#: Last words of the names of institutions, which look like the names of people.
INSTITUTIONS = word_set(
    """
    union party house court bank times post news press journal street council committee
    commission agency ministry department university college institute group company inc ltd
    corp association federation office bureau authority parliament congress senate assembly
    nations kingdom states republic city county force army navy police service services
    center centre foundation league club united games cup america africa europe asia watch
    international network media radio television tv guard
    """
)
PRONOUNS = {
    "he": "person", "she": "person", "they": "group", "it": "group", "we": "self", "i": "self",
    "him": "person", "her": "person", "them": "group",
}  # fmt: skip
#: Words that no speaker's name holds: the phrase is a clause, not a speaker.
CLAUSE_WORDS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|did|does|do|said|told|says|that|which|who|whom|if|"
    r"whether|when|because|[Tt]here|not|why|how|what|than|into|got|went|came|made|after|before|while|since|during)\b"
    r"|n't\b|\b(?:it|that|[Tt]here|he|she|what|here|let)'s\b|\s(?:it|he|she|they|we|you|I|him|them|us)$"
)
ADVERBIAL = re.compile(
    r"(?:on|in|at|during|after|before|since|by|under|with|without|despite|following|amid|when|while|as|if|"
    r"although|though|because|unlike|like|for|from|to|asked|speaking|according|meanwhile|however|later|"
    r"earlier|(?:last|this|next)\s(?:week|month|year|time|morning|evening|afternoon|night|\w+day)|then|still|also|instead|yesterday|today|tonight|(?:mon|tues|wednes|thurs|fri|"
    r"satur|sun)day|\w+ly|\w+ing|separately|nevertheless|nonetheless|moreover|furthermore|again|now)\b",
    re.IGNORECASE,
)
CONNECTIVE = re.compile(
    r"\s*(?:(?:but|and|so|yet|or|while|whereas|although|though|as|because|since|that|when|where|after)\s+)+",
    re.IGNORECASE,
)
TRAILING = re.compile(
    r"\s+(?:(?:in|during|at|on|via|through)\s+(?:a|an|the|his|her|their|its)\s(?:\w+\s?){1,5}"
    r"|(?:on\s+)?(?:late\s+|early\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today)$"
)
NO_NAME = re.compile(
    r"\b(?:sources?|insiders?|people familiar|persons? familiar|those familiar|people close|person close|"
    r"unnamed|unidentified|anonymous|not (?:to )?be (?:named|identified)|on (?:the )?condition of anonymity|"
    r"declined to be (?:named|identified)|not authori[sz]ed to|someone|somebody)\b"
    r"|^(?:an?|one|another|some|several|two|three|other)\s(?:[a-z-]+\s){0,3}?(?:officials?|diplomats?|aides?|"
    r"advis[eo]rs?|employees?|workers?|witness(?:es)?|lawmakers?|executives?|officers?|ministers?|"
    r"residents?|wom[ae]n|m[ae]n|person|people|students?)$",
    re.IGNORECASE,
)
#: A word has an end, so that a heap of letters without blanks is read in linear time.
NAME_WORD = r"(?:(?:al|el|ad|as)-|d['’])?[^\W\d_a-z][\w.'’-]{0,60}"
#: What a last name may begin with; “Al” and “Ben” are first names too and are not among them.
PARTICLES = word_set("de del della der den di da dos van von bin ibn el la le ter ten")
PARTICLE = r"(?:de|del|della|der|den|di|da|dos|van|von|bin|ibn|al|el|la|le|ter|ten)"
NAME_AT_END = re.compile(rf"{NAME_WORD}(?:\s(?:{PARTICLE}\s){{0,2}}{NAME_WORD})*$")
BELONGING = re.compile(r"\s(?:of|from|at|with|in|for)\s.+$")
#: The full stop after a word that is no initial and no title ends a sentence, and the name.
NAME_BREAK = re.compile(
    r"(?<=[^\W\d_]{3})(?<!Mrs)(?<!Gen)(?<!Sen)(?<!Rep)(?<!Gov)(?<!Col)(?<!Sgt)(?<!Maj)(?<!Rev)(?<!Prof)\.\s+"
    r"|[’']s\s+"
)
FULL_NAME = re.compile(rf"{NAME_WORD}(?:\s(?:{PARTICLE}\s){{0,2}}{NAME_WORD})+")
LONGEST = 22


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as one phrase names them. `name_at` is where the name stands in the phrase."""

    name: str
    role: str
    name_at: tuple[int, int]
    is_anonymous: bool = False
    is_person: bool = False

    @property
    def pronoun(self) -> str:
        """“person” or “group” when the phrase is only a pronoun, else nothing."""
        return PRONOUNS.get(self.name.lower(), "")


def read_speaker(phrase: str) -> Speaker | None:
    """The speaker that this phrase names, or None when it names none."""
    words = phrase.split()
    if not 1 <= len(words) <= LONGEST or not any(map(str.isalpha, phrase)):
        return None
    if phrase.lower() in PRONOUNS:
        return Speaker(phrase, "", (0, len(phrase)), is_person=PRONOUNS[phrase.lower()] == "person")
    if len(words) == 1 and phrase.lower() in NOT_NAMES:
        return None
    is_unnamed = bool(NO_NAME.search(phrase))
    if CLAUSE_WORDS.search(phrase) and not is_unnamed:
        return None
    if not is_unnamed and not _has_head(words):
        return None
    person = _person(phrase) or _person_of(phrase) if not is_unnamed else None
    return person or Speaker(_without_article(phrase), "", (0, len(phrase)), is_unnamed)


def _has_head(words: list[str]) -> bool:
    if any(word.lower().strip(",.'") in HEADS for word in words):
        return True
    return words[-1][:1].isupper() and not words[-1].isdigit()


def _person_of(phrase: str) -> Speaker | None:
    """“Professor Jane Doe of the University of Riverton”: the name, then where its bearer belongs."""
    match = BELONGING.search(phrase)
    person = _person(phrase[: match.start()]) if match else None
    if match is None or person is None or " " not in person.name:
        return None
    belonging = match.group().strip()
    role = f"{person.role} {belonging}" if person.role else belonging.partition(" ")[2]
    return replace(person, role=role)


def _person(phrase: str) -> Speaker | None:
    """A name at the end of the phrase, after a role or none."""
    match = NAME_AT_END.search(phrase)
    if match is None:
        return None
    start = match.start() + _after_titles(match.group())
    name = phrase[start:]
    role = phrase[:start].strip(" ,")
    is_office = any(word.lower() in TITLES for word in role.split())
    if role.endswith((" of", " for")) and is_office and name.count(" ") > 1:
        start = phrase.rindex(" ", 0, phrase.rindex(" ")) + 1
        name, role = phrase[start:], phrase[: start - 1]
        return Speaker(name, role, (start, len(phrase)), is_person=True)
    if name.split()[-1].lower() in TITLES | INSTITUTIONS:
        return None
    size = len(name.split())
    if not name or size > 4 or (phrase.lower().startswith(("the ", "a ", "an ")) and not role):
        return None
    if role and not _is_role(role):
        return None
    is_person = (size > 1 or bool(role)) and not name.isupper()
    role = "" if role.lower().rstrip(".") in HONORIFICS else re.sub(r"'s$", "", role)
    return Speaker(name, role, (start, len(phrase)), is_person=is_person)


def _after_titles(run: str) -> int:
    """Where the name begins in a run of capitalised words: after the last word of a title."""
    start = 0
    words = list(re.finditer(r"\S+", run))
    for index, word in enumerate(words[:-1]):
        plain = word.group().lower().rstrip(".,")
        if plain in TITLES or plain.endswith("'s") or (plain in HEADS and index < len(words) - 2):
            start = words[index + 1].start()
    return start


def _is_role(role: str) -> bool:
    """Whether the words before a name say what its bearer is: they end in a title, or a possessive."""
    last = role.split()[-1].lower().strip(".,")
    if last in TITLES or last in HEADS or last.endswith(("'s", "man", "woman")):
        return True
    return len(last) > 4 and last.endswith(("ist", "er", "or", "ee", "ent", "ant", "ian"))


def _without_article(phrase: str) -> str:
    """“The Pentagon” is the Pentagon's name without its article; “the company” keeps it."""
    article, _, rest = phrase.partition(" ")
    return rest if article.lower() == "the" and rest[:1].isupper() else phrase


class Directory:
    """The full names of a text, by last word: “Doe” is Jane Doe when she was named before, and no
    other Doe. “Jane Doe” and “Jane Q. Doe” are one: the first is taken."""

    def __init__(self, text: str) -> None:
        self._by_last: dict[str, dict[str, int]] = {}
        for match in FULL_NAME.finditer(text):
            for run in NAME_BREAK.split(match.group()):
                self._add(" ".join(run.split()), match.start())

    def _add(self, run: str, place: int) -> None:
        name = re.sub(r"['’]s$|\.$", "", run[_after_titles(run) :])
        words = name.split()
        if not 2 <= len(words) <= 4 or words[0].lower() in NOT_NAMES | PARTICLES:
            return
        if words[-1].lower() not in INSTITUTIONS:
            self._by_last.setdefault(words[-1], {}).setdefault(name, place)

    def full_name(self, name: str, place: int) -> str:
        """The one full name before this place that ends in this word, or the word."""
        if " " in name:
            return name
        known = [full for full, first in self._by_last.get(name, {}).items() if first < place]
        first_names = {full.split()[0] for full in known}
        return known[0] if len(first_names) == 1 else name

    def knows(self, name: str) -> bool:
        """Whether the last word of the name ends a full name of the text."""
        return name.rpartition(" ")[2] in self._by_last


NOT_NAMES = word_set(
    """
    the a an on in at by for from with to of as if when while after before but and or so he
    she it they we i his her its their our this that these those there what who where why
    how not no one two monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december new north
    south east west united former last next said says added continued asked replied
    """
)
