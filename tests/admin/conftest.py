"""People who sign in to the admin. Models are imported late: this file is read before Django is set up."""

import pytest


@pytest.fixture
def sign_in(client):
    """Sign somebody of a role in; gives the person back."""
    from tests.factories import make_user

    def enter(role="editor", **fields):
        person = make_user(role, **fields)
        client.force_login(person)
        return person

    return enter


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
