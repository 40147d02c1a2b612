"""The picture that stands for a verdict where its address is shared: 1200 by 630 pixels, drawn from what was published.

A picture is passed on without the page, so it holds the claim and the verdict together, and a verdict that was taken
back says so. The verdict is told by its words, a shape and a colour. The same document gives the same bytes.

The letters are FiraGO's: Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari, Thai and Georgian. It has none for
Chinese, Japanese and Korean: a statement with letters that it lacks is left out, and the picture shows the verdict
and who checked.
"""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from unicodedata import bidirectional

from PIL import Image, ImageDraw, ImageFont
from pymupdf_fonts import myfont

from publishing.reading import Reading
from publishing.sharing import standing

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
INK, QUIET, PAPER, RULE = "#15171c", "#4c525d", "#ffffff", "#d6dae0"
#: Drawn at twice the size and made smaller, so that slanted edges are smooth.
FINE = 2
SIZES = (64, 56, 50, 44, 40)
LINES_HEIGHT = 290
NAME_SIZE = 30
LONGEST = 1000
Font = ImageFont.FreeTypeFont
Colour = str


@dataclass(frozen=True, slots=True)
class Look:
    """How a finding is drawn. `shape` is that of the badges on the pages."""

    colour: Colour
    shape: str


LOOKS = {
    "supported": Look("#14694a", "tick"),
    "refuted": Look("#ad251c", "cross"),
    "conflicting": Look("#855500", "diamond"),
    "not_enough_evidence": Look("#565c68", "square"),
}
RETRACTED = Look("#ad251c", "barred")
REOPENED = Look("#565c68", "half")


