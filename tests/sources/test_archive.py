"""Keeping bytes, writing WARC, reading copies, showing them inert: without a database."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from fastwarc import ArchiveIterator as OtherReader
from fastwarc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from articles.ingest.base import Hints
from articles.ingest.fetch import Fetched
from sources.archive import files
from sources.archive.reading import Wall, read_copy
from sources.archive.rendering import inert_html
from sources.archive.warc import write_warc

ADDRESS = "https://records.example/minutes?no=4"
AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
WORDS = (
    "The council voted nine to two for the new bridge on the fourth of May, the minutes say. " * 6
)
PAGE = f"""<html lang="en"><head><title>Minutes</title><meta property="og:site_name" content="City">
<meta property="article:published_time" content="2026-02-03T09:00:00Z"></head>
<body><article><h1>Minutes</h1><p>{WORDS}</p></article><aside>Visitors today: 4,711</aside></body></html>"""


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def read(content: bytes, **fields):
    return read_copy(content, max_bytes=50_000_000, **fields)


class Elsewhere(Storage):
    """A storage that has no folder on this machine, as a bucket has none."""

    def __init__(self):
        self.objects = {}

    def _open(self, name, mode="rb"):
        return ContentFile(self.objects[name])

    def _save(self, name, content):
        self.objects[name] = content.read()
        return name

    def exists(self, name):
        return name in self.objects

    def delete(self, name):
        self.objects.pop(name, None)


class TestFiles:
    def test_the_same_bytes_are_one_file_named_by_their_hash(self):
        name = files.keep(b"words", "snapshots")
        assert name == files.keep(b"words", "snapshots")
        assert name.endswith(files.sha256_of(b"words"))
        assert files.read(name) == b"words"

    def test_a_damaged_file_is_seen_and_kept_again(self, tmp_path):
        name = files.keep(b"words", "snapshots")
        (tmp_path / name).write_bytes(b"wor")
        assert files.health_of(name, files.sha256_of(b"words")) is files.Health.DAMAGED
        files.keep(b"words", "snapshots")
        assert files.read(name) == b"words"

    def test_a_full_disk_leaves_no_half_file(self, tmp_path, monkeypatch):
        def full(_handle):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(files.os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            files.keep(b"words", "snapshots")
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    def test_a_storage_elsewhere_keeps_them_as_well(self, settings):
        elsewhere = {"BACKEND": "tests.sources.test_archive.Elsewhere"}
        settings.STORAGES = {**settings.STORAGES, "default": elsewhere}
        name = files.keep(b"words", "snapshots")
        assert name == files.keep(b"words", "snapshots")
        assert (files.read(name), files.health_of(name, files.sha256_of(b"words"))) == (
            b"words",
            "whole",
        )

    def test_a_file_may_come_and_go_in_portions(self):
        name = files.place_of("snapshots", files.sha256_of(b"many words"))
        files.pour(name, iter([b"many ", b"words"]))
        assert b"".join(files.portions(name)) == b"many words"

    def test_a_file_elsewhere_may_come_and_go_in_portions(self, settings):
        elsewhere = {"BACKEND": "tests.sources.test_archive.Elsewhere"}
        settings.STORAGES = {**settings.STORAGES, "default": elsewhere}
        self.test_a_file_may_come_and_go_in_portions()

    def test_bytes_that_are_not_those_of_the_name_are_not_kept(self, tmp_path):
        with pytest.raises(files.FileLost, match="is another"):
            files.pour(files.place_of("snapshots", "0" * 64), iter([b"words"]))
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    def test_a_lost_file_is_said_to_be_lost(self):
        with pytest.raises(files.FileLost, match="lost"):
            files.read(files.place_of("snapshots", "0" * 64))


class TestWarc:
    @pytest.fixture
    def written(self, tmp_path):
        headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("X-Odd", "é"))
        fetched = Fetched(PAGE.encode(), ADDRESS, "text/html", headers=headers)
        path = tmp_path / "one.warc.gz"
        path.write_bytes(write_warc(fetched, AT, "Assay/1.0"))
        return path

    def test_its_own_library_finds_nothing_wrong(self, written):
        options = type("Options", (), {"inputs": [str(written)], "verbose": False})()
        checker = Checker(options)
        checker.process_all()
        assert checker.exit_value == 0

    def test_what_was_answered_is_read_back_with_its_address_and_time(self, written):
        with written.open("rb") as file:
            kinds = {
                record.rec_type: record for record in ArchiveIterator(file) if _consume(record)
            }
        response = kinds["response"]
        assert response.rec_headers["WARC-Target-URI"] == ADDRESS
        assert response.rec_headers["WARC-Date"] == "2026-03-01T12:00:00Z"
        assert set(kinds) == {"warcinfo", "response", "request"}

    def test_another_reader_gets_the_same_page_unpacked(self, written):
        [(body, headers)] = [(one.reader.read(), one.http_headers) for one in other_reader(written)]
        assert body == PAGE.encode()
        assert headers["X-Archive-Orig-Content-Encoding"] == "gzip"

    def test_another_reader_finds_the_digests_right(self, written):
        assert [one.verify_block_digest() for one in other_reader(written, parse_http=False)] == [
            True
        ]


def other_reader(path, **options):
    kind = WarcRecordType.response
    return OtherReader(BytesIO(path.read_bytes()), record_types=kind, **options)


def _consume(record):
    record.body = record.content_stream().read()
    return True


class TestReading:
    def test_the_main_text_comes_first_then_the_rest_of_the_page(self):
        copy = read(PAGE.encode(), hints=Hints(address=ADDRESS))
        assert "nine to two" in copy.main
        assert "4,711" not in copy.main
        assert "4,711" in copy.text

    def test_a_page_tells_its_title_publisher_and_date(self):
        copy = read(PAGE.encode(), hints=Hints(address=ADDRESS))
        assert (copy.title, copy.publisher, str(copy.published_at)) == (
            "Minutes",
            "City",
            "2026-02-03",
        )

    def test_a_short_notice_without_an_article_is_text_all_the_same(self):
        copy = read(
            b"<html><body><table><tr><td>Turnout</td><td>61.4 %</td></tr></table></body></html>"
        )
        assert "61.4 %" in copy.text
        assert not copy.trouble

    @pytest.mark.parametrize("declared", ["text/html", "image/png", ""])
    def test_a_picture_is_a_picture_whatever_the_server_says(self, declared):
        copy = read(b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, declared=declared)
        assert (copy.media_type, copy.text) == ("image/png", "")
        assert "no text" in copy.trouble

    def test_words_that_the_server_calls_a_picture_are_words(self):
        assert "bridge" in read(WORDS.encode(), declared="image/png").text

    def test_a_sign_in_page_is_no_copy(self):
        page = b"<html><body><form>Sign in <input type='password'></form></body></html>"
        with pytest.raises(Wall, match="sign in"):
            read(page)

    def test_an_archive_is_kept_without_text(self):
        copy = read(b"PK\x03\x04" + b"\x00" * 300)
        assert copy.text == ""
        assert copy.trouble


class TestRendering:
    @pytest.mark.parametrize(
        "attack",
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg/onload=alert(1)>",
            "<a href='javascript:alert(1)'>x</a>",
            "<a href='/admin/'>x</a>",
            "<form action=https://evil.example><input name=a></form>",
            "<iframe src=https://evil.example></iframe>",
            "<style>@import 'https://evil.example'</style>",
            "<meta http-equiv=refresh content='0;url=https://evil.example'>",
            "<base href=https://evil.example>",
            "<link rel=stylesheet href=https://evil.example>",
            "<p style='background:url(https://evil.example)'>x</p>",
            "<object data=https://evil.example></object>",
            "<video src=https://evil.example autoplay></video>",
        ],
    )
    def test_nothing_of_a_page_acts(self, attack):
        html = inert_html(f"<p>Before</p>{attack}<p>After</p>")
        assert "evil.example" not in html
        assert "alert" not in html
        assert "href" not in html
        assert "Before" in html
        assert "After" in html

    def test_what_stands_in_the_head_is_not_shown(self):
        assert inert_html("<head><title>Minutes</title></head><body>Words</body>") == "Words"

    def test_words_tables_and_links_stay(self):
        html = inert_html(
            "<h2>T</h2><table><tr><td>1</td></tr></table><a href='https://a.example'>a</a>"
        )
        assert "<h2>T</h2>" in html
        assert "<td>1</td>" in html
        assert 'href="https://a.example"' in html
