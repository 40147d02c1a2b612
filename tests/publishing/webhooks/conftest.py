"""Endpoints and receivers for the tests of webhooks. Imports wait until Django is set up."""

import pytest


@pytest.fixture
def endpoint(db):
    from tests.publishing.webhooks.making import make_endpoint

    return make_endpoint()
