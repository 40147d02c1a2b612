"""Archives that are damaged, cut off, of another version, or made up: each is refused in words, and nothing changes."""

import gzip
import io
import random
import re
import tarfile

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from publishing.desk_archive import checking, members
from publishing.desk_archive.contents import TABLES
from publishing.desk_archive.errors import ArchiveError, BadArchive, OtherVersion
from publishing.desk_archive.incoming import import_desk
from publishing.desk_archive.manifest import MEMBER, SEAL
from publishing.desk_archive.outgoing import export_desk
from tests.conftest import renew_clone
from tests.factories import make_published_claim
from tests.publishing.forging import Forgery, as_bytes, read_members, seal, write_members

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def archive(django_db_setup, django_db_blocker, tmp_path_factory):
    """The export of a small desk that is gone by now."""
    folder = tmp_path_factory.mktemp("old")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder / "files"):
        make_published_claim()
        export_desk(folder / "desk.tar")
        renew_clone()
    return folder / "desk.tar"


@pytest.fixture(autouse=True)
def new_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def count():
    return {table.name: table.model._default_manager.count() for table in TABLES}


def refusal(path, kind=BadArchive):
    """Why it is not imported. Nothing is changed by trying."""
    before = count()
    with pytest.raises(kind) as caught:
        import_desk(path)
    assert count() == before
    return str(caught.value)


# Damage


def check(content):
    checking.check_archive(io.BytesIO(content))


def test_the_archive_of_these_tests_is_good(archive):
    check(archive.read_bytes())


@pytest.mark.parametrize("seed", range(8))
def test_a_byte_that_was_changed_anywhere_is_noticed(archive, seed):
    good, chance = archive.read_bytes(), random.Random(seed)  # noqa: S311 - no secret
    for _ in range(60):
        at = chance.randrange(len(good))
        bad = bytearray(good)
        bad[at] ^= 1 << chance.randrange(8)
        with pytest.raises(ArchiveError):
            check(bytes(bad))


def test_a_byte_that_was_changed_in_a_header_the_manifest_or_the_end_is_noticed(archive):
    good = archive.read_bytes()
    tail = range(len(good) - 2600, len(good), 7)
    for at in [*range(0, 512, 3), *tail]:
        bad = bytearray(good)
        bad[at] ^= 0x21
        with pytest.raises(ArchiveError):
            check(bytes(bad))


def test_an_archive_that_is_cut_off_anywhere_is_noticed(archive):
    good, chance = archive.read_bytes(), random.Random(7)  # noqa: S311 - no secret
    ends = [0, 1, 511, 512, len(good) - 1, len(good) - 512, len(good) - 1024]
    for end in [*ends, *(chance.randrange(len(good)) for _ in range(100))]:
        with pytest.raises(BadArchive):
            check(good[:end])


@pytest.mark.parametrize("tail", [b"\0", b"x" * 512, bytes(1024)])
def test_an_archive_that_goes_on_after_its_end_is_noticed(archive, tail):
    with pytest.raises(BadArchive, match="goes on after its end"):
        check(archive.read_bytes() + tail)


NO_ARCHIVES = {
    "empty": b"",
    "words": b"This is no archive. " * 100,
    "zeros": bytes(4096),
    "zip": b"PK\x03\x04" + bytes(2000),
    "packed": gzip.compress(bytes(10_000_000)),
}


@pytest.mark.parametrize("content", NO_ARCHIVES.values(), ids=NO_ARCHIVES)
def test_what_is_no_archive_is_refused(content, tmp_path):
    (tmp_path / "desk.tar").write_bytes(content)
    assert "archive" in refusal(tmp_path / "desk.tar")


def header(name, size=0, **fields):
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    for key, value in fields.items():
        setattr(info, key, value)
    return info.tobuf(tarfile.GNU_FORMAT)


TRICKS = {
    "size beyond the end": header("rows/accounts.User.ndjson", 10**15),
    "negative size": header("rows/accounts.User.ndjson", -5),
    "symbolic link": header("files/x", type=tarfile.SYMTYPE, linkname="/etc/passwd"),
    "device": header("files/x", type=tarfile.CHRTYPE),
    "sparse": header("files/x", type=tarfile.GNUTYPE_SPARSE),
    "long name": header("x" * 300),
    "other time": header("files/x", mtime=5),
    "other owner": header("files/x", uname="root"),
}


