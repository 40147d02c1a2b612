"""Who sits at the desk in these tests, and that nothing was written. Models load later than this does."""

import pytest


@pytest.fixture
def editor():
    from tests.factories import make_user

    return make_user("editor")


@pytest.fixture
def desk(client, editor):
    """A browser in which an editor is signed in."""
    client.force_login(editor)
    return client


@pytest.fixture
def unchanged():
    """Called before, it sees to it that nothing is written after."""
    from tests.reviews.forms import counts

    before = []
    yield lambda: before.append(counts())
    assert [counts()] == before
