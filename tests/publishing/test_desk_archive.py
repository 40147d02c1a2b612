"""A whole desk leaves as one file and stands again elsewhere, the same to the last byte."""

import io
import json
import re
import threading

import pytest
from django.core import mail
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from claims.kinds import Status
from claims.models import Claim
from publishing.chain import Link, find_faults
from publishing.desk_archive import contents, declared, outgoing
from publishing.desk_archive.contents import TABLES
from publishing.desk_archive.errors import ArchiveError, DeskNotEmpty, FilesLost
from publishing.desk_archive.incoming import import_desk
from publishing.desk_archive.outgoing import export_desk
from publishing.models import Publication
from reviews.models import Comment, Scale
from reviews.services import add_comment
from sources.archive import files
from tests.conftest import renew_clone
from tests.factories import PASSWORD, make_published_claim, make_reviewed_claim, make_user
from tests.publishing import whole_desk
from tests.publishing.forging import read_members

TRANSACTION = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def archive(django_db_setup, django_db_blocker, tmp_path_factory):
    """The export of a whole desk, whose database and files are gone by now."""
    folder = tmp_path_factory.mktemp("old")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder / "files"):
        whole_desk.fill()
        export_desk(folder / "desk.tar")
        renew_clone()
    return folder / "desk.tar"


@pytest.fixture(autouse=True)
def new_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


# The declaration


def test_every_table_and_column_is_declared():
    assert not list(declared.find_gaps())


def undeclared(monkeypatch, tables=TABLES, left_out=contents.LEFT_OUT):
    monkeypatch.setattr(declared, "TABLES", tables)
    monkeypatch.setattr(declared, "LEFT_OUT", left_out)


def test_a_table_that_nobody_declared_is_named_with_what_to_do(monkeypatch):
    undeclared(monkeypatch, tables=[table for table in TABLES if table.name != "claims.Span"])
    (first, *_) = declared.find_gaps()
    assert first.startswith("claims.Span is a new table. In publishing/desk_archive/contents.py, ")


def test_a_column_that_nobody_declared_is_named_with_what_to_do(monkeypatch):
    undeclared(
        monkeypatch, tables=[contents.Table("accounts.User", TABLES[0].columns), *TABLES[1:]]
    )
    (gap,) = declared.find_gaps()
    assert gap.startswith("accounts.User.password is a new column. ")
    assert "if it is a secret, add it to `instead`" in gap


def test_what_is_declared_and_gone_is_named(monkeypatch):
    undeclared(monkeypatch, left_out=contents.LEFT_OUT | {"claims.Gone": "…"})
    assert list(declared.find_gaps()) == [
        "claims.Gone is no table any more. Take it off publishing/desk_archive/contents.py."
    ]


def test_the_checks_of_django_tell_of_a_gap(monkeypatch):
    undeclared(monkeypatch, tables=[table for table in TABLES if table.name != "claims.Span"])
    assert {message.id for message in run_checks()} == {"publishing.E001"}


@TRANSACTION
def test_nothing_is_exported_before_it_is_settled_what_goes(monkeypatch, tmp_path):
    monkeypatch.setattr(outgoing, "find_gaps", lambda: ["claims.New is a new table."])
    with pytest.raises(ArchiveError, match=r"claims\.New is a new table"):
        export_desk(tmp_path / "desk.tar")
    assert not list(tmp_path.glob("desk*"))


# What is in it


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_desk_of_these_tests_has_a_row_of_everything(archive, table):
    assert read_members(archive)[table.member].count(b"\n") > 0


@pytest.mark.parametrize("secret", [whole_desk.SECRET, "md5$", '"password"', "token"])
def test_no_secret_is_in_an_archive(archive, secret):
    rows = b"".join(c for name, c in read_members(archive).items() if name.startswith("rows/"))
    assert secret.encode() not in rows


def test_a_line_is_canonical_json(archive):
    line = read_members(archive)["rows/claims.Claim.ndjson"].splitlines()[0]
    row = json.loads(line)
    assert (
        json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() == line
    )


