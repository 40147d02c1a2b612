"""The model engine is there when the settings name an endpoint, and is what they say."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from articles.document import Block, BlockKind, Document
from claims.detection.model.double import HONEST, ScriptedEndpoint
from claims.services.detection import choose_engine, load_engine

PATH = "claims.services.model_engine.make_model_engine"
TEXT = "The harbour of Brinmouth was closed."


@pytest.fixture
def with_model(settings):
    settings.ASSAY_DETECTION_ENGINES = {**settings.ASSAY_DETECTION_ENGINES, "model": PATH}
    settings.ASSAY_MODEL_URL = "http://127.0.0.1:9/v1"
    settings.ASSAY_MODEL_NAME = "scripted-1"
    return settings


def test_the_engine_is_made_as_the_settings_say(with_model):
    with_model.ASSAY_MODEL_REQUESTS, with_model.ASSAY_MODEL_SECONDS = 7, 2.5
    engine = load_engine("model")
    assert (engine.name, engine.version, engine.fallback) == ("model", "1 scripted-1", None)
    assert (engine.budget.requests, engine.budget.seconds) == (7, 2.5)


def test_it_asks_the_endpoint_of_the_settings(with_model):
    with ScriptedEndpoint(HONEST) as endpoint:
        with_model.ASSAY_MODEL_URL, with_model.ASSAY_MODEL_KEY = endpoint.url, "secret"
        document = Document(TEXT, (Block(BlockKind.PARAGRAPH, 0, len(TEXT)),))
        found = load_engine("model").detect(document)
    assert [item.statement for item in found.candidates] == [TEXT]
    assert endpoint.headers[0]["Authorization"] == "Bearer secret"


def test_it_serves_any_language(with_model):
    with_model.ASSAY_DETECTION_ENGINE = "model"
    assert choose_engine("zh-Hant") == "model"


def test_the_fallback_is_the_engine_of_that_name(with_model):
    with_model.ASSAY_MODEL_FALLBACK = "rules-lite"
    assert load_engine("model").fallback.name == "rules-lite"


@pytest.mark.parametrize("fallback", ["model", "oracle"])
def test_a_fallback_that_cannot_be_is_refused(with_model, fallback):
    with_model.ASSAY_MODEL_FALLBACK = fallback
    with pytest.raises(ImproperlyConfigured, match="ASSAY_MODEL_FALLBACK"):
        load_engine("model")


def test_a_model_without_a_name_is_refused(with_model):
    with_model.ASSAY_MODEL_NAME = ""
    with pytest.raises(ImproperlyConfigured, match="ASSAY_MODEL_NAME"):
        load_engine("model")


@pytest.mark.parametrize(("url", "is_there"), [("", False), ("http://127.0.0.1:9/v1", True)])
def test_the_engine_is_registered_when_there_is_an_address(url, is_there):
    program = "from config import settings; print('model' in settings.ASSAY_DETECTION_ENGINES)"
    environment = {**os.environ, "ASSAY_MODEL_URL": url}
    told = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)  # fmt: skip
    assert told.stdout.strip() == str(is_there)
