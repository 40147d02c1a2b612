"""A text of somebody else's markup as we keep it: plain characters on one line, never markup, never too long.

Character references are read, because half of the field escapes its JSON as if it were HTML. What looks like markup
after that stays as it is, as text: pages escape it, and a person sees what was sent.
"""

import html
import re

from claims.checks.shape import Notes

#: What no screen shows, and what turns the order of the characters around it.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
TAG = re.compile(r"<[a-zA-Z/!?]")


def plain(text: str, where: str, notes: Notes) -> str:
    """The text on one line, without characters that nobody sees."""
    text = html.unescape(text) if "&" in text else text
    if UNSEEN.search(text):
        notes.note(where, "control characters, taken out")
        text = UNSEEN.sub("", text)
    if TAG.search(text):
        notes.note(where, "markup in a text, kept as text")
    return " ".join(text.split())


def at_most(text: str, length: int, where: str, notes: Notes) -> str:
    if len(text) <= length:
        return text
    notes.note(where, f"longer than {length:,} characters, cut")
    return text[: length - 1].rstrip() + "…"
