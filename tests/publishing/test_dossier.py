"""A claim's dossier: whole, checkable by itself, and found out when one byte of it is another."""

import io
import json
import subprocess
import sys
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from accounts.roles import Role
from audit.models import Event
from publishing.dossier.pack import write_dossier
from publishing.dossier.service import make_dossier
from publishing.dossier.verify import Folder, Packed, check
from sources.models import OpenQuestion, SourceKind
from tests.factories import make_claim, make_evidence, make_published_claim, make_source, make_user

FILES = [("a.txt", b"One."), ("copies/b.bin", b"\x00\x01" * 300), ("verify.py", b"print('x')\n")]


def packed(files=FILES):
    out = io.BytesIO()
    return out, write_dossier(out, files)


def faults_of(out):
    return check(Packed(out))[2]


class TestPacking:
    def test_the_same_files_give_the_same_bytes(self):
        assert packed()[0].getvalue() == packed()[0].getvalue()

    def test_a_name_that_is_there_already_is_refused(self):
        with pytest.raises(ValueError, match="already"):
            packed([*FILES, FILES[0]])

    def test_a_whole_one_verifies_with_its_seal(self):
        out, sealed = packed()
        assert check(Packed(out), sealed.seal) == (sealed.seal, 3, [])

    def test_another_seal_is_found_out(self):
        assert "the seal is another" in check(Packed(packed()[0]), "0" * 64)[2][0]


def rewritten(out, change):
    """The same dossier with its files changed by `change`, a function from name and content to content or None."""
    copy = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return copy


def flipped(content, at):
    changed = bytearray(content)
    changed[at] ^= 1 << (at % 8)
    return bytes(changed)


class TestTampering:
    def test_any_flipped_byte_of_any_file_is_found(self):
        out, _ = packed()
        contents = {
            name: zipfile.ZipFile(out).read(name) for name in zipfile.ZipFile(out).namelist()
        }
        for wanted, whole in contents.items():
            for at in range(len(whole)):
                spoilt = rewritten(
                    out,
                    lambda name, old, at=at, wanted=wanted: (
                        flipped(old, at) if name == wanted else old
                    ),
                )
                assert faults_of(spoilt), (wanted, at)

    def test_any_bit_of_the_list_of_hashes_counts(self):
        out, _ = packed()
        sums = zipfile.ZipFile(out).read("SHA256SUMS")
        for at in range(len(sums)):
            for bit in range(8):
                other = bytearray(sums)
                other[at] ^= 1 << bit
                spoilt = rewritten(
                    out,
                    lambda name, old, other=other: bytes(other) if name == "SHA256SUMS" else old,
                )
                assert faults_of(spoilt), (at, bit)

    def test_a_missing_file_is_found(self):
        spoilt = rewritten(packed()[0], lambda name, old: None if name == "a.txt" else old)
        assert faults_of(spoilt) == ["a.txt: is missing"]

    def test_an_added_file_is_found(self):
        out, _ = packed()
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("evil.html", "x")
        assert faults_of(out) == ["evil.html: is not in the list"]

    def test_a_cut_zip_is_said_to_be_damaged(self, tmp_path):
        path = tmp_path / "d.zip"
        path.write_bytes(packed()[0].getvalue()[:-40])
        done = run(path)
        assert (done.returncode, "cannot be opened" in done.stderr) == (1, True)


