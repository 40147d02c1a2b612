"""Heads and keys: what is signed, with what, and what becomes of publishing where there is no key."""

import base64
import json
import stat
from datetime import timedelta
from io import StringIO

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from audit.models import Event
from publishing.chain import canonical
from publishing.models import Publication, SignedHead, SigningKey
from publishing.proof import heads, keys
from publishing.proof.rotation import rotate_key
from tests.factories import make_published_claim
from tests.publishing.pages import correct

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.ASSAY_HOME = tmp_path
    return tmp_path


@pytest.fixture
def rotate(django_capture_on_commit_callbacks):
    def rotate(**fields):
        with django_capture_on_commit_callbacks(execute=True):
            return rotate_key(**fields)

    return rotate


def files(home):
    return sorted(path.name for path in (home / "signing_keys").glob("*"))


def holds(row):
    return keys.is_signed(row.key.public_key, row.document, row.signature)


def make_seed():
    return base64.b64encode(ed25519.Ed25519PrivateKey.generate().private_bytes_raw()).decode()


def pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


class TestHeads:
    def test_each_entry_is_signed_for_as_it_is_published(self):
        correct(make_published_claim())
        rows = SignedHead.objects.order_by("number")
        assert [(row.number, row.publication_id, holds(row)) for row in rows] == [
            (1, 1, True),
            (2, 2, True),
        ]

    def test_a_head_says_how_far_the_record_goes(self, settings):
        make_published_claim()
        head, entry = SignedHead.objects.get(), Publication.objects.get()
        assert json.loads(head.document) == {
            "type": "assay.head",
            "format": 1,
            "number": 1,
            "seq": 1,
            "sha256": entry.sha256,
            "signed_at": heads.moment(head.signed_at),
            "key": SigningKey.objects.get().fingerprint,
            "desk": {"name": settings.ASSAY_DESK_NAME, "url": settings.ASSAY_BASE_URL},
        }

    def test_what_is_signed_is_canonical(self):
        make_published_claim()
        for text in (SignedHead.objects.get().document, SigningKey.objects.get().statement):
            assert canonical(json.loads(text)) == text

    @pytest.mark.parametrize("model", [SignedHead, SigningKey])
    def test_heads_and_keys_are_append_only(self, model):
        make_published_claim()
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            model.objects.update(signature="")

    def test_a_head_is_not_signed_over_another_past(self, caplog):
        claim = make_published_claim()
        entry, key = Publication.objects.get(), SigningKey.objects.get()
        heads.append_head(key, keys.private_key(key.fingerprint), entry.seq, "0" * 64, 2)
        correct(claim)
        assert (SignedHead.objects.count(), Publication.objects.count()) == (2, 2)
        assert "Head 2 was signed for another record" in caplog.text


class TestSigningAgain:
    def test_what_is_covered_and_fresh_is_left(self):
        make_published_claim()
        assert heads.sign_again() is None

    def test_an_empty_record_is_not_signed(self):
        assert heads.sign_again() is None

    def test_a_day_later_the_same_entry_is_signed_again(self, monkeypatch):
        make_published_claim()
        later = timezone.now() + timedelta(days=1, minutes=1)
        monkeypatch.setattr(heads.timezone, "now", lambda: later)
        again = heads.sign_again()
        assert (again.number, again.publication_id, again.signed_at) == (2, 1, later)

    def test_what_was_published_without_a_key_is_signed_for_later(self, settings):
        settings.ASSAY_SIGNING_KEY = "no key"
        make_published_claim()
        settings.ASSAY_SIGNING_KEY = ""
        assert heads.sign_again().publication_id == 1


