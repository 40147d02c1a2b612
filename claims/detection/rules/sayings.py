"""The English words of saying, by what they report and by the company they keep.

Each verb has a family (what sort of act it names) and frames (what, beside it, is what was said): a clause
(“said the pier is shut”), a quotation, an infinitive (“promised to pay”), an object (“denied the charge”), an
object with its complement (“called the plan a mistake”), or a phrase after a preposition (“warned of storms”).
A verb is written in one line of `TABLE`; the same verb may stand in several.
"""

from dataclasses import dataclass

from claims.detection.rules.acts import Family
from claims.detection.words import word_set

CLAUSE, QUOTE, INFINITIVE, OBJECT, NAMING = "clause", "quote", "infinitive", "object", "naming"

#: Family, frames (prepositions by their own name), verbs.
TABLE: tuple[tuple[Family, str, str], ...] = (
    (
        Family.SAY,
        "clause quote",
        """
        say add note argue insist claim warn state acknowledge admit concede maintain contend assert allege declare
        report suggest indicate explain write tweet joke complain quip opine disclose reply respond remark comment
        stress emphasise emphasize reiterate recall observe continue hint mention post predict testify confirm
        caution clarify repeat affirm proclaim announce reveal conclude reason counter lament boast brag speculate
        signal imply intimate underscore underline tell remind assure inform notify advise email text recount
        estimate profess attest plead swear point forecast warrant relate reaffirm retort muse marvel crow
        promise pledge vow threaten propose recommend urge demand order direct agree protest bemoan bet charge
        """,
    ),
    (
        Family.SAY,
        "quote",
        """
        shout yell cry exclaim snap chant chide interject intone begin deadpan gush sigh whisper mutter murmur grumble
        scoff sneer thunder bellow roar laugh read go open close finish conclude offer blog message ask wonder answer
        echo volunteer urge implore beg instruct command agree think describe quote scream plead praise dismiss
        """,
    ),
    (Family.SAY, "clause", "make"),
    (Family.SAY, "object", "announce confirm predict acknowledge reveal reiterate"),
    (Family.SAY, "of for", "warn"),
    (Family.SAY, "about of", "complain"),
    (Family.SAY, "to", "admit"),
    (
        Family.THINK,
        "clause",
        """
        think believe feel hope fear expect worry suspect doubt assume understand realise realize guess
        wish figure reckon agree anticipate
        """,
    ),
    (Family.THINK, "infinitive", "hope expect want wish prefer intend plan seek aim"),
    (Family.THINK, "naming", "view regard deem"),
    (
        Family.SHOW,
        "clause",
        "show find indicate suggest reveal demonstrate estimate conclude project note state say argue rule",
    ),
    (Family.SHOW, "object", "show cite detail outline allege"),
    (
        Family.JUDGE,
        "naming",
        "call describe label dub brand characterise characterize denounce condemn praise hail dismiss portray decry "
        "deride tout cast term declare blast",
    ),
    (
        Family.JUDGE,
        "object",
        "criticise criticize denounce condemn praise dismiss reject endorse defend mock slam blast blame applaud "
        "welcome tout decry deride lament assail",
    ),
    (Family.JUDGE, "of", "accuse"),
    (
        Family.DEMAND,
        "infinitive",
        "urge ask order tell instruct advise press implore beg request demand warn",
    ),
    (Family.DEMAND, "object", "demand propose recommend request"),
    (Family.DEMAND, "for on", "call"),
    (Family.DEMAND, "for", "ask advocate argue"),
    (Family.COMMIT, "infinitive", "promise pledge vow threaten agree offer propose claim swear"),
    (Family.COMMIT, "object", "promise pledge"),
    (Family.ASK, "clause", "ask wonder inquire enquire question"),
    (Family.ASK, "about", "ask"),
    (Family.DENY, "clause object quote", "deny refute dispute"),
    (Family.REFUSE, "infinitive", "decline refuse"),
)


@dataclass(frozen=True, slots=True)
class Sense:
    family: Family
    frames: frozenset[str]


def _senses() -> dict[str, tuple[Sense, ...]]:
    found: dict[str, list[Sense]] = {}
    for family, frames, verbs in TABLE:
        for verb in verbs.split():
            found.setdefault(verb, []).append(Sense(family, word_set(frames)))
    return {verb: tuple(senses) for verb, senses in found.items()}


SENSES = _senses()
#: Verbs that take the hearer as their object.
TELLING = word_set(
    "tell remind assure inform notify advise warn promise ask urge order instruct text email"
)
#: Nouns of saying: “the claim that …”, “a statement saying …”.
NOUNS = word_set(
    """
    claim statement allegation assertion argument announcement accusation warning suggestion admission belief view
    conclusion finding promise pledge vow prediction fear hope complaint declaration contention revelation remark
    rumour rumor report acknowledgment denial insistence confirmation
    """
)
#: Verbs after which the act below them was not done, or not yet: “refused to say”, “is expected to announce”.
UNDONE = word_set(
    """
    decline refuse fail expect plan want hope decide intend try need ask urge seem appear be have set threaten
    promise vow agree prepare hesitate wait forget avoid likely unable ready unwilling reluctant schedule tell order
    """
)
MODALS = word_set("would could might may can should must will shall wo ca 'd 'll")
