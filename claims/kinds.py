"""The words for claims: what is asserted (kind), how the article asserts it (mode), where it stands (status)."""

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