def run(*arguments, script="publishing/dossier/verify.py", cwd=None):
    """The script as anybody runs it: without the project, without packages."""
    command = [sys.executable, "-I", "-S", str(script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


@pytest.mark.django_db
class TestOfAClaim:
    @pytest.fixture(autouse=True)
    def _files(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path / "files"

    @pytest.fixture
    def claim(self):
        claim = make_published_claim()
        return claim

    def made(self, claim, **fields):
        out = io.BytesIO()
        sealed = make_dossier(out, actor=fields.pop("actor", None), claim=claim, **fields)
        return zipfile.ZipFile(out), sealed, out

    def test_it_holds_the_report_the_record_and_the_copies(self, claim):
        archive, sealed, _ = self.made(claim)
        names = archive.namelist()
        assert {
            "README.txt",
            "report.html",
            "claim.json",
            "evidence.json",
            "citations.json",
            "publications.json",
        } <= set(names)
        [copy] = [name for name in names if name.startswith("copies/") and "words" not in name]
        item = claim.evidence.get()
        assert archive.read(copy) == item.snapshot.text.encode()
        assert claim.statement in archive.read("report.html").decode()
        assert json.loads(archive.read("evidence.json"))[0]["quote"] == item.quote
        assert sealed.count == len(names) - 1

    def test_it_verifies_unpacked_by_its_own_script_alone(self, claim, tmp_path):
        archive, sealed, _ = self.made(claim)
        archive.extractall(tmp_path / "d")
        done = run(script="verify.py", cwd=tmp_path / "d")
        assert (done.returncode, done.stderr) == (0, "")
        assert sealed.seal in done.stdout

    def test_a_flipped_byte_of_any_unpacked_file_is_found(self, claim, tmp_path):
        archive, _, _ = self.made(claim)
        archive.extractall(tmp_path / "d")
        for name in archive.namelist():
            path = tmp_path / "d" / name
            whole = path.read_bytes()
            for at in {0, len(whole) // 2, len(whole) - 1}:
                path.write_bytes(flipped(whole, at))
                assert check(Folder(tmp_path / "d"))[2], (name, at)
            path.write_bytes(whole)
        assert check(Folder(tmp_path / "d"))[2] == []

    def test_an_altered_entry_of_the_record_is_found_even_under_new_hashes(self, claim):
        archive, _, _ = self.made(claim)
        files = {name: archive.read(name) for name in archive.namelist() if name != "SHA256SUMS"}
        files["publications.json"] = files["publications.json"].replace(b"It did.", b"It did!")
        out, _ = packed(files.items())
        assert "does not match its hash" in faults_of(out)[0]

    def test_its_seal_is_in_the_history_and_the_desk_knows_its_own(self, claim, tmp_path, capsys):
        _, sealed, out = self.made(claim, actor=make_user(name="Ida"))
        path = tmp_path / "d.zip"
        path.write_bytes(out.getvalue())
        assert Event.objects.get(verb="claim.dossier_made").after["seal"] == sealed.seal
        call_command("verify_dossier", str(path))
        assert "by Ida" in capsys.readouterr().out

    def test_one_from_elsewhere_is_said_to_be(self, tmp_path):
        path = tmp_path / "d.zip"
        path.write_bytes(packed()[0].getvalue())
        with pytest.raises(CommandError, match="has not made it"):
            call_command("verify_dossier", str(path))

    def test_a_withheld_source_is_a_placeholder_in_the_open_edition(self):
        claim = make_claim()
        source = make_source(kind=SourceKind.WITHHELD, title="A clerk", withheld_reason="Safety.")
        make_evidence(claim, source=source)
        everything = contents(self.made(claim)[0])
        assert "A clerk" not in everything
        assert "40 million crowns, the audit says" not in everything
        assert "Safety." in everything
        editor = make_user(Role.EDITOR)
        assert "A clerk" in contents(self.made(claim, actor=editor, is_internal=True)[0])

    def test_what_nobody_has_answered_is_in_the_internal_edition_alone(self, claim):
        OpenQuestion.objects.create(claim=claim, text="Who paid for it?")
        assert "Who paid for it?" not in contents(self.made(claim)[0])
        editor = make_user(Role.EDITOR)
        internal = contents(self.made(claim, actor=editor, is_internal=True)[0])
        assert "Who paid for it?" in internal

    def test_the_internal_edition_cites_withheld_sources_and_the_open_one_does_not(self):
        claim, editor = make_claim(), make_user(Role.EDITOR)
        source = make_source(kind=SourceKind.WITHHELD, title="A clerk", withheld_reason="Safety.")
        make_evidence(claim, source=source)
        titles = [
            json.loads(self.made(claim, **options)[0].read("citations.json"))[0]["title"]
            for options in ({}, {"actor": editor, "is_internal": True})
        ]
        assert titles == ["Withheld source", "A clerk"]

    def test_a_reviewer_has_no_internal_edition(self, claim):
        with pytest.raises(PermissionDenied, match="ask an editor"):
            self.made(claim, actor=make_user(), is_internal=True)

    def test_nobody_is_named_in_the_open_edition(self, claim):
        names = {str(review.reviewer) for review in claim.reviews.all()}
        everything = contents(self.made(claim)[0])
        assert not any(name in everything for name in names)

    def test_a_lost_copy_is_named_and_the_rest_is_there(self, claim, tmp_path):
        snapshot = claim.evidence.get().snapshot
        (tmp_path / "files" / snapshot.content.name).unlink()
        archive, _, out = self.made(claim)
        assert "The file is missing" in archive.read("report.html").decode()
        assert json.loads(archive.read("manifest.json"))["copies"][0]["file"] == "missing"
        assert faults_of(out) == []

    def test_markup_in_what_people_wrote_stays_text(self):
        claim = make_claim()
        make_evidence(claim, note="<script>alert(1)</script>")
        report = self.made(claim)[0].read("report.html").decode()
        assert "<script" not in report

    def test_the_command_writes_one_and_no_second_over_it(self, claim, tmp_path, capsys):
        path = tmp_path / "d.zip"
        call_command("dossier", str(claim.pk), str(path))
        assert "Seal: " in capsys.readouterr().out
        with pytest.raises(CommandError, match="cannot be written"):
            call_command("dossier", str(claim.pk), str(path))


def contents(archive):
    return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