@pytest.mark.parametrize("trick", TRICKS.values(), ids=TRICKS)
def test_tricks_of_tar_are_no_archive(trick, tmp_path):
    (tmp_path / "desk.tar").write_bytes(trick + bytes(1024))
    assert refusal(tmp_path / "desk.tar")


# Members


NAMES = ["../../etc/passwd", "/etc/passwd", "files/../x", "files/snapshots/ab/../../x", "README"]


@pytest.mark.parametrize("name", NAMES)
def test_a_member_that_leads_elsewhere_is_refused(archive, tmp_path, name):
    forged = Forgery(archive)
    forged.add_file(b"mine", name)
    assert f"{name} does not belong into the archive" in refusal(
        forged.write(tmp_path / "desk.tar")
    )


def test_a_file_that_is_not_what_its_hash_says_is_refused(archive, tmp_path):
    forged = Forgery(archive)
    name = forged.files[0]
    forged.members[name] = b"other words"
    assert f"{name} was altered" in refusal(forged.write(tmp_path / "desk.tar"))


def test_a_file_that_no_row_points_at_is_refused(archive, tmp_path):
    forged = Forgery(archive)
    forged.add_file(b"smuggled")
    assert "no row points at it" in refusal(forged.write(tmp_path / "desk.tar"))


def test_a_file_that_a_row_points_at_and_is_not_there_is_refused(archive, tmp_path):
    forged = Forgery(archive)
    del forged.members[forged.files[0]]
    assert "which the archive does not have" in refusal(forged.write(tmp_path / "desk.tar"))


def test_a_row_that_points_at_a_file_elsewhere_is_refused(archive, tmp_path):
    forged = Forgery(archive)
    forged.change_first("sources.Snapshot", warc="../../../etc/passwd")
    assert "../../../etc/passwd, which the archive does not" in refusal(
        forged.write(tmp_path / "desk.tar")
    )


def test_a_lost_file_elsewhere_is_refused(archive, tmp_path):
    forged = Forgery(archive)
    forged.manifest["files"]["lost"] = ["../../../etc/passwd"]
    assert "manifest is not one" in refusal(forged.write(tmp_path / "desk.tar"))


def test_a_member_that_is_there_twice_is_refused(archive, tmp_path):
    kept = list(read_members(archive).items())
    write_members(tmp_path / "desk.tar", [kept[0], *kept])
    assert "should come next" in refusal(tmp_path / "desk.tar")


def test_a_table_that_is_missing_is_refused(archive, tmp_path):
    kept = [item for item in read_members(archive).items() if "claims.Span." not in item[0]]
    write_members(tmp_path / "desk.tar", kept)
    assert "rows/claims.Span.ndjson should come next" in refusal(tmp_path / "desk.tar")


# The manifest


def with_manifest(archive, path, content):
    kept = [item for item in read_members(archive).items() if item[0] not in {MEMBER, SEAL}]
    return write_members(path, [*kept, *seal(content)])


MANIFESTS = {
    "no JSON": b"{",
    "deep": b"[" * 100_000,
    "another thing": b'{"archive": "a zoo"}',
    "no format": b'{"archive": "assay-desk"}',
    "empty": b"",
    "not UTF-8": b'{"archive": "\xff"}',
}


@pytest.mark.parametrize("content", MANIFESTS.values(), ids=MANIFESTS)
def test_a_manifest_that_is_none_is_refused(archive, tmp_path, content):
    assert refusal(with_manifest(archive, tmp_path / "desk.tar", content))


def changed(archive, **values):
    return Forgery(archive).manifest | values


WRONG = [
    {"tables": None},
    {"tables": []},
    {"tables": [{"name": "claims.Claim"}]},
    {"tables": [5]},
    {"files": []},
    {"files": {"count": -1, "size": 0, "lost": []}},
    {"files": {"count": True, "size": 0, "lost": []}},
    {"files": {"count": 0, "size": 0, "lost": 5}},
    {"assay": 5},
    {"more": "than there is"},
]


