"""Pages that show a door in place of an article: sign in, pay, consent, prove that you are no program.

No article may be made of “Accept all cookies”. A door is told by whom it speaks to: it says *we* and *you* and asks
for something, in most of its paragraphs; an article about cookies or subscriptions does not. What is said of a door
is what to do about it, which is always the same: a person opens the page and brings the words.
"""

import re
from collections.abc import Iterable
from typing import Any

from articles.ingest.base import UnreadableText, Wall

#: A page with fewer words of its own is no article when anything on it speaks of a door.
FEW_WORDS = 40
#: The start of an article, before its door, and the longest door.
TEASER, LONGEST_DOOR = 150, 600
MOST_OF_IT = 0.6
DO_THIS = "Open it in your browser, and paste the article or upload it as a file."

CONSENT = re.compile(
    r"\b(?:cookies?|consent\w*|partners|personal (?:data|information)|privacy|personali[sz]ed|legitimate interests?"
    r"|einwillig\w*|zustimm\w*|zuzustimmen|datenschutz\w*|personenbezogene\w*|personalisierte"
    r"|consentement|partenaires|traceurs|données personnelles|vie privée"
    r"|consentimiento|socios|datos personales|privacidad|consenso|dati personali|toestemming|samtycke)\b",
    re.IGNORECASE,
)
SIGN_IN = re.compile(
    r"\b(?:(?:sign|log|signed|logged)[- ]?(?:in|up|on)\b|log[io]n|subscri\w+|regist(?:er\w*|ration)"
    r"|accounts?|already a (?:member|subscriber)|anmelden|einloggen|registrieren|abonn\w+|s’identifier|s'identifier"
    r"|se connecter|connectez-vous|iniciar sesión|inicia sesión|suscr[ií]\w+|accedi|inloggen|logga in)\b",
    re.IGNORECASE,
)
ADDRESSED = re.compile(
    r"\b(?:we|our|us|you|your|wir|uns|unsere\w*|sie|ihre\w*|nous|nos|notre|vous|votre|vos|nosotros|nuestr\w+|usted"
    r"|tus?|noi|nostri|wij|onze|jouw|vi|våra|dina?|please|bitte|bereits|already)\b",
    re.IGNORECASE,
)
BUTTON = re.compile(
    r"\b(?:accept|agree|allow|reject|akzeptieren|ablehnen|accepter|refuser|aceptar|rechazar|accetta)\b",
    re.IGNORECASE,
)
GATE = re.compile(
    r"\b(?:(?:sign|log) in|subscribe|register|join|create (?:a|your) (?:free )?account)\s(?:now\s)?to\s"
    r"(?:continue|read|keep reading|unlock|access)\b|\bto (?:continue|keep) reading\b"
    r"|\bthis (?:article|content|story) is (?:only |reserved )?for (?:our )?(?:subscribers|members)\b"
    r"|\bum weiterzulesen\b|\bpour (?:continuer à|poursuivre (?:la|votre)) lect?ure\b|\bpara seguir leyendo\b",
    re.IGNORECASE,
)
ROBOT = re.compile(
    r"\b(?:(?:verify|confirm|check\w*|prove)\b.{0,30}\b(?:human|robot|browser|connection)|captcha|unusual traffic"
    r"|(?:enable|turn on|activate|requires?) javascript|javascript (?:is )?(?:disabled|required)|access denied)\b",
    re.IGNORECASE,
)
SENDS_ON = re.compile(r"\bredirect(?:ed|ing)?\b|\bhas moved\b|\bclick here\b", re.IGNORECASE)

SAID = {
    "sign in": f"This page asks to sign in or to subscribe. {DO_THIS}",
    "consent": f"This page asks for consent to cookies first. {DO_THIS}",
    "robot": f"This page wants to see a person and not a program. {DO_THIS}",
    "sends on": "This page only sends on to another. Give the address that your browser shows in the end.",
    "nothing": "No article was found on this page. Paste its words, or save the article alone.",
}


def refuse_wall(tree: Any, paragraphs: Iterable[str]) -> None:
    """Raise Wall, in words, when these paragraphs of a page are a door; UnreadableText when it has none at all."""
    if door := _door(tree, [one for one in paragraphs if one.strip()]):
        raise (UnreadableText if door == "nothing" else Wall)(SAID[door])


def _door(tree: Any, paragraphs: list[str]) -> str:
    words = " ".join(paragraphs)
    count = len(words.split())
    if count <= TEASER and GATE.search(words):
        return "sign in"
    if count <= LONGEST_DOOR and count:
        for door, asked in (("consent", CONSENT), ("sign in", SIGN_IN)):
            if _is_door(paragraphs, count, asked):
                return door
    return _bare(tree, words) if count < FEW_WORDS else ""


def _is_door(paragraphs: list[str], count: int, asked: re.Pattern[str]) -> bool:
    """Whether most of the words ask this of the reader, in more than one way."""
    asking = [one for one in paragraphs if asked.search(one) and ADDRESSED.search(one)]
    ways = {found.lower() for one in asking for found in asked.findall(one)}
    return len(ways) > 1 and sum(len(one.split()) for one in asking) >= MOST_OF_IT * count


def _bare(tree: Any, words: str) -> str:
    """A page without the words of an article: why."""
    title = next((one.text or "" for one in tree.iter("title")), "")
    seen = f"{title} {words}"
    if tree.xpath("//input[@type='password']"):
        return "sign in"
    if SENDS_ON.search(seen) or (not words and _is_refreshed(tree)):
        return "sends on"
    if ROBOT.search(seen):
        return "robot"
    is_asking = ADDRESSED.search(seen) or BUTTON.search(seen) or not words
    if is_asking and CONSENT.search(seen):
        return "consent"
    return "" if words else "nothing"


def _is_refreshed(tree: Any) -> bool:
    return any((one.get("http-equiv") or "").lower() == "refresh" for one in tree.iter("meta"))