class TestKeys:
    def test_the_first_key_is_made_where_it_is_needed_and_is_for_its_owner_alone(self, home):
        make_published_claim()
        assert files(home) == [SigningKey.objects.get().fingerprint]
        file = home / "signing_keys" / files(home)[0]
        assert [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)] == [0o600, 0o700]

    def test_the_private_half_is_not_in_the_database(self, home):
        make_published_claim()
        (path,) = (home / "signing_keys").iterdir()
        rows = [*SigningKey.objects.values(), *SignedHead.objects.values(), *Event.objects.values()]
        assert path.read_text().strip() not in str(rows)

    def test_a_key_that_was_left_by_a_transaction_undone_is_used(self, home):
        left = keys.make_key()
        make_published_claim()
        assert files(home) == [keys.name_of(left)]

    def test_a_key_may_come_as_its_bytes(self, settings, home):
        settings.ASSAY_SIGNING_KEY = make_seed()
        make_published_claim()
        assert holds(SignedHead.objects.get())
        assert not (home / "signing_keys").exists()

    def test_a_key_may_come_as_pem(self, settings):
        settings.ASSAY_SIGNING_KEY = pem(ed25519.Ed25519PrivateKey.generate())
        make_published_claim()
        assert holds(SignedHead.objects.get())

    @pytest.mark.parametrize(
        ("given", "why"),
        [
            ("no key", "neither PEM nor 32 bytes"),
            ("ü", "neither PEM nor 32 bytes"),
            (base64.b64encode(b"short").decode(), "neither PEM nor 32 bytes"),
            ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "neither PEM"),
            (pem(ec.generate_private_key(ec.SECP256R1())), "another kind: Ed25519 is wanted"),
        ],
    )
    def test_with_a_bad_key_publishing_goes_on_and_says_why_it_is_unsigned(
        self, settings, caplog, given, why
    ):
        settings.ASSAY_SIGNING_KEY = given
        make_published_claim()
        assert (Publication.objects.count(), SignedHead.objects.count()) == (1, 0)
        assert why in caplog.text

    def test_where_no_file_can_be_written_publishing_goes_on(self, home, caplog):
        (home / "signing_keys").write_text("in the way")
        make_published_claim()
        assert (Publication.objects.count(), SignedHead.objects.count()) == (1, 0)
        assert "No signing key could be kept" in caplog.text

    def test_production_makes_no_key_by_the_way(self, settings, home, caplog):
        settings.PRODUCTION = True
        make_published_claim()
        assert "run `manage.py rotate_signing_key`" in caplog.text
        assert not (home / "signing_keys").exists()

    def test_a_machine_without_the_desk_s_key_makes_no_other(self, home, caplog):
        claim = make_published_claim()
        (path,) = (home / "signing_keys").iterdir()
        path.unlink()
        correct(claim)
        assert (files(home), SignedHead.objects.count()) == ([], 1)
        assert "is not on this machine" in caplog.text

    def test_another_key_than_the_desk_s_does_not_sign(self, settings, caplog):
        claim = make_published_claim()
        settings.ASSAY_SIGNING_KEY = make_seed()
        correct(claim)
        assert SignedHead.objects.count() == 1
        assert "not the desk's current one" in caplog.text


