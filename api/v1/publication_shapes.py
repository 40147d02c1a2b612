"""What is sent to put something on the public record, and the gate's checklist as it is told."""

from typing import Any

from rest_framework import serializers

from api.refusals import checklist_item
from api.v1.documents import Data
from api.v1.inputs import KnownFieldsInput
from api.v1.review_shapes import VerdictInput
from api.v1.serializers import Shape
from publishing.gate import Attested, Check, GateFacts, run_gate, unmet
from publishing.services import Signature

#: What the gate's checks are called.
SLUGS = tuple(
    check.slug for check in run_gate(GateFacts(0, 0, 0, frozenset(), False, False, ()), Attested())
)


class AttestInput(KnownFieldsInput):
    """What no program can judge: the editor's word for it."""

    both_sides = serializers.BooleanField(default=False)
    claimant_asked = serializers.BooleanField(default=False)
    neutral_wording = serializers.BooleanField(default=False)


class PublishInput(KnownFieldsInput):
    """What the editor signs. An unmet check can be overridden by its slug, with the reason: both stay on the record."""

    attest = AttestInput(required=False)
    overrides = serializers.DictField(
        child=serializers.CharField(max_length=500), required=False, help_text="Slug to reason."
    )
    note = serializers.CharField(
        required=False,
        max_length=2000,
        help_text="For readers: needed when the claim was public before.",
    )

    def validate_overrides(self, given: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(given) - set(SLUGS)):
            words = f"The gate has no such check. It has: {', '.join(SLUGS)}."
            raise serializers.ValidationError({slug: [words] for slug in unknown})
        return given


class CorrectInput(VerdictInput):
    """The verdict that holds from now on."""

    note = serializers.CharField(max_length=2000, help_text="What changed and why; readers see it.")


class CheckShape(Shape):
    """`mend` says what to do about a check that is not met."""

    slug = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field, not a field's label
    is_met = serializers.BooleanField()
    attested_by_editor = serializers.BooleanField(help_text="It is met by `attest`.")
    mend = serializers.CharField()


class GateShape(Shape):
    """The checklist before anything is attested."""

    is_open = serializers.BooleanField()
    checks = CheckShape(many=True)


def signature_of(given: dict[str, Any]) -> Signature:
    attested = Attested(**given.get("attest", {}))
    return Signature(attested=attested, overrides=given.get("overrides", {}))


def gate_of(checks: tuple[Check, ...]) -> Data:
    return {
        "is_open": not unmet(checks),
        "checks": [checklist_item(check) for check in checks],
    }
