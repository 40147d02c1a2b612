"""JSON-LD inside a page: data that browsers do not run and that nothing in it can end early."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

#: As `django.utils.html.json_script` does, for a type of script that it does not offer.
ESCAPES = {
    ord(character): f"\\u{ord(character):04X}" for character in ("<", ">", "&", "\u2028", "\u2029")
}


def harmless(text: str) -> str:
    """JSON that says the same and is no markup, whoever takes it for some."""
    return text.translate(ESCAPES)


def embed(thing: dict[str, Any]) -> SafeString:
    text = SafeString(harmless(json.dumps(thing, ensure_ascii=False)))
    return format_html('<script type="application/ld+json">{}</script>', text)
