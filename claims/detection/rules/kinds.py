"""What sort of thing an assertion asserts, from its grammar first and then from its words."""

from __future__ import annotations

from claims.detection.kinds import content_kind
from claims.detection.rules.assertions import Assertion
from claims.detection.rules.atoms import Form
from claims.kinds import Kind


def kind_of(assertion: Assertion, statement: str) -> Kind:
    match assertion.atom.form:
        case Form.PLANNED:
            return Kind.PREDICTION
        case Form.JUDGED:
            return Kind.CHARACTERISATION
    return Kind(content_kind(statement))
