"""The one line on a publisher's page, in a real browser, where that page makes it as hard as it can."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.config.conftest import until
from tests.factories import TEXT, make_article, make_published_claim
from tests.journeys.conftest import PATIENCE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

#: Everything that a page's styles and scripts may have done to what others rely on.
HOSTILE_STYLE = """* { display: none !important; position: absolute !important; width: 3px !important;
  height: 3px !important; opacity: 0 !important; color: red !important; transform: scale(.1) !important; }
html, head ~ *, body, article, p, h1 { display: block !important; position: static !important; width: auto !important;
  height: auto !important; opacity: 1 !important; transform: none !important; }"""
HOSTILE_SCRIPT = """Array.prototype.map = Array.prototype.forEach = Array.prototype.push = Array.prototype.filter =
  Array.prototype[Symbol.iterator] = () => { throw new Error('not yours'); };
  Object.prototype.opacity = '0'; Object.prototype.height = '1px'; window.JSON = null; window.$ = null;"""


def host_page(script, *, head="", text=TEXT):
    lines = "".join(f"<p>{line}</p>" for line in text.split("\n\n"))
    return f"<!doctype html><html><head><title>Host</title>{head}</head><body><article>{lines}</article>{script}</body></html>"


@pytest.fixture
def claim(transactional_db):
    return make_published_claim(
        article=make_article(url="https://paper.example/harbour"),
        statement="The works cost 40 million crowns.",
    )


class OtherSite(BaseHTTPRequestHandler):
    """Gives the one page that it was made with."""

    def do_GET(self):
        self.send_response(200)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.server.body.encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def other_site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), OtherSite)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)


@pytest.fixture
def host(visitor, live_server, other_site):
    """Opens a page of another site, with its own policy, that holds the script."""

    def open_page(attributes, *, policy=None, head="", text=TEXT):
        reader = visitor()
        desk = live_server.url
        tag = f'<script async src="{desk}/embed.js" {attributes}></script>'
        headers = {"Content-Type": "text/html; charset=utf-8"}
        if policy:
            headers["Content-Security-Policy"] = policy.replace("DESK", desk)
        other_site.headers, other_site.body = headers, host_page(tag, head=head, text=text)
        reader.page.goto(f"http://127.0.0.1:{other_site.server_port}/harbour")
        return reader

    return open_page


STRICT = "default-src 'none'; script-src DESK; frame-src DESK; connect-src DESK"


def wait_for_frame(page):
    """The frame itself. Its host does not know of it: it is in a closed shadow root."""
    for _ in range(PATIENCE // 100):
        if found := [frame for frame in page.frames if "/embed/" in frame.url]:
            return found[0]
        page.wait_for_timeout(100)
    raise AssertionError("There is no frame.")


def wait_for_claim(page, claim):
    frame = wait_for_frame(page)
    expect(frame.get_by_text(claim.statement)).to_be_visible()
    return frame


def box_of_holder(page):
    return page.evaluate("""() => {
      const holder = document.querySelector("script[src$='embed.js']").nextElementSibling;
      const box = holder.getBoundingClientRect();
      return { width: box.width, height: box.height };
    }""")


def test_a_claim_shows_at_its_own_height(host, claim):
    page = host(f'data-claim="{claim.pk}"').page
    frame = wait_for_claim(page, claim)
    until(lambda: abs(height_outside(page) - height_inside(frame)) < 2, seconds=30)


def height_inside(frame):
    return frame.evaluate("document.documentElement.getBoundingClientRect().height")


def height_outside(page):
    return page.evaluate(
        """document.querySelector("script[src$='embed.js']").nextElementSibling
           .getBoundingClientRect().height"""
    )


def test_it_shows_under_a_strict_policy(host, claim):
    page = host(f'data-article="{claim.article_id}" data-marks', policy=STRICT).page
    wait_for_claim(page, claim)


def test_it_shows_whatever_the_styles_and_scripts_of_its_host(host, claim):
    head = f"<style>{HOSTILE_STYLE}</style><script>{HOSTILE_SCRIPT}</script>"
    page = host(f'data-claim="{claim.pk}"', head=head).page
    frame = wait_for_claim(page, claim)
    assert frame.evaluate("innerWidth > 300 && innerHeight > 100")


def test_its_host_has_one_element_more_and_nothing_else(host, claim):
    before = """<script>
      window.addEventListener("DOMContentLoaded", () => {
        window.known = new Set(Object.getOwnPropertyNames(window));
        window.html = document.documentElement.outerHTML; });</script>"""
    page = host(f'data-article="{claim.article_id}" data-marks', head=before).page
    wait_for_claim(page, claim)
    page.wait_for_function("CSS.highlights.size > 0")
    after = page.evaluate("""() => {
      const holder = document.querySelector("script[src$='embed.js']").nextElementSibling;
      holder.remove();
      return { same: document.documentElement.outerHTML === window.html,
        names: Object.getOwnPropertyNames(window).filter(name => !window.known.has(name)),
        inside: holder.shadowRoot };
    }""")
    assert after == {"same": True, "names": ["known", "html"], "inside": None}


def marked(page):
    return page.evaluate("""() => {
      const found = [];
      for (const highlight of CSS.highlights.values()) for (const range of highlight) found.push(range.toString());
      return found;
    }""")


def test_the_words_are_marked_on_the_publisher_s_page(host, claim):
    page = host('data-url="https://paper.example/harbour" data-marks').page
    page.wait_for_function("CSS.highlights.size > 0")
    assert marked(page) == ["It cost 40 million crowns."]


def test_a_click_on_marked_words_leads_to_their_verdict(host, claim):
    page = host(f'data-article="{claim.article_id}" data-marks').page
    frame = wait_for_claim(page, claim)
    page.wait_for_function("CSS.highlights.size > 0")
    middle = page.evaluate("""() => {
      const [range] = [...CSS.highlights.values()][0];
      const box = range.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }""")
    page.mouse.click(middle["x"], middle["y"])
    expect(frame.locator(f"#claim-{claim.pk}:target")).to_be_visible()


def test_words_are_found_in_the_typography_of_the_page(host, claim):
    text = TEXT.replace("cost 40 million", "cost <b>40</b>&nbsp;mil&shy;lion")
    page = host(f'data-article="{claim.article_id}" data-marks="article"', text=text).page
    page.wait_for_function("CSS.highlights.size > 0")
    assert [words.replace("\xad", "").replace("\xa0", " ") for words in marked(page)] == [
        "It cost 40 million crowns."
    ]


def test_words_that_are_gone_are_not_marked_elsewhere(host, claim):
    text = TEXT.replace("It cost 40 million crowns.", "It cost 50 million crowns.")
    page = host(f'data-article="{claim.article_id}" data-marks', text=text).page
    wait_for_claim(page, claim)
    page.wait_for_timeout(500)
    assert marked(page) == []


def test_an_article_is_found_by_the_page_s_own_address(host, claim):
    head = '<link rel="canonical" href="https://paper.example/harbour">'
    page = host("", head=head).page
    wait_for_claim(page, claim)


def test_where_nothing_is_published_nothing_shows(host, claim):
    reader = host('data-url="https://paper.example/other"')
    wait_for_frame(reader.page)
    reader.page.wait_for_timeout(500)
    assert box_of_holder(reader.page)["height"] == 0


def test_other_frames_cannot_set_its_height(host, claim):
    page = host(f'data-claim="{claim.pk}"').page
    wait_for_claim(page, claim)
    page.wait_for_timeout(300)
    before = box_of_holder(page)["height"]
    page.evaluate("window.postMessage({ assay: 'height', height: 9000 }, '*')")
    page.wait_for_timeout(300)
    assert box_of_holder(page)["height"] == before


@pytest.mark.parametrize("width", [320, 390, 800, 1440])
@pytest.mark.parametrize("name", ["claim", "article"])
def test_a_frame_fits_every_width(visitor, claim, name, width):
    page = visitor().page
    page.set_viewport_size({"width": width, "height": 700})
    pk = claim.pk if name == "claim" else claim.article_id
    page.goto(reverse(f"publishing:embed-{name}", args=[pk]))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
