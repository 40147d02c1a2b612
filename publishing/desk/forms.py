"""The form an editor signs at the gate."""

from django import forms

from publishing.gate import Attested, Check
from publishing.services import Signature
from reviews.forms import area

ATTESTATIONS = ("both_sides", "claimant_asked", "neutral_wording")


class GateForm(forms.Form):
    both_sides = forms.BooleanField(
        required=False, label="Evidence was looked for on the other side too"
    )
    claimant_asked = forms.BooleanField(
        required=False, label="The claimant was asked, or the claim harms nobody"
    )
    neutral_wording = forms.BooleanField(
        required=False, label="Claim and verdict are worded neutrally"
    )
    note = forms.CharField(
        required=False,
        max_length=2000,
        widget=area(2),
        label="Note for readers",
        help_text="Needed when this claim was public before: what changed, and why.",
    )
    lock_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def attested(self) -> Attested:
        return Attested(**{name: self.data.get(name) == "on" for name in ATTESTATIONS})

    def beside(self, checks: tuple[Check, ...]) -> list[tuple[Check, forms.BoundField | None]]:
        """The checklist, each attestation with its box."""
        return [(c, self[c.slug] if c.attested_by_editor else None) for c in checks]

    def signature(self, checks: tuple[Check, ...]) -> Signature:
        """What is ticked, and the reasons given for overriding unmet checks."""
        given = {c.slug: self.data.get(f"override_{c.slug}", "") for c in checks}
        overrides = {slug: why.replace("\x00", "")[:500] for slug, why in given.items()}
        return Signature(attested=self.attested(), overrides=overrides)