@pytest.mark.parametrize("values", WRONG, ids=str)
def test_a_manifest_of_wrong_types_is_refused(archive, tmp_path, values):
    content = as_bytes(changed(archive, **values))
    assert "manifest" in refusal(with_manifest(archive, tmp_path / "desk.tar", content))


@pytest.mark.parametrize("key", ["rows", "size", "sha256"])
def test_a_manifest_that_lies_about_a_table_is_refused(archive, tmp_path, key):
    manifest = changed(archive)
    entry = next(entry for entry in manifest["tables"] if entry["name"] == "claims.Claim")
    entry[key] = "0" * 64 if key == "sha256" else entry[key] + 1
    path = with_manifest(archive, tmp_path / "desk.tar", as_bytes(manifest))
    assert "rows/claims.Claim.ndjson" in refusal(path)


def test_a_manifest_that_lies_about_the_files_is_refused(archive, tmp_path):
    manifest = changed(archive)
    manifest["files"]["count"] += 1
    path = with_manifest(archive, tmp_path / "desk.tar", as_bytes(manifest))
    assert "kept files" in refusal(path)


VERSIONS = [
    ({"format": 2, "assay": "9.1"}, "Assay 9.1 made this archive, in a newer format. Update Assay"),
    ({"format": 2, "tables": "of another kind"}, "newer format"),
    ({"migrations": {"claims": "0999_future"}, "assay": "9.1"}, "A newer Assay 9.1 made this"),
    ({"migrations": {"claims": "0001_initial"}, "assay": "0.0"}, "An older Assay 0.0 made this"),
    ({"migrations": ["strange"]}, "A newer Assay"),
    ({"migrations": {"claims": ["0001_initial"]}}, "A newer Assay"),
]


@pytest.mark.parametrize(("values", "words"), VERSIONS, ids=lambda value: str(value)[:30])
def test_an_archive_of_another_version_is_refused_in_words(archive, tmp_path, values, words):
    path = with_manifest(archive, tmp_path / "desk.tar", as_bytes(changed(archive, **values)))
    assert words in refusal(path, OtherVersion)


# Rows


ROWS = {
    "wrong type": ({"review_round": "1"}, "line 1: “review_round” is not a whole number"),
    "true for a number": ({"review_round": True}, "“review_round” is not a whole number"),
    "number for text": ({"statement": 5}, "“statement” is not text"),
    "object for text": ({"statement": {}}, "“statement” is not text"),
    "number out of range": ({"review_round": 2**40}, "out of range"),
    "no number": ({"worth": "NaN"}, "“worth” is not a number"),
    "no time": ({"created_at": "when it rained"}, "invalid input syntax for type timestamp"),
    "a time in other words": ({"created_at": "yesterday"}, "does not give out as they came in"),
    "no JSON": ({"reasons": "[1,"}, "invalid input syntax for type json"),
    "deep JSON": ({"reasons": "[" * 100_000}, "stack depth limit|nested too deeply|invalid input"),
    "no UUID": ({"id": "5"}, "invalid input syntax for type uuid"),
    "nothing where something must be": ({"statement": None}, "null value"),
    "a rule of the table": ({"statement": ""}, "claim_has_statement"),
    "a status nobody knows": ({"status": "sold"}, "claim_status_known"),
    "too long": ({"status": "x" * 11}, "too long"),
    "nobody": ({"added_by_id": "01900000-0000-7000-8000-000000000000"}, "do not fit together"),
    "NUL": ({"statement": "a\0b"}, "NUL"),
    "no list": ({"tags": "works"}, "“tags” is not a list of texts"),
    "a list of numbers": ({"tags": [5]}, "does not give out as they came in"),
    "a list of lists": ({"tags": [["a"], ["b", "c"]]}, "does not fit"),
    "a list of objects": ({"tags": [{}]}, "does not fit"),
    "a mixed list": ({"tags": ["a", 5]}, "does not fit|does not give out"),
    "unknown column": ({"is_admin": True}, "unknown column is_admin"),
}


