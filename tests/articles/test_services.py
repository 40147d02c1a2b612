"""Articles come in once, their text is frozen, and what is known of them may be corrected."""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from accounts.roles import Role
from articles.models import Article, Origin, Version
from articles.services import AlreadyHere, Arrival, add_article, add_version, correct_article
from audit.models import Event
from tests.at_once import at_once
from tests.factories import TEXT, make_article, make_user

pytestmark = pytest.mark.django_db
HEADLINE = "Harbour opens after two years of works"
ADDRESS = "https://example.org/harbour"


def arrival(text=TEXT, **fields):
    return Arrival(content=text.encode(), **fields)


class TestComingIn:
    def test_an_article_has_its_headline_as_title_and_its_first_version_as_current(self):
        actor = make_user(Role.CONTRIBUTOR)
        article = add_article(actor=actor, arrival=arrival())
        article.refresh_from_db()
        assert (article.title, article.added_by) == (HEADLINE, actor)
        assert (article.current.number, article.current.origin) == (1, Origin.PASTE)

    def test_what_is_known_of_it_is_kept(self):
        at = datetime(2024, 5, 3, 9, tzinfo=UTC)
        article = make_article(
            title="Mine", publisher="The Post", byline="Jo Bell", published_at=at, language="en-GB"
        )
        assert (article.title, article.publisher, article.byline, article.published_at) == (
            "Mine",
            "The Post",
            "Jo Bell",
            at,
        )

    def test_the_original_bytes_are_kept_as_they_came(self):
        content = "\ufeffTitle\r\n\r\nIt cost 40.\r\n".encode()
        article = add_article(actor=None, arrival=Arrival(content=content, origin=Origin.FILE))
        version = article.versions.get()
        assert bytes(version.original) == content
        assert "\r" not in version.text

    def test_its_blocks_cover_words_of_its_text(self):
        version = make_article().current
        kinds = [block.kind for block in version.document.blocks]
        assert kinds[0] == "headline"
        assert all(
            version.text[block.start : block.end].strip() == version.text[block.start : block.end]
            for block in version.document.blocks
        )

    def test_the_address_is_kept_in_its_one_spelling(self):
        assert make_article(url="HTTPS://Example.org/harbour?utm_source=x#top").url == ADDRESS

    def test_a_second_article_at_an_address_is_told_which_one_is_here(self):
        first = make_article(url=ADDRESS)
        with pytest.raises(AlreadyHere, match=HEADLINE) as refusal:
            make_article(url=f"{ADDRESS}#top")
        assert refusal.value.article == first

    def test_articles_without_an_address_may_be_many(self):
        make_article()
        make_article()
        assert Article.objects.filter(url="").count() == 2

    @pytest.mark.parametrize(
        ("content", "word"),
        [
            (b"", "no words"),
            (b" \n\t ", "no words"),
            (b"%PDF-1.7 ...", "PDF"),
            (bytes(range(256)) * 20, "binary|not plain text"),
            (b"a" * 2_000_001, "too large"),
        ],
    )
    def test_what_cannot_be_read_leaves_nothing_behind(self, content, word):
        with pytest.raises(ValidationError, match=word):
            add_article(actor=None, arrival=Arrival(content=content))
        assert not Article.objects.exists()
        assert not Event.objects.exists()

    def test_an_address_that_is_none_is_refused_before_anything_is_kept(self):
        with pytest.raises(ValidationError, match="not an address"):
            make_article(url="javascript:alert(1)")
        assert not Article.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_of_two_people_who_bring_in_one_address_the_second_is_told(self):
        call = partial(add_article, actor=None, arrival=arrival(url=ADDRESS))
        kinds = sorted(type(result).__name__ for result in at_once(call, call))
        assert kinds == ["AlreadyHere", "Article"]


class TestVersions:
    def test_other_text_is_the_next_version_and_current(self):
        article = make_article()
        version = add_version(actor=None, article=article, arrival=arrival(TEXT + "\nMore came.\n"))
        article.refresh_from_db()
        assert (version.number, article.current) == (2, version)

    def test_the_same_bytes_make_no_new_version(self):
        article = make_article()
        assert add_version(actor=None, article=article, arrival=arrival()) == article.current

    def test_the_text_before_a_change_stays_readable(self):
        article = make_article()
        add_version(actor=None, article=article, arrival=arrival("Other\n\nIt was otherwise.\n"))
        assert HEADLINE in article.versions.get(number=1).text

    @pytest.mark.django_db(transaction=True)
    def test_two_versions_that_come_at_once_are_numbered_apart(self):
        article = make_article()
        calls = [
            partial(
                add_version, actor=None, article=article, arrival=arrival(f"{TEXT}\n{n} more.\n")
            )
            for n in range(2)
        ]
        at_once(*calls)
        numbers = Version.objects.filter(article=article).values_list("number", flat=True)
        assert sorted(numbers) == [1, 2, 3]


class TestCorrecting:
    def test_a_correction_keeps_what_was_there_before(self):
        article = make_article(publisher="The Past")
        correct_article(actor=make_user(), article=article, publisher="The Post")
        event = Event.objects.about(article).last()
        assert (event.verb, event.before, event.after) == (
            "article.corrected",
            {"publisher": "The Past"},
            {"publisher": "The Post"},
        )

    def test_no_change_writes_nothing(self):
        article = make_article(publisher="The Post")
        events = Event.objects.count()
        correct_article(actor=make_user(), article=article, publisher="The Post")
        assert Event.objects.count() == events

    def test_an_address_is_corrected_to_its_one_spelling(self):
        article = correct_article(
            actor=make_user(), article=make_article(), url=f"{ADDRESS}?utm_medium=x"
        )
        assert article.url == ADDRESS

    def test_an_address_that_another_article_has_is_refused_by_its_name(self):
        make_article(url=ADDRESS)
        with pytest.raises(AlreadyHere, match=HEADLINE):
            correct_article(actor=make_user(), article=make_article(), url=ADDRESS)

    def test_a_title_cannot_be_taken_away(self):
        with pytest.raises(ValidationError):
            correct_article(actor=make_user(), article=make_article(), title="")

    def test_the_text_does_not_change_by_this_way(self):
        article = make_article()
        correct_article(actor=make_user(), article=article, current=None)
        article.refresh_from_db()
        assert article.current is not None


@pytest.mark.parametrize("role", Role)
def test_articles_are_visible_to_the_desk_only(role):
    make_article()
    assert Article.objects.visible_to(make_user(role)).exists() == (role != Role.CONSUMER)


@pytest.mark.parametrize(
    ("text", "found"),
    [("harbour", True), ("the post", True), ("example.org", True), ("ferry", False), ("", True)],
)
def test_articles_are_found_by_title_publisher_and_address(text, found):
    article = make_article(url=ADDRESS, publisher="The Post")
    assert (article in Article.objects.search(text)) is found
