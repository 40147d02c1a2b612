"""Articles that come in at the desk, good and bad, and words selected in them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.models import Article
from claims.models import Claim
from tests.factories import TEXT, make_article, make_claim
from tests.reviews.forms import at, counts

pytestmark = pytest.mark.django_db
NEW = reverse("reviews:add-article")
QUEUE = reverse("reviews:queue")


def sent_file(content, name="article.txt"):
    return {"file": SimpleUploadedFile(name, content), "language": "en"}


class TestAnArticle:
    @pytest.mark.parametrize(
        "sent",
        [
            {"text": ""},
            {"text": " \n\t\r\n \u00a0 "},
            {"text": "!?… —"},
            {"text": "\ufeff"},
            {"text": "x" * 2_000_001},
            {"text": "Words", "url": "javascript:alert(1)"},
            {"text": "Words", "url": "https://user:secret@example.org/"},
            {"text": "Words", "title": "x" * 501},
            {"text": "Words", "published_at": "yesterday"},
            {"text": "Words", "title": "\x00"},
            {},
        ],
        ids=lambda sent: repr(sent)[:60],
    )
    def test_that_is_none_is_refused_with_the_form_as_it_was(self, desk, unchanged, sent):
        unchanged()
        response = desk.post(NEW, {"language": "en", "publisher": "The Port Gazette", **sent})
        page = response.content.decode()
        assert response.status_code == 400
        assert "error" in page
        assert "The Port Gazette" in page

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "empty"),
            (b" \n\t ", "no words"),
            (b"%PDF-1.7 ...", "PDF"),
            (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"),
            (b"PK\x03\x04" + bytes(200), "broken archive"),
            (bytes(range(256)) * 20, "binary"),
            (bytes(5000), "no words"),
            (b"word " * 500_000, "the limit is 2 MB"),
            (b"word " * 4_000_000, "the limit is 2 MB"),
        ],
    )
    def test_in_a_file_that_is_none_is_refused_in_words(self, desk, unchanged, content, words):
        unchanged()
        response = desk.post(NEW, sent_file(content))
        assert response.status_code == 400
        assert words in response.content.decode()

    @pytest.mark.parametrize(
        "content",
        [
            TEXT.encode("utf-16"),
            TEXT.encode("utf-16-be"),
            TEXT.encode("utf-8-sig"),
            TEXT.encode("cp1252"),
            TEXT.encode().replace(b"\n", b"\r\n"),
            TEXT.encode().replace(b" 40 ", b" 40\x00 "),
        ],
        ids=["UTF-16", "UTF-16 without a mark", "UTF-8 with one", "Windows-1252", "CRLF", "NUL"],
    )
    def test_reads_the_same_however_it_is_encoded(self, desk, content):
        assert desk.post(NEW, sent_file(content)).status_code == 302
        assert Article.objects.get().current.text == TEXT

    def test_in_broken_utf_8_comes_in_with_its_broken_letters_marked(self, desk):
        desk.post(
            NEW, sent_file(TEXT.encode() + b"\n\nQu\xffell \xe2\x80\x93 \xe2\x80\x93 ends.\n")
        )
        assert "Qu\ufffdell" in Article.objects.get().current.text

    def test_pasted_and_chosen_at_once_is_asked_about(self, desk, unchanged):
        unchanged()
        response = desk.post(NEW, {**sent_file(TEXT.encode()), "text": TEXT})
        assert response.status_code == 400
        assert "one of the two" in response.content.decode()

    def test_whose_address_is_here_already_is_named(self, desk):
        make_article(title="The first of them", url="https://port.example/1")
        before = counts()
        sent = {"text": TEXT, "url": "HTTPS://port.example:443/1#top", "language": "en"}
        response = desk.post(NEW, sent)
        assert (response.status_code, counts()) == (400, before)
        assert "The first of them" in response.content.decode()

    @pytest.mark.parametrize("path", [NEW, "/admin/articles/article/add/", QUEUE + "bulk/"])
    def test_of_twenty_megabytes_gets_413_and_the_limit(self, desk, unchanged, path):
        unchanged()
        response = desk.post(path, {"text": "word " * 4_000_000, "language": "en"})
        assert response.status_code == 413
        assert "2 MB" in response.content.decode()

    def test_of_twenty_megabytes_gets_413_where_the_token_is_looked_for_too(
        self, editor, unchanged
    ):
        unchanged()
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(editor)
        browser.get(NEW)
        sent = {
            "csrfmiddlewaretoken": browser.cookies["csrftoken"].value,
            "text": "word " * 4_000_000,
        }
        assert browser.post(NEW, sent).status_code == 413

    def test_with_more_fields_than_a_form_has_is_refused(self, desk, unchanged):
        unchanged()
        response = desk.post(NEW, {f"field{n}": "x" for n in range(2000)})
        assert response.status_code == 400


class TestOffsets:
    @pytest.mark.parametrize(
        "before", ["😀👩‍👩‍👧‍👦", "שלום עולם", "e\u0301", "\u202eevil\u202c", "𝕳𝖆𝖗𝖇𝖔𝖚𝖗"]
    )
    def test_are_code_points_whatever_stands_before_the_words(self, desk, before):
        text = f"Title\n\n{before} The works cost 40 million crowns. {before}\n"
        desk.post(NEW, {"text": text, "language": "en"})
        article = Article.objects.get()
        start = article.current.text.index("cost 40")
        sent = {
            "start": start, "end": start + len("cost 40 million"),
            "statement": "They cost 40 million.", "kind": "event", "mode": "narrator",
        }  # fmt: skip
        assert desk.post(at("reviews:add-claim", article), sent).status_code == 302
        claim = Claim.objects.get(added_by__isnull=False)
        assert claim.spans.get().quote == "cost 40 million"
        page = desk.get(f"{article.get_absolute_url()}?claim={claim.pk}").content.decode()
        assert f'data-start="{start}"' in page

    @pytest.mark.parametrize(
        ("start", "end"),
        [
            ("-1", "5"), ("5", "5"), ("9", "5"), ("x", "y"), ("", ""), ("0", "99999999"),
            ("99999990", "99999999"), ("1.5", "9"), ("1e3", "1e4"), ("0", str(2**31)),
            ("0", "9" * 400), ("٣", "٩٩٩"), ("38", "40"), ("\x00", "\x00"),
        ],
    )  # fmt: skip
    def test_that_are_no_words_of_the_article_make_no_claim(self, desk, unchanged, start, end):
        article = make_article()
        unchanged()
        sent = {
            "start": start, "end": end,
            "statement": "It did.", "kind": "event", "mode": "narrator",
        }  # fmt: skip
        response = desk.post(at("reviews:add-claim", article), sent, follow=True)
        assert response.status_code in {200, 400}
        assert "Select some words of the article first." in response.content.decode()

    @pytest.mark.parametrize(
        ("start", "end"), [("-1", "5"), ("9", "5"), ("x", ""), ("0", "99999999"), ("0", "9" * 99)]
    )
    def test_that_are_no_words_are_not_added_to_a_claim(self, desk, unchanged, start, end):
        claim = make_claim()
        unchanged()
        response = desk.post(
            at("reviews:add-span", claim), {"start": start, "end": end}, follow=True
        )
        assert 'data-level="error"' in response.content.decode()

    @pytest.mark.parametrize("start", ["-1", "x", "", "99999999999999999999"])
    def test_in_an_address_that_are_none_lead_back_to_the_article(self, desk, start):
        article = make_article()
        response = desk.get(at("reviews:add-claim", article), {"start": start, "end": "9"})
        assert response["Location"] == article.get_absolute_url()


class TestPastedLayout:
    RICH = (
        "<h1>Harbour opens</h1><p>It cost 40 million crowns, they say.</p><script>alert(1)</script>"
    )

    def test_is_read_and_kept_as_it_was_pasted(self, desk):
        desk.post(NEW, {"text": "Harbour opens\nIt cost 40 million.", "rich": self.RICH})
        version = Article.objects.get().current
        assert bytes(version.original).decode() == self.RICH
        assert (version.origin, version.media_type) == ("paste", "text/html; variant=fragment")
        assert version.text == "Harbour opens\n\nIt cost 40 million crowns, they say."
        assert [kind for kind, _, _ in version.blocks] == ["headline", "paragraph"]

    def test_makes_a_new_version_as_well(self, desk):
        article = make_article()
        url = reverse("reviews:add-version", args=[article.pk])
        desk.post(url, {"text": "Harbour opens", "rich": self.RICH})
        assert article.versions.get(number=2).blocks[0][0] == "headline"

    def test_is_not_needed(self, desk):
        desk.post(NEW, {"text": TEXT, "rich": " "})
        assert Article.objects.get().current.media_type == "text/plain"

    def test_comes_back_with_a_form_that_is_refused(self, desk):
        page = desk.post(NEW, {"text": "Words", "rich": "<p>Words</p>", "published_at": "soon"})
        assert 'value="&lt;p&gt;Words&lt;/p&gt;"' in page.content.decode()

    def test_without_a_word_is_refused_in_words(self, desk):
        page = desk.post(NEW, {"text": "Words", "rich": "<p>—</p>"})
        assert (page.status_code, "no words" in page.content.decode()) == (400, True)
