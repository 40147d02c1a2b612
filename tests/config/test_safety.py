"""What must hold before the desk may start."""

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.safety import local_secret, refuse_unsafe

SECRET = "Zk3v9pQ2" * 8
HOSTS = ["desk.example.org"]
URL = "https://desk.example.org"


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_local_desk_makes_its_secret_once(tmp_path):
    first = local_secret(tmp_path / "home", production=False)
    assert len(first) >= 50
    assert local_secret(tmp_path / "home", production=False) == first


def test_two_homes_have_two_secrets(tmp_path):
    assert local_secret(tmp_path / "a", production=False) != local_secret(
        tmp_path / "b", production=False
    )


def test_the_secret_and_the_home_it_makes_are_closed_to_other_users(tmp_path):
    local_secret(tmp_path / "home", production=False)
    assert (mode(tmp_path / "home") & 0o066, mode(tmp_path / "home/secret_key")) == (0, 0o600)


def test_production_makes_no_secret_of_its_own(tmp_path):
    assert local_secret(tmp_path / "home", production=True) == ""
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("mode", "secret", "hosts", "debug"),
    [
        ("local", "", ["localhost"], True),
        ("local", SECRET, ["127.0.0.1", "[::1]"], False),
        ("production", SECRET, HOSTS, False),
    ],
)
def test_a_safe_start_is_let_through(mode, secret, hosts, debug):
    assert refuse_unsafe(mode, secret, hosts, base_url=URL, debug=debug) is None


@pytest.mark.parametrize(
    ("mode", "secret", "hosts", "debug", "named"),
    [
        ("prod", SECRET, HOSTS, False, "ASSAY_ENV"),
        ("local", SECRET, HOSTS, False, "ASSAY_ALLOWED_HOSTS"),
        ("local", SECRET, ["localhost", "*"], False, "ASSAY_ALLOWED_HOSTS"),
        ("production", SECRET, HOSTS, True, "ASSAY_DEBUG"),
        ("production", "", HOSTS, False, "ASSAY_SECRET_KEY"),
        ("production", "x" * 49, HOSTS, False, "ASSAY_SECRET_KEY"),
        ("production", "django-insecure-" + SECRET, HOSTS, False, "ASSAY_SECRET_KEY"),
        ("production", "Change-Me" * 10, HOSTS, False, "ASSAY_SECRET_KEY"),
        ("production", SECRET, [], False, "ASSAY_ALLOWED_HOSTS"),
        ("production", SECRET, ["*"], False, "ASSAY_ALLOWED_HOSTS"),
        ("production", SECRET, [*HOSTS, "*"], False, "ASSAY_ALLOWED_HOSTS"),
    ],
)
def test_an_unsafe_start_is_refused_by_the_name_of_its_setting(mode, secret, hosts, debug, named):
    with pytest.raises(ImproperlyConfigured, match=named):
        refuse_unsafe(mode, secret, hosts, base_url=URL, debug=debug)


@pytest.mark.parametrize("address", ["", "http://desk.example.org", "http://127.0.0.1:8000"])
def test_production_knows_the_address_that_every_document_will_hold(address):
    with pytest.raises(ImproperlyConfigured, match="ASSAY_BASE_URL"):
        refuse_unsafe("production", SECRET, HOSTS, base_url=address, debug=False)
