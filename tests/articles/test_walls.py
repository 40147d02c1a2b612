"""No article is made of a door: what a page asks before it shows one is said, with what to do."""

import pytest

from articles.ingest import UnreadableText, read
from tests.articles.pages import BODY, LEDE, SECOND, page

CONSENT = (
    "We and our 842 partners store and access information on a device, such as cookies, and process "
    "personal data, such as identifiers and standard information, for personalised advertising, "
    "audience research and services development. With your permission we may use precise location "
    "data. You may click to consent to our processing, or click to refuse to consent.",
    "Um der Nutzung mit Werbung zuzustimmen, klicken Sie auf Zustimmen. Mit Ihrer Einwilligung "
    "verarbeiten wir und unsere Partner personenbezogene Daten, etwa mit Hilfe von Cookies, für "
    "personalisierte Anzeigen und Inhalte. Ihre Zustimmung können Sie in der Datenschutzerklärung "
    "jederzeit widerrufen.",
    "Avec votre accord, nos partenaires et nous utilisons des cookies ou technologies similaires pour "
    "stocker et consulter vos données personnelles comme votre visite sur ce site. Vous pouvez "
    "retirer votre consentement à tout moment dans notre politique.",
    "Accept all cookies",
)
SIGN_IN = (
    "Please sign in to continue reading. You need an account with the Brinmouth Post to read this "
    "article. Registering is free and takes less than a minute, and gives you access to five articles "
    "a month as well as our daily newsletter. Already a member? Log in with your address below.",
    "Sign in to continue",
    "Bereits Abonnent? Hier anmelden. Jetzt registrieren und unsere Artikel lesen.",
    "Subscribe to continue reading. Already a subscriber? Log in.",
)


def refusal(html):
    with pytest.raises(UnreadableText) as refused:
        read(html.encode(), media_type="text/html", max_bytes=1_000_000)
    return str(refused.value)


def text_of(html):
    return read(html.encode(), media_type="text/html", max_bytes=1_000_000).document.text


@pytest.mark.parametrize("words", CONSENT)
@pytest.mark.parametrize("title", ["The Post", "Harbour opens after two years of works"])
def test_a_page_that_asks_for_consent_is_no_article(words, title):
    assert "consent to cookies" in refusal(page(f"<div><p>{words}</p></div>", title=title))


@pytest.mark.parametrize("words", SIGN_IN)
@pytest.mark.parametrize("field", ["", "<form><input type='password'></form>"])
def test_a_page_that_asks_to_sign_in_is_no_article(words, field):
    assert "sign in" in refusal(page(f"<p>{words}</p>{field}", title="Sign in"))


def test_the_first_lines_before_a_door_are_no_article():
    gate = "<div><p>Subscribe to continue reading. Already a subscriber? Log in.</p></div>"
    assert "subscribe" in refusal(page(f"<p>{LEDE}</p>{gate}"))


@pytest.mark.parametrize(
    "words",
    [
        "Verify you are human by completing the action below.",
        "Please enable JavaScript and disable any ad blocker to continue.",
        "Checking your browser before accessing the site.",
        "Our systems have detected unusual traffic from your network.",
    ],
)
def test_a_page_for_people_alone_is_no_article(words):
    assert "a person and not a program" in refusal(page(f"<p>{words}</p>", title="Just a moment"))


@pytest.mark.parametrize(
    "words", ["", "If you are not redirected, <a href='/b'>click here</a>.", "This page has moved."]
)
def test_a_page_that_sends_on_by_itself_is_not_followed_and_said_to(words):
    head = "<meta http-equiv='Refresh' content='0; url=http://10.0.0.1/'>"
    assert "sends on" in refusal(f"<html><head>{head}</head><body><p>{words}</p></body></html>")


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<html><body><form><input type='password'></form></body></html>", "sign in"),
        ("<html><title>Your cookies</title><body></body></html>", "consent"),
        ("<html><body><script>app()</script></body></html>", "No article"),
        ("<html></html>", "No article|empty"),
    ],
)
def test_a_page_without_words_says_why(html, words):
    assert any(word in refusal(html) for word in words.split("|"))


@pytest.mark.parametrize(
    "around",
    [
        f"<div id='banner'><p>{CONSENT[0]}</p></div>",
        "<form><input type='password'></form>",
        "<p>Subscribe to our newsletter. Already a subscriber? Log in.</p>",
        "<aside><p>Sign in to comment.</p></aside>",
    ],
    ids=["banner", "sign in", "newsletter", "comments"],
)
def test_an_article_beside_a_door_is_one(around):
    assert SECOND in text_of(page(BODY + around))


@pytest.mark.parametrize(
    "words",
    [
        "The court ruled on Monday that sites must not set cookies without the consent of their "
        "readers. The ruling ends a case about personal data that began in 2019 with a complaint "
        "about the partners of an advertising exchange and its privacy policy.",
        "The regulator said that signing up took two minutes and cancelling a subscription took "
        "forty. Half of the accounts that were opened to read one article were never used again, "
        "and most subscribers had registered by accident, its report found.",
    ],
    ids=["cookies", "subscriptions"],
)
def test_an_article_about_doors_is_one(words):
    assert words in text_of(page(f"<p>{words}</p>"))