def test_a_time_has_its_microseconds(archive):
    assert (
        b'"finished_at":"1999-12-31T23:59:59.999999Z"'
        in read_members(archive)["rows/articles.Import.ndjson"]
    )


def test_every_kept_file_is_in_it_under_the_hash_of_its_bytes(archive):
    kept = {n: c for n, c in read_members(archive).items() if n.startswith("files/")}
    assert len(kept) > 5
    assert all(files.sha256_of(content) == files.hash_in(name) for name, content in kept.items())


def test_only_its_owner_may_read_it(archive):
    assert archive.stat().st_mode & 0o777 == 0o600


# There and back


@TRANSACTION
def test_an_imported_desk_exports_to_the_same_bytes(archive, tmp_path):
    import_desk(archive)
    export_desk(tmp_path / "again.tar")
    assert (tmp_path / "again.tar").read_bytes() == archive.read_bytes()


@TRANSACTION
def test_an_empty_desk_goes_too(tmp_path):
    export_desk(tmp_path / "empty.tar")
    import_desk(tmp_path / "empty.tar")
    export_desk(tmp_path / "again.tar")
    assert (tmp_path / "again.tar").read_bytes() == (tmp_path / "empty.tar").read_bytes()


@pytest.mark.django_db
class TestTheNewDesk:
    @pytest.fixture(autouse=True)
    def imported(self, archive):
        return import_desk(archive)

    def test_has_every_kept_file(self):
        call_command("check_copies", stdout=io.StringIO())

    def test_finds_claims_by_their_words(self):
        claim = Claim.objects.first()
        assert claim in Claim.objects.search(claim.statement)

    def test_has_no_password_that_works(self):
        assert not any(user.has_usable_password() for user in User.objects.all())

    def test_lets_people_choose_a_new_password_by_e_mail(self, client):
        client.post(reverse("account_reset_password"), {"email": "editor@example.org"})
        link = re.search(r"http\S+", mail.outbox[0].body).group()
        page = client.get(link, follow=True)
        words = {"password1": PASSWORD, "password2": PASSWORD}
        client.post(page.redirect_chain[-1][0], words)
        assert User.objects.get(email="editor@example.org").check_password(PASSWORD)

    def test_goes_on_publishing_on_the_same_chain(self):
        before = Publication.objects.count()
        make_published_claim()
        rows = Publication.objects.order_by("seq").values_list(
            "seq", "document", "sha256", "previous_sha256"
        )
        assert [list(find_faults(Link(*row) for row in rows)), len(rows)] == [[], before + 1]

    def test_lets_reviewers_work_on_claims_that_came_along(self):
        scale = Scale.objects.get(is_house=True)
        assert scale.ratings.exists()
        assert make_reviewed_claim("true", "true").status == Status.DECIDED

    def test_goes_on_counting_where_the_old_one_was(self):
        editor = User.objects.get(email="editor@example.org")
        comment = Comment.objects.exclude(mentions=editor).first() or Comment.objects.first()
        comment.mentions.add(make_user())
        numbers = [row.pk for row in Comment.mentions.through.objects.all()]
        assert len(numbers) == len(set(numbers)) > 1

    def test_has_a_job_for_all_that_waits(self, imported):
        names = ProcrastinateJob.objects.values_list("task_name", flat=True)
        assert {name.rpartition(".")[2] for name in names} == {
            "import_article",
            "bring_in_checks",
            "detect_claims",
            "capture_source",
        }
        assert imported.waiting == len(names)


# While people work


@TRANSACTION
def test_an_export_is_of_one_moment(tmp_path):
    claim = make_published_claim()
    author = make_user()

    def say_something():
        add_comment(actor=author, claim=claim, text="said while it was exported")
        connection.close()

    def told(name, size):
        if name == TABLES[0].name:
            other = threading.Thread(target=say_something)
            other.start()
            other.join()

    export_desk(tmp_path / "desk.tar", told=told)
    assert Comment.objects.filter(text__startswith="said while").exists()
    assert b"said while" not in (tmp_path / "desk.tar").read_bytes()


