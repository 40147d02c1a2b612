"""A source in one paste: named, found, described by its kind or kept from a file; then what it says."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from sources.captures import request_capture, upload_copy
from sources.models import Capture, Source, SourceKind
from sources.naming import add_source_named
from sources.services import add_snapshot
from tests.factories import make_claim, make_evidence, make_source, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "https://records.example/audit"


@pytest.fixture
def claim():
    return make_claim(statement="The bridge cost 40 million crowns.")


@pytest.fixture
def as_contributor(client):
    client.force_login(make_user(Role.CONTRIBUTOR))
    return client


def at(claim, **query):
    return reverse("reviews:add-evidence", args=[claim.pk], query=query)


def name(desk, claim, **given):
    return desk.post(reverse("reviews:name-source", args=[claim.pk]), given)


def page(response):
    return response.content.decode()


def a_file(content=b"The audit names 40 million crowns.", file_name="audit.txt"):
    return SimpleUploadedFile(file_name, content)


class TestNaming:
    def test_an_address_makes_one_record_and_a_look_and_goes_on(self, desk, claim):
        response = name(desk, claim, name=f"{ADDRESS}?utm_source=mail")
        source = Source.objects.get()
        assert (source.url, response.url) == (ADDRESS, at(claim, source=source.pk))
        assert Capture.objects.waiting().get().source == source
        name(desk, claim, name="records.example/audit#top")
        assert Source.objects.get() == source

    @pytest.mark.parametrize("given", ["doi:10.1000/xyz", "978-3-16-148410-0"])
    def test_a_doi_or_isbn_is_recognised(self, desk, claim, given):
        assert name(desk, claim, name=given).status_code == 302
        source = Source.objects.get()
        assert source.doi == "10.1000/xyz" or source.isbn == "9783161484100"

    def test_words_are_looked_for_and_make_nothing(self, desk, claim):
        source = make_source(title="Audit of the bridge")
        response = name(desk, claim, name="bridge audit of")
        assert Source.objects.count() == 1
        assert "No source here has these words" in page(desk.get(response.url))
        response = name(desk, claim, name="the bridge")
        assert at(claim, source=source.pk) in page(desk.get(response.url))

    def test_a_broken_isbn_is_refused_in_words(self, desk, claim):
        response = name(desk, claim, name="978-3-16-148410-1")
        assert response.status_code == 400
        assert "its last digit does not fit" in page(response)

    def test_nothing_at_all_asks_for_something(self, desk, claim):
        response = name(desk, claim)
        assert response.status_code == 400
        assert "Paste an address, or choose a file." in page(response)

    def test_typing_finds_a_known_address_without_its_tracking(self, desk, claim):
        source = make_source(title="The audit", url=ADDRESS)
        answer = desk.get(at(claim, name=f"{ADDRESS}?utm_source=x"), headers={"HX-Request": "true"})
        assert at(claim, source=source.pk) in page(answer)
        assert "<html" not in page(answer)

    def test_a_withheld_source_is_found_by_nothing(self, as_contributor, claim):
        make_source(title="The clerk", url=ADDRESS, kind="withheld", withheld_reason="Safety.")
        for words in ("clerk", ADDRESS, ""):
            assert "The clerk" not in page(as_contributor.get(at(claim, name=words)))
            assert "Withheld source" not in page(as_contributor.get(at(claim, name=words)))

    def test_naming_a_withheld_sources_address_tells_nothing_of_it(self, as_contributor, claim):
        hidden = make_source(url=ADDRESS, kind="withheld", withheld_reason="Safety.")
        response = name(as_contributor, claim, name=ADDRESS)
        assert str(hidden.pk) not in response.url
        assert "Safety." not in page(as_contributor.get(response.url))

    def test_sources_of_the_article_are_offered_first(self, desk, claim):
        other = make_claim(article=claim.article)
        evidence = make_evidence(other)
        make_source(title="Of another article")
        html = page(desk.get(at(claim)))
        assert at(claim, source=evidence.source.pk) in html
        assert "Of another article" not in html


class TestFile:
    def test_a_file_becomes_a_source_with_its_text(self, desk, claim):
        response = name(desk, claim, file=a_file(), kind="law")
        source = Source.objects.get()
        assert (source.title, source.kind) == ("audit", SourceKind.LAW)
        assert "The audit names 40 million crowns." in page(desk.get(response.url))

    def test_the_same_file_is_the_same_source(self, desk, claim):
        for file_name in ("audit.txt", "copy.txt"):
            name(desk, claim, file=a_file(file_name=file_name), kind="law")
        assert Source.objects.count() == 1

    def test_the_file_of_a_withheld_source_tells_nobody_of_it(self, as_contributor, claim):
        hidden = make_source(kind="withheld", withheld_reason="Safety.")
        content = b"A secret memo of the works."
        upload_copy(actor=make_user(Role.EDITOR), source=hidden, content=content, file_name="m.txt")
        name(as_contributor, claim, file=a_file(content), kind="law")
        assert Source.objects.exclude(pk=hidden.pk).count() == 1

    def test_an_empty_file_is_refused_and_leaves_nothing(self, desk, claim):
        response = name(desk, claim, file=a_file(b""), kind="law")
        assert response.status_code == 400
        assert "The file is empty" in page(response)
        assert not Source.objects.exists()


class TestChosenSource:
    def test_shows_its_record_and_the_text_to_select_from(self, desk, claim):
        source = make_source(title="The audit", reference="File 12")
        add_snapshot(actor=make_user(), source=source, text="It cost <40> million crowns.")
        html = page(desk.get(at(claim, source=source.pk)))
        assert "The audit" in html
        assert "File 12" in html
        assert 'data-quote-field="#id_quote"' in html
        assert "It cost &lt;40&gt; million crowns." in html

    def test_that_waits_for_its_look_asks_again_by_itself(self, desk, claim):
        source = make_source(url=ADDRESS)
        request_capture(actor=make_user(), source=source)
        html = page(desk.get(at(claim, source=source.pk)))
        assert 'hx-trigger="every 2s"' in html
        assert "It is being fetched" in html

    def test_whose_look_failed_says_why_and_is_tried_again_with_what_was_typed(self, desk, claim):
        source = add_source_named(actor=make_user(), name=ADDRESS)
        Capture.objects.update(state="failed", error="The server did not answer.")
        html = page(desk.get(at(claim, source=source.pk)))
        assert "The server did not answer." in html
        assert "Try again" in html
        sent = {"source": source.pk, "again": "1", "note": "half a thought", "stance": "context"}
        html = page(desk.post(at(claim), sent))
        assert "half a thought" in html
        assert Capture.objects.waiting().count() == 1

    def test_without_a_copy_may_be_used(self, desk, claim):
        source = make_source()
        sent = {"source": source.pk, "stance": "supports", "quote": "It cost 40 million."}
        assert desk.post(at(claim), sent).status_code == 302
        assert claim.evidence.get().quote_check == "unchecked"

    def test_that_is_withheld_shows_no_details_to_others(self, as_contributor, claim):
        hidden = make_source(title="The clerk", kind="withheld", withheld_reason="Her safety.")
        add_snapshot(actor=make_user(), source=hidden, text="What the clerk said.")
        html = page(as_contributor.get(at(claim, source=hidden.pk)))
        assert "Her safety." in html
        assert "clerk" not in html

    def test_takes_a_file_with_the_evidence(self, desk, claim):
        source = make_source()
        sent = {
            "source": source.pk,
            "stance": "supports",
            "quote": "40 million crowns",
            "file": a_file(),
        }
        assert desk.post(at(claim), sent).status_code == 302
        assert claim.evidence.get().quote_check == "verified"

    def test_stays_chosen_when_the_rest_is_refused(self, desk, claim):
        source = make_source(title="The audit")
        response = desk.post(at(claim), {"source": source.pk, "stance": "maybe"})
        assert response.status_code == 400
        assert "The audit" in page(response)


class TestDescribing:
    @pytest.mark.parametrize("kind", SourceKind.values)
    def test_every_kind_has_its_short_form(self, desk, claim, kind):
        html = page(desk.get(at(claim, kind=kind)))
        assert f'<input type="hidden" name="kind" value="{kind}"' in html
        assert ("withheld_reason" in html) == (kind == "withheld")

    def test_an_interview_needs_no_title(self, desk, claim):
        sent = {
            "kind": "interview",
            "author": "Jo Ek",
            "reference": "By telephone",
            "stance": "context",
        }
        assert desk.post(at(claim), sent).status_code == 302
        source = Source.objects.get()
        assert (source.title, source.reference) == ("Interview with Jo Ek", "By telephone")

    def test_what_a_kind_needs_is_asked_for_in_its_words(self, desk, claim):
        response = desk.post(at(claim), {"kind": "interview", "stance": "context"})
        assert "Say who was interviewed." in page(response)
        assert "Name the source." not in page(response)
        assert not Source.objects.exists()

    def test_a_law_keeps_its_number_and_section(self, desk, claim):
        sent = {
            "kind": "law",
            "title": "Roads Act",
            "reference": "No. 98, s. 4",
            "stance": "context",
        }
        assert desk.post(at(claim), sent).status_code == 302
        assert Source.objects.get().reference == "No. 98, s. 4"

    def test_a_kind_that_is_none_is_asked_for(self, desk, claim):
        assert "Or describe it" in page(desk.get(at(claim, kind="rumour")))
        response = desk.post(at(claim), {"kind": "rumour", "title": "A", "stance": "context"})
        assert response.status_code == 400

    def test_one_with_an_address_is_looked_at_and_kept(self, desk, claim):
        sent = {"kind": "study", "title": "Soil", "url": ADDRESS, "stance": "context"}
        assert desk.post(at(claim), sent).status_code == 302
        assert Source.objects.get().captures.get().is_waiting

    def test_one_that_was_looked_at_is_left_alone(self, desk, claim):
        source = make_source(url=ADDRESS)
        request_capture(actor=None, source=source)
        desk.post(at(claim), {"source": source.pk, "stance": "context"})
        assert source.captures.count() == 1

    def test_a_withheld_one_is_not_asked_by_itself(self, desk, claim):
        sent = {"kind": "withheld", "title": "A", "url": ADDRESS, "withheld_reason": "Safety."}
        assert desk.post(at(claim), {**sent, "stance": "context"}).status_code == 302
        assert not Capture.objects.exists()
