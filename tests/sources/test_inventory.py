"""Kept files that are missing, damaged or pointed at by nothing: found, told, and never a crash."""

import os
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.ingest.fetch_double import FakeFetcher
from sources.archive import files
from sources.captures import CONTENT, WARC, request_capture, run_capture, upload_copy
from tests.factories import make_source, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "https://records.example/minutes"
PAGE = b"<html><body><article><p>%s</p></article></body></html>" % (
    b"The council voted nine to two for the new bridge. " * 9
)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def snapshot():
    source = make_source(url=ADDRESS)
    capture = request_capture(actor=None, source=source)
    return run_capture(capture_id=str(capture.pk), fetcher=FakeFetcher({ADDRESS: PAGE})).snapshot


def check(*options):
    """What the command says: its output, its complaints, and how it ends."""
    out, err = StringIO(), StringIO()
    try:
        call_command("check_copies", *options, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), str(error)
    return out.getvalue(), err.getvalue(), ""


def age(path, days=2):
    moment = time.time() - days * 86_400
    os.utime(path, (moment, moment))


@pytest.mark.usefixtures("snapshot")
def test_whole_files_are_counted():
    assert check() == ("1 copies, 2 files: all whole\n", "", "")


def test_a_desk_without_copies_is_whole():
    assert check() == ("0 copies, 0 files: all whole\n", "", "")


@pytest.mark.parametrize("which", ["content", "warc"])
def test_a_missing_file_is_named_with_its_copy(snapshot, home, which):
    name = getattr(snapshot, which).name
    (home / name).unlink()
    _, said, end = check()
    assert said == f"missing: {name} (copy {snapshot.pk})\n"
    assert end == "1 of 2 kept files are not whole."


@pytest.mark.parametrize("which", ["content", "warc"])
def test_one_flipped_byte_is_damage(snapshot, home, which):
    path = home / getattr(snapshot, which).name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert check()[1].startswith(f"damaged: {getattr(snapshot, which).name}")


def test_a_folder_in_a_files_place_is_damage_and_no_crash(snapshot, home):
    path = home / snapshot.content.name
    path.unlink()
    path.mkdir()
    assert check()[1].startswith("damaged: ")


def test_a_file_that_many_copies_share_is_told_once(snapshot, home):
    for url in ("https://records.example/1", "https://records.example/2"):
        upload_copy(
            actor=make_user(), source=make_source(url=url), content=PAGE, file_name="a.html"
        )
    (home / snapshot.content.name).unlink()
    assert check()[1].count("missing: ") == 1


class TestUnpointed:
    def test_files_that_nothing_points_at_are_listed_and_are_no_fault(self):
        name = files.keep(b"left behind", CONTENT)
        assert check() == (f"unpointed: {name}\n0 copies, 0 files: all whole\n", "", "")

    def test_a_sweep_removes_those_that_are_old(self, home):
        old, new = files.keep(b"old", WARC, ".warc.gz"), files.keep(b"new", CONTENT)
        age(home / old)
        out, _, end = check("--sweep")
        assert (out.splitlines()[:2], end) == ([f"unpointed: {new}", f"removed: {old}"], "")
        assert [(home / old).exists(), (home / new).exists()] == [False, True]

    def test_a_sweep_takes_drafts_that_were_never_finished(self, home):
        draft = home / CONTENT / "ab" / ".writing-x"
        draft.parent.mkdir(parents=True)
        draft.write_bytes(b"hal")
        age(draft)
        check("--sweep")
        assert not draft.exists()

    def test_a_sweep_leaves_what_copies_point_at(self, snapshot, home):
        age(home / snapshot.content.name)
        check("--sweep")
        assert files.read(snapshot.content.name) == PAGE

    def test_a_file_that_is_kept_anew_counts_as_new(self, home):
        name = files.keep(b"words", CONTENT)
        age(home / name)
        files.keep(b"words", CONTENT)
        check("--sweep")
        assert (home / name).exists()


def test_uploading_the_same_bytes_mends_a_lost_file(snapshot, home):
    (home / snapshot.content.name).unlink()
    again = upload_copy(
        actor=make_user(), source=snapshot.source, content=PAGE, file_name="minutes.html"
    )
    assert again == snapshot
    assert check()[2] == ""
