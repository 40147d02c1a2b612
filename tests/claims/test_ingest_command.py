"""`manage.py ingest PATH|-`: what it prints, and how it refuses."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.document import BlockKind
from articles.models import Article
from audit.models import Event
from claims.models import Claim, DetectionRun
from tests.factories import TEXT, make_article

pytestmark = pytest.mark.django_db
ARTICLE = TEXT.encode()
SEED = Path("../shared/seed/article.txt")


@pytest.fixture
def article_file(tmp_path):
    """Writes an article to a file and says where."""

    def write(content=b"", name="article.txt"):
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return write


def ingest(*args, **options):
    """What the command writes to standard output and to standard error."""
    out, err = io.StringIO(), io.StringIO()
    call_command("ingest", *args, **options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def ingest_json(*args, **options):
    return json.loads(ingest(*args, json=True, **options)[0])


class TestJson:
    def test_has_everything_that_is_known_of_the_article(self, article_file):
        found = ingest_json(
            article_file(ARTICLE),
            url="HTTPS://Port.example:443/opens?utm_source=x#top",
            publisher="The Port Gazette",
            published="2026-03-01",
        )
        assert set(found) == {
            "id", "title", "url", "publisher", "published_at", "language", "version", "sha256", "text",
            "blocks", "detection", "claims",
        }  # fmt: skip
        assert found["title"] == "Harbour opens after two years of works"
        assert found["url"] == "https://port.example/opens"
        assert found["published_at"] == "2026-03-01T00:00:00+00:00"
        assert (found["version"], found["text"]) == (1, TEXT)

    def test_has_blocks_whose_offsets_cut_their_words_from_the_text(self, article_file):
        found = ingest_json(article_file("😀 שלום\n\nThe mill burnt on Friday.\n".encode()))
        assert [block["kind"] for block in found["blocks"]] == [
            BlockKind.HEADLINE,
            BlockKind.PARAGRAPH,
        ]
        assert all(b["text"] == found["text"][b["start"] : b["end"]] for b in found["blocks"])

    def test_has_claims_whose_spans_cut_their_quotes_from_the_text(self, article_file):
        found = ingest_json(article_file(ARTICLE))
        spans = [span for claim in found["claims"] for span in claim["spans"]]
        assert spans
        assert all(s["quote"] == found["text"][s["start"] : s["end"]] for s in spans)

    def test_has_attributions_that_are_claims_of_it_too(self, article_file):
        found = ingest_json(article_file(ARTICLE))
        ids = {claim["id"] for claim in found["claims"]}
        said = {claim["attribution"] for claim in found["claims"]} - {None}
        assert said
        assert said < ids

    def test_has_the_run_of_the_engine(self, article_file):
        (run,) = ingest_json(article_file(ARTICLE))["detection"]
        assert (run["engine"], run["state"]) == (settings.ASSAY_DETECTION_ENGINE, "done")
        assert run["found"] > 0

    def test_is_the_same_for_the_same_text(self, article_file):
        def told(found):
            return [(c["statement"], c["kind"], c["worth"], c["spans"]) for c in found["claims"]]

        one, two = (ingest_json(article_file(ARTICLE, name)) for name in ("one.txt", "two.txt"))
        assert told(one) == told(two)


def test_without_json_it_says_how_many_claims_and_where(article_file):
    out, err = ingest(article_file(ARTICLE))
    article = Article.objects.get()
    assert f"{DetectionRun.objects.get().found} claims suggested" in out
    assert f"{settings.ASSAY_BASE_URL}/desk/articles/{article.pk}/" in out
    assert err == ""


def test_a_dash_reads_standard_input(monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO(TEXT.encode("utf-16")))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert ingest_json("-")["text"] == TEXT


def test_the_change_is_in_the_history_as_the_desks_own(article_file):
    ingest(article_file(ARTICLE))
    assert set(Event.objects.values_list("verb", "actor")) == {
        ("article.added", None), ("version.added", None),
        ("detection.queued", None), ("detection.done", None),
    }  # fmt: skip


class TestTheSameAddressAgain:
    def test_gives_the_article_that_is_here_and_says_so(self, article_file):
        first = ingest_json(article_file(ARTICLE), url="https://port.example/opens")
        other = article_file(b"Another headline\n\nAnother text of some words.\n", "other.txt")
        out, err = ingest(other, url="https://PORT.example/opens#again", json=True)
        assert json.loads(out) == first
        assert "Not brought in again: “Harbour opens" in err

    def test_makes_no_claims_twice(self, article_file):
        for _ in range(2):
            ingest(article_file(ARTICLE), url="https://port.example/opens")
        assert Claim.objects.count() == len(set(Claim.objects.values_list("statement", "kind")))

    def test_looks_for_the_claims_of_an_article_that_nobody_has_read(self, article_file):
        make_article(url="https://port.example/opens")
        assert ingest_json(article_file(ARTICLE), url="https://port.example/opens")["claims"]

    def test_looks_again_where_the_engine_failed(self, article_file, settings):
        engines = settings.ASSAY_DETECTION_ENGINES
        name = settings.ASSAY_DETECTION_ENGINE
        settings.ASSAY_DETECTION_ENGINES = {name: f"{__name__}.Failing"}
        with pytest.raises(
            CommandError, match="is in, but detection failed: ValueError: no battery"
        ):
            ingest(article_file(ARTICLE), url="https://port.example/opens")
        settings.ASSAY_DETECTION_ENGINES = engines
        assert ingest_json(article_file(ARTICLE), url="https://port.example/opens")["claims"]


class Failing:
    name, version, languages = "rules", "0", frozenset()

    def detect(self, document):
        raise ValueError("no battery")


REFUSED = [
    (b"", {}, "no words in this text"),
    (b" \n\t\x00 ", {}, "no words in this text"),
    (b"%PDF-1.4 ...", {}, "This PDF is broken"),
    (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, {}, "PNG picture"),
    (bytes(range(256)) * 20, {}, "binary data"),
    (b"word " * 500_000, {}, "too large"),
    (b"word " * 4_000_000, {}, "too large"),
    (ARTICLE, {"url": "port.example"}, "--url: .* is not an address"),
    (ARTICLE, {"url": "javascript:alert(1)"}, "--url: .* is not an address"),
    (ARTICLE, {"url": "https://a:b@port.example"}, "--url: .*user name or password"),
    (ARTICLE, {"url": f"https://port.example/{'x' * 2000}"}, "--url: .*2000"),
    (ARTICLE, {"publisher": "x" * 201}, "--publisher: .*200"),
    (ARTICLE, {"published": "yesterday"}, "--published yesterday is not a date"),
    (ARTICLE, {"published": "2026-02-30"}, "is not a date"),
    (ARTICLE, {"published": "2026-03-01T25:00"}, "is not a date"),
]


@pytest.mark.parametrize(
    ("content", "options", "words"), REFUSED, ids=lambda value: repr(value)[:30]
)
def test_what_is_no_article_is_refused_and_nothing_is_written(
    article_file, content, options, words
):
    with pytest.raises(CommandError, match=words):
        ingest(article_file(content), **options)
    assert not Article.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("no/such/file.txt", "No such file"),
        (".", "Is a directory"),
        ("a\x00b", "not the name of a file"),
    ],
)
def test_what_is_no_file_is_refused(path, words):
    with pytest.raises(CommandError, match=words):
        ingest(path)


def test_an_endless_file_is_refused_and_not_read():
    with pytest.raises(CommandError, match="too large"):
        ingest("/dev/zero")


def test_arguments_that_are_no_text_are_marked(article_file):
    found = ingest_json(article_file(ARTICLE), publisher="Caf\udce9")
    assert found["publisher"] == "Caf\ufffd"


def test_on_a_command_line_a_refusal_is_one_line_and_the_exit_code_1(tmp_path):
    """A process of its own: no traceback, nothing on standard output."""
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    done = subprocess.run(
        [sys.executable, "manage.py", "ingest", str(empty), "--json"],
        capture_output=True,
        text=True,
        env={**os.environ, "ASSAY_DEBUG": "0"},
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "CommandError: There are no words in this text. Paste the article, or choose another file.\n"
    )


@pytest.mark.skipif(not SEED.exists(), reason=f"{SEED} is not here")
class TestTheSeedArticle:
    @pytest.fixture
    def found(self):
        return ingest_json(str(SEED))

    def test_is_read_as_it_is_laid_out(self, found):
        kinds = [block["kind"] for block in found["blocks"]]
        counted = {
            kind: kinds.count(kind)
            for kind in ("headline", "standfirst", "heading", "caption", "furniture")
        }
        assert counted == {
            "headline": 1,
            "standfirst": 1,
            "heading": 2,
            "caption": 2,
            "furniture": 2,
        }

    def test_has_no_claim_on_a_heading_or_furniture(self, found):
        closed = [
            b
            for b in found["blocks"]
            if b["kind"] in {"headline", "heading", "furniture", "caption"}
        ]
        spans = [span for claim in found["claims"] for span in claim["spans"]]
        assert not [
            (s, b) for s in spans for b in closed if s["start"] < b["end"] and s["end"] > b["start"]
        ]

    def test_has_a_claim_on_the_switch_of_recognition(self, found):
        quotes = [" ".join(s["quote"] for s in claim["spans"]) for claim in found["claims"]]
        assert [quote for quote in quotes if "1979" in quote and "recognition" in quote]

    def test_has_both_questions_about_what_officials_said(self, found):
        claims = {claim["id"]: claim for claim in found["claims"]}
        (lashed,) = [
            claim
            for claim in claims.values()
            if claim["claimant"] == "American officials"
            and any("lashed out" in span["quote"] for span in claim["spans"])
        ]
        assert claims[lashed["attribution"]]["kind"] == "quotation"
