"""An assertion as the grammar gives it: its words, and what they are in their sentence."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """What the words of an assertion are in the grammar of their sentence."""

    MAIN = "main"
    JOINED = "joined"
    ADVERBIAL = "adverbial"
    PARTICIPIAL = "participial"
    PURPOSE = "purpose"
    CONCESSION = "concession"
    RELATIVE = "relative"
    REDUCED = "reduced"
    LISTED = "listed"
    POSSESSED = "possessed"
    PLANNED = "planned"
    JUDGED = "judged"


PRESUPPOSED = frozenset(
    {Form.RELATIVE, Form.REDUCED, Form.POSSESSED, Form.PLANNED, Form.JUDGED, Form.CONCESSION}
)


@dataclass(frozen=True, slots=True)
class Atom:
    """One assertion. `head` is the token that says it, `tokens` are its words, `shared` those it borrows.

    `host` are the words of the clause that it hangs on, with which it can be told when it cannot be by itself.
    """

    form: Form
    head: int
    tokens: tuple[int, ...]
    shared: tuple[int, ...] = ()
    host: tuple[int, ...] = ()

    @property
    def is_presupposed(self) -> bool:
        return self.form in PRESUPPOSED
