"""What is known of one act of saying: who, by which words, what, and whether it was really said.

`read_reports` (in `reporting`) gives, for each parsed sentence, the acts in it in the order of their cues.

- `source`, `cue` and `content` are places of the untouched text. `source` is the mention as it stands (“he”, “a
  spokesman for the port, Jane Doe”); it is empty when nobody is named. A quotation that stands alone and goes on
  with the speaker of before has the source and the cue of before, in their own sentence, and `goes_on` is true.
- `name` is the speaker as the article names them elsewhere (“he” → “Jack Doe”), without the role; empty when it
  cannot be told. `role` is what the article says of their office.
- `content` are the words that are said, with their quotation marks and a leading “that”; two places when the
  report stands in the middle. `content_tokens` are the same as ranges of `parsed.doc`.
- `family` says what sort of act it is; `is_asserted` is false where nothing is said to be so: a question, a
  refusal (“would not say whether”), an act that is only expected, possible or denied (“did not say that”).
- `outer` is the index, in the same sentence, of the act whose content this one stands in: a chain of sources.
- `addressee` is whom it was told; `target` whom it is about (“accused the minister of lying”): never the source.
"""

from dataclasses import dataclass
from enum import StrEnum

from claims.detection.base import Place

Range = tuple[int, int]


class Family(StrEnum):
    """What sort of act a cue names."""

    SAY = "say"
    THINK = "think"
    SHOW = "show"
    JUDGE = "judge"
    DEMAND = "demand"
    COMMIT = "commit"
    ASK = "ask"
    DENY = "deny"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody said, thought or showed something; see the module's docstring for each part."""

    source: tuple[Place, ...]
    cue: tuple[Place, ...]
    content: tuple[Place, ...]
    family: Family = Family.SAY
    name: str = ""
    role: str = ""
    is_anonymous: bool = False
    is_asserted: bool = True
    goes_on: bool = False
    outer: int | None = None
    addressee: Place | None = None
    target: Place | None = None
    source_tokens: tuple[Range, ...] = ()
    cue_tokens: tuple[Range, ...] = ()
    content_tokens: tuple[Range, ...] = ()