class TestRotation:
    def test_the_old_key_signs_the_new_one(self, rotate):
        make_published_claim()
        old = SigningKey.objects.get()
        new = rotate()
        assert new.predecessor == old
        assert keys.is_signed(old.public_key, new.statement, new.predecessor_signature)
        assert keys.is_signed(new.public_key, new.statement, new.signature)

    def test_the_old_private_key_is_gone(self, rotate, home):
        make_published_claim()
        new = rotate()
        assert files(home) == [new.fingerprint]

    def test_the_new_key_signs_from_then_on_and_old_heads_stay_valid(self, rotate):
        claim = make_published_claim()
        old, new = SigningKey.objects.get(), rotate()
        correct(claim)
        rows = list(SignedHead.objects.order_by("number"))
        assert [row.key for row in rows] == [old, new, new]
        assert all(map(holds, rows))

    def test_it_is_in_the_history(self, rotate):
        make_published_claim()
        old, new = SigningKey.objects.get(), rotate(reason="Somebody left.")
        event = Event.objects.about(new).get()
        assert (event.verb, event.reason) == ("signingkey.made", "Somebody left.")
        assert event.after == {"fingerprint": new.fingerprint, "previous": old.fingerprint}

    def test_a_desk_without_a_key_gets_its_first(self, rotate, settings, home):
        settings.PRODUCTION = True
        first = rotate()
        assert (files(home), first.predecessor) == ([first.fingerprint], None)

    def test_without_the_old_key_nothing_is_changed(self, rotate, home):
        make_published_claim()
        keys.forget_key(SigningKey.objects.get().fingerprint)
        with pytest.raises(keys.KeyUnavailable, match="is not on this machine"):
            rotate()
        assert (SigningKey.objects.count(), files(home)) == (1, [])

    def test_a_lost_key_is_replaced_and_the_new_one_says_so(self, rotate):
        make_published_claim()
        keys.forget_key(SigningKey.objects.get().fingerprint)
        new = rotate(is_lost=True)
        assert new.predecessor_signature == ""
        assert json.loads(new.statement)["is_previous_lost"] is True

    def test_a_key_of_the_environment_wants_a_file_for_the_next(self, rotate, settings, tmp_path):
        settings.ASSAY_SIGNING_KEY = make_seed()
        claim = make_published_claim()
        with pytest.raises(keys.KeyUnavailable, match="--out"):
            rotate()
        new = rotate(out=tmp_path / "next")
        settings.ASSAY_SIGNING_KEY = (tmp_path / "next").read_text()
        correct(claim)
        assert SignedHead.objects.first().key == new

    def test_no_file_is_written_over(self, rotate, settings, tmp_path):
        settings.ASSAY_SIGNING_KEY = make_seed()
        make_published_claim()
        (tmp_path / "mine").write_text("mine")
        with pytest.raises(keys.KeyUnavailable, match="is there already"):
            rotate(out=tmp_path / "mine")
        assert (tmp_path / "mine").read_text() == "mine"

    def test_a_lost_key_of_the_environment_gives_way_to_the_one_that_is_set_now(
        self, rotate, settings
    ):
        settings.ASSAY_SIGNING_KEY = make_seed()
        make_published_claim()
        settings.ASSAY_SIGNING_KEY = seed = make_seed()
        assert rotate(is_lost=True).fingerprint == keys.name_of(keys.read_key(seed))

    def test_the_command_says_the_new_fingerprint(self, home):
        out = StringIO()
        call_command("rotate_signing_key", stdout=out)
        assert SigningKey.objects.get().fingerprint in out.getvalue()

    def test_the_command_says_what_is_missing(self, settings):
        settings.ASSAY_SIGNING_KEY = "no key"
        with pytest.raises(CommandError, match="ASSAY_SIGNING_KEY cannot be used"):
            call_command("rotate_signing_key")


class TestWhatIsSaid:
    def warnings(self):
        return [w.msg for w in run_checks(databases=["default"]) if w.id == "publishing.W001"]

    def test_the_check_is_silent_where_heads_can_be_signed(self):
        make_published_claim()
        assert self.warnings() == []

    def test_the_check_warns_of_a_bad_key(self, settings):
        settings.ASSAY_SIGNING_KEY = "no key"
        (warning,) = self.warnings()
        assert warning.startswith("Heads are not signed. ASSAY_SIGNING_KEY cannot be used")

    def test_the_check_warns_of_a_lost_key(self):
        make_published_claim()
        keys.forget_key(SigningKey.objects.get().fingerprint)
        assert "is not on this machine" in self.warnings()[0]

    def test_an_unsigned_end_of_the_record_is_told_and_is_no_fault(self, settings, capsys):
        settings.ASSAY_SIGNING_KEY = "no key"
        make_published_claim()
        call_command("verify_publications")
        assert "Entries after 0 are not signed for. ASSAY_SIGNING_KEY" in capsys.readouterr().err
