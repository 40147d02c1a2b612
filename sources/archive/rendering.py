"""A kept page as it may be shown: its words, headings, lists, tables and links. Nothing of it runs, loads or asks.

nh3 drops every element, attribute and address that is not named here. Pictures would be fetched from the site when
somebody looks, so they are dropped as well, with their descriptions kept. The answer that carries this page forbids
everything once more.
"""

import nh3

from articles.ingest.page_charset import decode_page

TAGS = {
    "a", "abbr", "address", "article", "aside", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del",
    "details", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "i", "ins", "li", "main", "mark", "ol", "p", "pre", "q", "s", "section", "small", "span",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    "time": {"datetime"},
}
SCHEMES = {"http", "https"}
GONE_WITH_THEIR_WORDS = {
    "script",
    "style",
    "title",
    "noscript",
    "template",
    "iframe",
    "object",
    "select",
    "textarea",
}


def inert_copy(content: bytes, charset: str = "") -> str:
    """The bytes of a kept page as markup without anything that acts."""
    return inert_html(decode_page(content, charset))


def inert_html(page: str) -> str:
    """The page's markup without anything that acts. Relative links are dropped: they would lead into the desk."""
    return nh3.clean(
        page,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        clean_content_tags=GONE_WITH_THEIR_WORDS,
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
        attribute_filter=_without_relative_links,
    )


def _without_relative_links(tag: str, name: str, value: str) -> str | None:
    is_relative = name == "href" and not value.lower().startswith(("http://", "https://"))
    return None if is_relative else value
