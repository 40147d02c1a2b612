"""Articles that are here, over the API: corrected, revised, read by an engine again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from articles.models import Article
from audit.models import Event
from claims.models import DetectionRun
from tests import factories
from tests.api.writing import Writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return Writer(Role.CONTRIBUTOR)


@pytest.fixture
def article():
    return factories.make_article(url="https://paper.example/harbour", publisher="The Paper")


class TestCorrecting:
    def test_only_what_is_sent_changes(self, writer, article):
        sent = {"title": "The harbour", "published_at": "2026-03-01T10:00:00+02:00"}
        found = writer.patch(f"articles/{article.pk}/", sent).json()
        assert (found["title"], found["publisher"]) == ("The harbour", "The Paper")
        assert found["published_at"] == "2026-03-01T08:00:00Z"
        assert Event.objects.get(verb="article.corrected").actor == writer.person

    def test_a_field_can_be_emptied(self, writer, article):
        sent = {"url": "", "published_at": None, "publisher": ""}
        found = writer.patch(f"articles/{article.pk}/", sent).json()
        assert (found["url"], found["publisher"], found["published_at"]) == ("", "", None)

    def test_an_address_that_is_taken_is_a_conflict(self, writer, article):
        factories.make_article("Another text.", url="https://paper.example/other")
        sent = {"url": "https://paper.example/other"}
        assert writer.patch(f"articles/{article.pk}/", sent).status_code == 409

    @pytest.mark.parametrize(
        ("sent", "wrong"),
        [
            ({"title": ""}, "title"),
            ({"title": None}, "title"),
            ({"title": "x" * 501}, "title"),
            ({"url": "javascript:alert(1)"}, "url"),
            ({"language": "English, please"}, "language"),
            ({"published_at": "yesterday"}, "published_at"),
            ({"text": "Other words."}, "text"),
            ({"byline": "a\x00b"}, "byline"),
            ({"byline": "\ud800"}, "byline"),
        ],
    )
    def test_what_is_wrong_is_named_and_nothing_changes(self, writer, article, sent, wrong):
        response = writer.patch(f"articles/{article.pk}/", sent)
        assert (response.status_code, list(response.json()["errors"])) == (400, [wrong])
        assert not Event.objects.filter(verb="article.corrected").exists()


class TestRevising:
    def test_a_new_version_is_frozen_and_its_address_told(self, writer, article):
        claim = factories.make_claim(article=article)
        text = factories.TEXT.replace("on Monday", "on Tuesday")
        response = writer.post(f"articles/{article.pk}/versions/", {"text": text})
        assert (response.status_code, response.json()["version"]) == (201, 2)
        assert writer.get(response["Location"]).json()["text"].count("Tuesday") == 1
        assert claim.spans.filter(version__number=2).exists()

    def test_the_same_bytes_make_no_new_version(self, writer, article):
        response = writer.post(f"articles/{article.pk}/versions/", {"text": factories.TEXT})
        assert (response.status_code, response.json()["version"]) == (200, 1)

    def test_a_file_will_do(self, writer, article):
        response = writer.client.post(
            f"/api/v1/articles/{article.pk}/versions/",
            {"file": SimpleUploadedFile("new.md", b"# Harbour\n\nIt reopened on Tuesday.\n")},
            headers={"Authorization": f"Bearer {writer.secret}"},
        )
        assert (response.status_code, response.json()["media_type"]) == (201, "text/markdown")

    @pytest.mark.parametrize(
        "sent", [{}, {"text": ""}, {"text": " \n"}, {"text": "a\x00b"}, {"text": ["a"]}]
    )
    def test_a_text_that_is_none_is_refused(self, writer, article, sent):
        response = writer.post(f"articles/{article.pk}/versions/", sent)
        assert (response.status_code, list(response.json()["errors"])) == (400, ["text"])
        assert article.versions.count() == 1


class TestDetecting:
    def test_an_engine_is_queued_by_name(self, writer, article):
        response = writer.post(f"articles/{article.pk}/detect/", {"engine": "rules-lite"})
        assert (response.status_code, response.json()["state"]) == (202, "queued")
        assert DetectionRun.objects.get().engine == "rules-lite"

    def test_none_named_is_the_desks_choice(self, writer, article):
        assert writer.post(f"articles/{article.pk}/detect/").json()["engine"] == "rules"

    @pytest.mark.parametrize("engine", ["oracle", "", "os.system", None, ["rules"]])
    def test_an_engine_that_the_desk_has_not_is_refused(self, writer, article, engine):
        response = writer.post(f"articles/{article.pk}/detect/", {"engine": engine})
        assert (response.status_code, list(response.json()["errors"])) == (400, ["engine"])
        assert not DetectionRun.objects.exists()


@pytest.mark.parametrize("part", ["", "versions/", "detect/"])
def test_an_article_that_is_not_here_is_not_found(writer, part):
    method = "POST" if part else "PATCH"
    address = f"articles/00000000-0000-7000-8000-000000000000/{part}"
    sent = {"text": "Words."} if part == "versions/" else {}
    assert writer.send(method, address, sent).status_code == 404
    assert not Article.objects.exists()