@TRANSACTION
def test_a_full_disk_leaves_nothing_behind_and_the_desk_at_work(tmp_path):
    def told(name, size):
        raise OSError("No space left on device")

    make_published_claim()
    with pytest.raises(OSError, match="No space left"):
        export_desk(tmp_path / "desk.tar", told=told)
    assert not list(tmp_path.glob("desk*"))
    assert Comment.objects.count() == 0


# Files that are lost


@TRANSACTION
class TestALostFile:
    @pytest.fixture
    def lost(self, new_files):
        make_published_claim()
        path = next(path for path in new_files.rglob("*") if path.is_file())
        path.unlink()
        return path.name

    def test_stops_an_export_and_is_named(self, lost, tmp_path):
        with pytest.raises(FilesLost, match=lost):
            export_desk(tmp_path / "desk.tar")
        assert not list(tmp_path.glob("desk*"))

    def test_may_stay_behind_by_name(self, lost, tmp_path):
        manifest = export_desk(tmp_path / "desk.tar", without_lost=True)
        renew_clone()
        import_desk(tmp_path / "desk.tar")
        export_desk(tmp_path / "again.tar", without_lost=True)
        assert [files.hash_in(name) for name in manifest.files.lost] == [lost]
        assert (tmp_path / "again.tar").read_bytes() == (tmp_path / "desk.tar").read_bytes()


@TRANSACTION
def test_a_damaged_file_counts_as_lost(new_files, tmp_path):
    make_published_claim()
    path = next(path for path in new_files.rglob("*") if path.is_file())
    path.write_bytes(b"something else, and longer than what was there before by far")
    with pytest.raises(FilesLost, match=path.name):
        export_desk(tmp_path / "desk.tar")


# Only into an empty desk


@pytest.mark.django_db
class TestADeskThatIsNotEmpty:
    def test_is_left_alone_and_told_what_it_has(self, archive):
        make_published_claim()
        with pytest.raises(DeskNotEmpty, match=r"1 article, 1 version, .*1 publication"):
            import_desk(archive)

    def test_may_have_no_person(self, archive):
        make_user()
        with pytest.raises(DeskNotEmpty, match="it has 1 user"):
            import_desk(archive)

    def test_may_have_no_scale_of_its_own(self, archive):
        Scale.objects.create(slug="mine", name="Mine")
        with pytest.raises(DeskNotEmpty, match="it has 1 scale"):
            import_desk(archive)


@TRANSACTION
def test_somebody_who_is_writing_is_not_waited_for_long(archive, monkeypatch):
    from publishing.desk_archive import emptiness

    monkeypatch.setattr(emptiness, "PATIENCE", "50ms")
    began, done = threading.Event(), threading.Event()

    def write():
        from django.db import transaction

        with transaction.atomic():
            make_user()
            began.set()
            done.wait(60)
            transaction.set_rollback(True)
        connection.close()

    other = threading.Thread(target=write)
    other.start()
    began.wait(60)
    try:
        with pytest.raises(ArchiveError, match="Somebody is at work in this desk"):
            import_desk(archive)
    finally:
        done.set()
        other.join()


# The commands


def run(name, *arguments):
    printed, complained = io.StringIO(), io.StringIO()
    call_command(name, *map(str, arguments), stdout=printed, stderr=complained)
    return printed.getvalue()


@TRANSACTION
def test_the_commands_say_what_they_did(archive, tmp_path):
    assert re.search(r"kept files came in, equal to the export", run("import_desk", archive))
    assert re.search(
        r"^[\d,]+ rows and \d+ kept files are in ", run("export_desk", tmp_path / "a.tar")
    )


@TRANSACTION
def test_a_file_that_is_there_is_not_written_over(tmp_path):
    (tmp_path / "desk.tar").write_text("precious")
    with pytest.raises(CommandError, match=r"is there already\. Name another file"):
        run("export_desk", tmp_path / "desk.tar")
    assert (tmp_path / "desk.tar").read_text() == "precious"


@TRANSACTION
@pytest.mark.parametrize("name", ["export_desk", "import_desk"])
def test_a_folder_that_is_not_there_is_said_in_words(name, tmp_path):
    with pytest.raises(CommandError, match="No such file or directory"):
        run(name, tmp_path / "nowhere" / "desk.tar")
