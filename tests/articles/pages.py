"""Made web pages: an article of a few paragraphs, with whatever a test puts around or into it."""

LEDE = (
    "The harbour of Brinmouth reopened on Monday after two years of works that had cost forty million "
    "crowns, the port authority said."
)
SECOND = (
    "Fishermen said that the noise of the works had driven the herring away, and that they would ask the "
    "council for help before the summer season begins."
)
THIRD = (
    "The authority expects that twelve hundred ships will call at the new quay in its first year, twice "
    "as many as before the works began in the autumn."
)
BODY = f"<p>{LEDE}</p>\n<p>{SECOND}</p>\n<p>{THIRD}</p>"
TITLE = "Harbour opens after two years of works"


def page(body=BODY, *, head="", title=TITLE, html="<html lang='en'>"):
    return f"""<!doctype html>{html}<head><title>{title}</title>{head}</head>
    <body><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
    <article><h1>{title}</h1>{body}</article>
    <footer><p>Imprint</p></footer></body></html>"""


def meta(name, content):
    return f'<meta property="{name}" content="{content}">'


def linked(json):
    return f'<script type="application/ld+json">{json}</script>'
