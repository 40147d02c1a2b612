"""The words for claims: what is asserted (kind), how the article asserts it (mode), where it stands (status),
and what any rating of one comes down to (normalised).
"""

from django.db.models import TextChoices


class Kind(TextChoices):
    EVENT = "event", "Event"
    STATISTIC = "statistic", "Statistic"
    CHARACTERISATION = "characterisation", "Characterisation"
    CAUSAL = "causal", "Causal"
    PREDICTION = "prediction", "Prediction"
    POSITION = "position", "Position"
    OPINION = "opinion", "Opinion"
    QUOTATION = "quotation", "Quotation"


class Mode(TextChoices):
    NARRATOR = "narrator", "In the article's own voice"
    INDIRECT = "indirect", "Indirect speech"
    MIXED = "mixed", "Indirect speech with quoted words"
    DIRECT = "direct", "Direct speech"


class Status(TextChoices):
    SUGGESTED = "suggested", "Suggested"
    OPEN = "open", "Open"
    IN_REVIEW = "in_review", "In review"
    DISPUTED = "disputed", "Disputed"
    DECIDED = "decided", "Decided"
    PUBLISHED = "published", "Published"
    RETRACTED = "retracted", "Retracted"
    DISMISSED = "dismissed", "Dismissed"


class Normalised(TextChoices):
    SUPPORTED = "supported", "Supported"
    REFUTED = "refuted", "Refuted"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence", "Not enough evidence"
    CONFLICTING = "conflicting", "Conflicting evidence"
