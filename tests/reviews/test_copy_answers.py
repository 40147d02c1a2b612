"""How kept files leave the house: as bytes that nothing runs, and pages that run nothing. Without a database."""

import pytest

from reviews.copy_answers import charset_in, download, file_name, shown
from reviews.source_page import Run, in_runs

HOSTILE = b"<script>alert(1)</script>"


def test_a_download_is_bytes_for_the_disk_whatever_they_are():
    response = download(HOSTILE, "ab.html")
    assert response.content == HOSTILE
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="ab.html"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_view_may_load_send_and_run_nothing():
    response = shown("<p>Words</p>")
    policy = response["Content-Security-Policy"].split("; ")
    assert policy == ["default-src 'none'", "style-src 'unsafe-inline'", "sandbox"]
    assert response["X-Frame-Options"] == "DENY"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("media_type", "ending"),
    [
        ("text/html", ".html"),
        ("application/pdf", ".pdf"),
        ("image/svg+xml", ".bin"),
        ("application/x-msdownload", ".bin"),
        ('text/html"; filename="evil.exe', ".bin"),
        ("", ".bin"),
    ],
)
def test_a_file_is_named_by_its_hash_with_an_ending_that_we_know(media_type, ending):
    assert file_name("ab12", media_type) == f"ab12{ending}"


@pytest.mark.parametrize(
    ("headers", "charset"),
    [
        ([["Content-Type", "text/html; charset=windows-1251"]], "windows-1251"),
        ([["X", "y"], ["content-type", 'text/html; charset="utf-8"']], "utf-8"),
        ([["Content-Type", "text/html"]], ""),
        ([], ""),
    ],
)
def test_the_encoding_is_the_one_that_the_server_named(headers, charset):
    assert charset_in(headers) == charset


class TestRuns:
    def test_quoted_words_are_runs_of_their_own(self):
        assert list(in_runs("One two three", [(4, 7)])) == [
            Run("One ", is_quoted=False),
            Run("two", is_quoted=True),
            Run(" three", is_quoted=False),
        ]

    @pytest.mark.parametrize(
        "places",
        [[], [(0, 3), (2, 7)], [(0, 13), (4, 7)], [(-20, -10), (20, 30)], [(-5, 3), (8, 99)]],
    )
    def test_no_word_is_lost_or_told_twice(self, places):
        assert "".join(run.text for run in in_runs("One two three", places)) == "One two three"

    def test_a_text_without_words_has_no_runs(self):
        assert list(in_runs("", [(0, 3)])) == []
