"""Questions about a claim that no source answers yet: asked, found to have no answer, closed."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.services import record
from claims.models import Claim
from claims.services import lock_claim
from sources.models import Evidence, OpenQuestion

LONGEST = 500


@transaction.atomic
def ask_question(*, actor: User, claim: Claim, text: str) -> OpenQuestion:
    """Put down what has to be found out. The same question is asked once."""
    claim = lock_claim(claim)
    text = " ".join(text.replace("\x00", "").split())
    if not text:
        raise ValidationError({"text": "Write the question down."})
    if len(text) > LONGEST:
        raise ValidationError({"text": f"Ask it in at most {LONGEST} characters."})
    if known := claim.open_questions.standing().filter(text=text).first():
        return known
    question = OpenQuestion.objects.create(claim=claim, text=text, asked_by=actor)
    record("claim.question_asked", claim, actor=actor, after={"question": text})
    return question


@transaction.atomic
def close_question(*, actor: User, question: OpenQuestion, reason: str) -> OpenQuestion:
    """It is answered by evidence now, or given up. It stays in the history with the reason."""
    claim = lock_claim(question.claim)
    if not reason.strip():
        raise ValidationError({"reason": "Say whether it is answered or given up, and why."})
    question = OpenQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if question.closed_at is None:
        question.closed_at = timezone.now()
        question.save(update_fields=["closed_at"])
        before = {"question": question.text}
        record("claim.question_closed", claim, actor=actor, before=before, reason=reason)
    return question


def missing_answers(claim: Claim, evidence: Iterable[Evidence] | None = None) -> list[OpenQuestion]:
    """The questions that stand without evidence that answers them, as they were asked. `evidence` is what stands."""
    standing = claim.evidence.standing() if evidence is None else evidence
    answered = {item.question for item in standing}
    return [one for one in claim.open_questions.standing() if one.text not in answered]