@pytest.mark.parametrize(("values", "words"), ROWS.values(), ids=ROWS)
def test_a_row_that_does_not_fit_is_refused(archive, tmp_path, values, words):
    forged = Forgery(archive)
    forged.change_first("claims.Claim", **values)
    said = refusal(forged.write(tmp_path / "desk.tar"))
    assert re.search(words, said), said


LINES = {
    "no JSON": (b"{\n", "line 1: "),
    "no object": (b"[]\n", "it is no row"),
    "no end": (b'{"id": "5"}', "middle of a line"),
    "empty": (b"\n", "line 1: "),
    "lone surrogate": (b'{"id":"\\ud800"}\n', "line 1: "),
    "not UTF-8": (b'{"id":"\xff"}\n', "line 1: "),
    "a column missing": (b'{"id":"5"}\n', "missing column"),
    "deep": (b"[" * 50_000 + b"\n", "line 1: "),
}


@pytest.mark.parametrize(("content", "words"), LINES.values(), ids=LINES)
def test_a_line_that_is_no_row_is_refused(archive, tmp_path, content, words):
    forged = Forgery(archive)
    forged.put_lines("claims.Claim", content)
    forged.entry("claims.Claim")["rows"] = 1
    said = refusal(forged.write(tmp_path / "desk.tar"))
    assert re.search(words, said), said


def test_bytes_that_are_no_base64_are_refused(archive, tmp_path):
    forged = Forgery(archive)
    forged.change_first("articles.Version", original="no base64!")
    assert "“original”: it is no base64" in refusal(forged.write(tmp_path / "desk.tar"))


def test_rows_in_another_order_are_refused(archive, tmp_path):
    forged = Forgery(archive)
    forged.put("reviews.Rating", list(reversed(forged.rows("reviews.Rating"))))
    assert "does not give out as they came in" in refusal(forged.write(tmp_path / "desk.tar"))


def test_a_line_without_an_end_in_sight_is_not_read_to_the_end(archive, tmp_path, monkeypatch):
    monkeypatch.setattr("publishing.desk_archive.incoming.LONGEST_LINE", 1000)
    forged = Forgery(archive)
    forged.put_lines("claims.Claimant", b"x" * 3_000_000 + b"\n")
    assert "a line of more than 1,000 bytes" in refusal(forged.write(tmp_path / "desk.tar"))


def test_a_line_is_whole_though_it_is_longer_than_what_is_read_at_a_time(monkeypatch):
    monkeypatch.setattr(members, "PORTION", 7)
    content = b"one\ntwo and a half, longer than a portion\n\nthree\n"
    found = members.lines(io.BytesIO(content), members.Member("x", 0, len(content)), 100)
    assert list(found) == content.split(b"\n")[:-1]


# The public record


def test_a_record_that_was_altered_is_refused(archive, tmp_path):
    forged = Forgery(archive)
    document = forged.rows("publishing.Publication")[0]["document"]
    forged.change_first("publishing.Publication", document=document.replace("crowns", "dollars"))
    assert "entry 1: the document does not match its hash" in refusal(
        forged.write(tmp_path / "d.tar")
    )


def test_a_list_of_verdicts_that_says_other_than_the_record_is_refused(archive, tmp_path):
    forged = Forgery(archive)
    forged.change_first("publishing.CurrentVerdict", normalised="refuted")
    assert "does not verify:\n" in refusal(forged.write(tmp_path / "desk.tar"))


# By the command


def test_the_command_says_that_nothing_was_changed(archive, tmp_path):
    (tmp_path / "desk.tar").write_bytes(archive.read_bytes()[:5000])
    with pytest.raises(CommandError, match=r"cut off.*\nNothing was changed"):
        call_command("import_desk", str(tmp_path / "desk.tar"))


@pytest.mark.parametrize("size", [0, 8 * 2**30 - 1, 8 * 2**30, 2**50])
def test_a_member_may_be_larger_than_old_tars_could_say(size):
    found = members._parse(members.header_of("rows/audit.Event.ndjson", size), 0)
    assert found == members.Member("rows/audit.Event.ndjson", 512, size)