def draw_card(reading: Reading, desk: str) -> bytes:
    image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), PAPER)
    look = _look(reading)
    _draw_bands(image, look)
    _draw_statement(image, reading)
    _draw_verdict(image, reading, look)
    _draw_names(image, reading, desk)
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.quantize(64, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def can_show(text: str) -> bool:
    """Whether the font has a letter for each of the text's."""
    return all(char.isspace() or _picture(char) != _missing() for char in set(text))


def runs_from_the_right(text: str) -> bool:
    """As its first letter does."""
    for char in text:
        if (way := bidirectional(char)) in {"L", "R", "AL"}:
            return way != "L"
    return False


def wrap(text: str, font: Font, width: int) -> list[str]:
    """Lines no wider than `width`. A word that is wider by itself is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if font.getlength(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word if font.getlength(word) <= width else shorten(word, font, width)
    return [*lines, line] if line else lines


def shorten(text: str, font: Font, width: int) -> str:
    """The text, or as much of its beginning as has room before an ellipsis."""
    if font.getlength(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if font.getlength(text[:middle].rstrip() + "…") <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def _look(reading: Reading) -> Look:
    if reading.is_retracted:
        return RETRACTED
    return (
        REOPENED
        if reading.is_reopened
        else LOOKS.get(reading.verdict["normalised"], LOOKS["not_enough_evidence"])
    )


@cache
def _font(size: int, *, is_bold: bool) -> Font:
    return ImageFont.truetype(BytesIO(_bytes(is_bold=is_bold)), size * FINE)


@cache
def _bytes(*, is_bold: bool) -> bytes:
    return bytes(myfont("figbo" if is_bold else "figo"))


@cache
def _missing() -> bytes:
    """What the font draws for a letter that it lacks."""
    return _picture("\U000fffff")


def _picture(char: str) -> bytes:
    mask = _font(20, is_bold=False).getmask(char)
    return bytes(mask) + bytes(str(mask.size), "ascii")


def _draw_bands(image: Image.Image, look: Look) -> None:
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH * FINE, 14 * FINE), fill=look.colour)
    line = (HEIGHT - 112) * FINE
    pen.rectangle((MARGIN * FINE, line, (WIDTH - MARGIN) * FINE, line + FINE), fill=RULE)


def _draw_statement(image: Image.Image, reading: Reading) -> None:
    """As large as it fits, then cut; from the right where it is read from there."""
    text = reading.statement[:LONGEST]
    text = f"“{text}”" if can_show(text) else "A claim that we checked"
    width = (WIDTH - 2 * MARGIN) * FINE
    for size in SIZES:
        font = _font(size, is_bold=False)
        step, most = size * 5 // 4, LINES_HEIGHT // (size * 5 // 4)
        lines = wrap(text, font, width)
        if len(lines) <= most:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], shorten(" ".join(lines[most - 1 :]), font, width)]
    pen, is_rtl = ImageDraw.Draw(image), runs_from_the_right(text)
    left, anchor, way = (WIDTH - MARGIN, "ra", "rtl") if is_rtl else (MARGIN, "la", "ltr")
    for number, line in enumerate(lines):
        at = (left * FINE, (54 + number * step) * FINE)
        pen.text(at, line, font=font, fill=INK, anchor=anchor, direction=way)


def _draw_verdict(image: Image.Image, reading: Reading, look: Look) -> None:
    font, pen = _font(46, is_bold=True), ImageDraw.Draw(image)
    label = standing(reading)
    label = shorten(
        label if can_show(label) else "Checked", font, (WIDTH - 2 * MARGIN - 130) * FINE
    )
    top, high = HEIGHT - 112 - 122, 92
    wide = int(font.getlength(label) / FINE) + 130
    box = tuple(n * FINE for n in (MARGIN, top, MARGIN + wide, top + high))
    pen.rounded_rectangle(box, radius=8 * FINE, fill=look.colour)
    _draw_shape(pen, look.shape, MARGIN + 28, top + high // 2 - 22, look.colour)
    middle = ((MARGIN + 92) * FINE, (top + high // 2) * FINE)
    pen.text(middle, label, font=font, fill=PAPER, anchor="lm")


def _draw_shape(pen: ImageDraw.ImageDraw, shape: str, left: int, top: int, colour: Colour) -> None:
    """Within 44 pixels, white on the colour of the verdict."""

    def at(*points: tuple[int, int]) -> list[tuple[int, int]]:
        return [((left + x) * FINE, (top + y) * FINE) for x, y in points]

    thick = 5 * FINE
    match shape:
        case "tick":
            pen.ellipse(at((0, 0), (44, 44)), fill=PAPER)
            pen.line(at((11, 23), (19, 31), (33, 14)), fill=colour, width=thick, joint="curve")
        case "cross":
            pen.rectangle(at((1, 1), (43, 43)), fill=PAPER)
            pen.line(at((12, 12), (32, 32)), fill=colour, width=thick)
            pen.line(at((32, 12), (12, 32)), fill=colour, width=thick)
        case "diamond":
            pen.polygon(at((22, 0), (22, 44), (0, 22)), fill=PAPER)
            pen.line(at((22, 2), (42, 22), (22, 42)), fill=PAPER, width=thick, joint="curve")
        case "barred":
            pen.ellipse(at((0, 0), (44, 44)), outline=PAPER, width=thick)
            pen.line(at((9, 35), (35, 9)), fill=PAPER, width=thick)
        case "half":
            pen.ellipse(at((0, 0), (44, 44)), outline=PAPER, width=thick)
            pen.chord(at((0, 0), (44, 44)), 0, 180, fill=PAPER)
        case _:
            pen.rectangle(at((2, 2), (42, 42)), outline=PAPER, width=thick)
            pen.rectangle(at((17, 20), (27, 24)), fill=PAPER)


def _draw_names(image: Image.Image, reading: Reading, desk: str) -> None:
    """Who claimed it on the left, who checked it on the right."""
    pen = ImageDraw.Draw(image)
    bold, plain = _font(NAME_SIZE, is_bold=True), _font(NAME_SIZE, is_bold=False)
    middle = (HEIGHT - 58) * FINE
    if can_show(desk):
        right = ((WIDTH - MARGIN) * FINE, middle)
        pen.text(right, shorten(desk, bold, 400 * FINE), font=bold, fill=INK, anchor="rm")
    name = reading.claimant.get("name", "")
    claimed = f"Claimed by {name}" if name and can_show(name) else "Fact check"
    left = (MARGIN * FINE, middle)
    pen.text(left, shorten(claimed, plain, 630 * FINE), font=plain, fill=QUIET, anchor="lm")
