"""What may differ: the quote is the same, its typography another. All of these must be verified.

Each function gives the quote dressed otherwise, or as it was where it has nothing to dress.
"""

import re
import unicodedata

_LIGATURES = (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"))


def curly_marks(rng, text):
    text = re.sub(r'(?<![^\s(\[—-])"', "“", text).replace('"', "”")
    return re.sub(r"(?<![^\s(\[—-])'", "‘", text).replace("'", "’")


def straight_marks(rng, text):
    return re.sub("[“”„]", '"', re.sub("[‘’‚]", "'", text))


def guillemets(rng, text):
    text = curly_marks(rng, text)
    left, right = rng.choice((("« ", " »"), ("«\u00a0", "\u00a0»"), ("«", "»"), ("»", "«")))
    return re.sub("“(?=[^“”]*”)", left, text).replace("”", right) if _is_paired(text) else text


def _is_paired(text):
    return re.fullmatch(r"[^“”]*(“\S[^“”]*\S”(?!\w)[^“”]*)*", text) and not re.search(r"\d”", text)


def single_marks(rng, text):
    """Marks within marks, as in a quote that is given inside double ones. After a figure they are left."""
    return re.sub(r'(?<!\d)["“”]', "'", text)


def other_hyphens(rng, text):
    return text.replace("-", rng.choice("‐‑–")) if not re.search(r"--|\s-|-\s", text) else text


def other_dashes(rng, text):
    dash = rng.choice(("—", " — ", " – ", " -- ", "\u2009—\u2009", "―"))
    return re.sub(r"(?<=\w)(?:\s+[-–—]\s+|\s*(?:—|--)\s*)(?=\w)", dash, text)


def minus_signs(rng, text):
    return re.sub(r"(?<=\s)-(?=\d)", "−", text)


def dots(rng, text):
    return re.sub(r"\.\.\.|…", lambda _: rng.choice(("…", "...", ". . .", " …")), text)


def runs_of_space(rng, text):
    return re.sub(r"\s+", lambda _: rng.choice((" ", "  ", "\t", "\n", "\r\n", "\n\n  ")), text)


def one_line(rng, text):
    return " ".join(text.split())


def no_break_spaces(rng, text):
    return re.sub(r"\s+", lambda _: rng.choice(" \u00a0\u202f\u2009\u3000"), text)


def soft_hyphens(rng, text):
    return re.sub(r"(?<=[a-z]{3})(?=[a-z]{3})", lambda _: rng.choice(("", "\u00ad")), text)


def unseen(rng, text):
    return re.sub(r"(?<=\w)(?=\w)", lambda _: rng.choice(("", "", "\u200b", "\u2060")), text)


def ligatures(rng, text):
    for letters, ligature in _LIGATURES:
        text = text.replace(letters, ligature)
    return text


def full_width(rng, text):
    return re.sub(r"[A-Za-z0-9]", lambda m: chr(ord(m.group()) + 0xFEE0), text)


def accents_apart(rng, text):
    return unicodedata.normalize("NFD", text)


def accents_composed(rng, text):
    return unicodedata.normalize("NFC", text)


def outer_marks(rng, text):
    if re.search(r"[\"“”«»]", text):
        text = text.strip("\"“”'‘’")
    left, right = rng.choice(("“”", '""', "‘’", "''", "«»", "„“", ("« ", " »")))
    return f"{left}{text}{right}"


def final_stop(rng, text):
    return text.rstrip(".,") + "."


def stop_inside(rng, text):
    return f"“{text.rstrip('.,')}{rng.choice('.,')}”"


def stop_outside(rng, text):
    return f"“{text.rstrip('.,')}”{rng.choice('.,')}"


def no_stop(rng, text):
    return text.rstrip(".,")


def letter_in_brackets(rng, text):
    text = unicodedata.normalize("NFC", text)
    if unicodedata.normalize("NFKC", text[:1]) != text[:1]:
        return text
    return re.sub(r"^[^\W\d_](?=\w)", lambda m: f"[{m.group().swapcase()}]", text)


def ellipsis_outside(rng, text):
    return rng.choice((f"… {text}", f"{text} ...", f"[…] {text} […]"))


def everything(rng, text):
    for change in rng.sample(INSIDE, 5):
        text = change(rng, text)
    return rng.choice((outer_marks, stop_inside, letter_in_brackets, no_stop))(rng, text)


INSIDE = (
    curly_marks, straight_marks, guillemets, single_marks, other_hyphens, other_dashes, minus_signs, dots,
    runs_of_space, one_line, no_break_spaces, soft_hyphens, unseen, ligatures, full_width, accents_apart,
    accents_composed,
)  # fmt: skip
ROUND = (
    outer_marks, final_stop, stop_inside, stop_outside, no_stop, letter_in_brackets, ellipsis_outside, everything,
)  # fmt: skip
ALL = (*INSIDE, *ROUND)
