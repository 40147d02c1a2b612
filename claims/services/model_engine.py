"""The model engine as the settings describe it."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from claims.detection.model import Access, Budget, ModelEngine
from claims.services.detection import load_engine


def make_model_engine() -> ModelEngine:
    """What `ASSAY_DETECTION_ENGINES` names for `model`: asked for afresh by each run."""
    fallback = settings.ASSAY_MODEL_FALLBACK
    if fallback and (fallback == "model" or fallback not in settings.ASSAY_DETECTION_ENGINES):
        raise ImproperlyConfigured("ASSAY_MODEL_FALLBACK must name another engine.")
    if not settings.ASSAY_MODEL_NAME:
        raise ImproperlyConfigured(
            "ASSAY_MODEL_NAME must name a model that ASSAY_MODEL_URL serves."
        )
    return ModelEngine(
        Access(settings.ASSAY_MODEL_URL, settings.ASSAY_MODEL_NAME, settings.ASSAY_MODEL_KEY),
        Budget(
            requests=settings.ASSAY_MODEL_REQUESTS,
            tokens=settings.ASSAY_MODEL_TOKENS,
            seconds=settings.ASSAY_MODEL_SECONDS,
            run_seconds=settings.ASSAY_MODEL_RUN_SECONDS,
            retries=settings.ASSAY_MODEL_RETRIES,
        ),
        load_engine(fallback) if fallback else None,
    )
