"""Keys and people for the API's tests. Imports wait until Django is set up."""

import pytest


@pytest.fixture
def key(db):
    """Headers with a fresh key of somebody with this role."""
    from accounts.services import make_key
    from tests import factories

    def make(role="editor", scope="read"):
        _, secret = make_key(actor=factories.make_user(role), name="a test", scope=scope)
        return {"Authorization": f"Bearer {secret}"}

    return make


@pytest.fixture
def published(db):
    from tests import factories

    return factories.make_published_claim()
