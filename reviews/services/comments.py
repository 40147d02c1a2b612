"""Remarks between colleagues. `@name` tells that person."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from accounts.roles import DESK
from audit.services import record
from claims.models import Claim
from reviews.models import Comment

MENTION = re.compile(r"@([\w.+-]+@[\w.-]+\w|[^\W_][\w'’-]*(?: [^\W\d_][\w'’-]*)?)")


@transaction.atomic
def add_comment(*, actor: User, claim: Claim, text: str) -> Comment:
    """Say something about a claim. People are mentioned by e-mail, first name or full name after an @."""
    text = text.replace("\x00", "").strip()
    if not text:
        raise ValidationError({"text": "Write something first."})
    comment = Comment.objects.create(claim=claim, author=actor, text=text[:10_000])
    comment.mentions.set(_mentioned(text))
    record("comment.added", claim, actor=actor)
    return comment


def _mentioned(text: str) -> list[User]:
    wanted = {word.lower() for word in MENTION.findall(text)}
    wanted |= {word.split(" ")[0] for word in wanted}
    people = User.objects.filter(is_active=True, role__in=DESK)
    return [
        person
        for person in people
        if wanted & {person.email.lower(), person.name.lower(), person.get_short_name().lower()}
    ]
