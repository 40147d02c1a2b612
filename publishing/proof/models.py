"""What the desk signs, and the public halves of the keys that it signs with. Append-only, in the database."""

import pgtrigger
from django.db import models


class SigningKey(models.Model):
    """A key that signs heads: the public half, and the statement by which the one before names it.

    The current key is the one without a successor. The private half is never here (`publishing.proof.keys`).
    """

    id = models.UUIDField(primary_key=True, editable=False, help_text="From the fingerprint.")
    fingerprint = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the key.")
    public_key = models.CharField(max_length=44, help_text="Ed25519, 32 bytes in base64.")
    predecessor = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successor"
    )
    statement = models.TextField(help_text="Canonical JSON that both keys signed.")
    signature = models.CharField(max_length=88, help_text="Its own.")
    predecessor_signature = models.CharField(
        max_length=88,
        blank=True,
        help_text="Empty in the first, and where the one before was lost.",
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(predecessor=None), name="one_first_signing_key"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.fingerprint


class SignedHead(models.Model):
    """The desk's word on how far the record goes: number and hash of the newest entry, signed."""

    number = models.BigIntegerField(primary_key=True, help_text="1, 2, 3 … without a gap.")
    publication = models.ForeignKey(
        "publishing.Publication", on_delete=models.PROTECT, related_name="heads", db_column="seq"
    )
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="heads")
    document = models.TextField(help_text="Canonical JSON: what is signed.")
    signature = models.CharField(max_length=88, help_text="Ed25519, in base64.")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.number}: entry {self.publication_id}"
