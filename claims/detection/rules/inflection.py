"""Forms of English verbs that a rewritten clause needs: the past, and the present of the third person."""

import re

from claims.detection.words import word_set

#: Base forms whose past is not made with -ed; verbs of news text.
IRREGULAR_PAIRS = word_set(
    """
    be:was have:had do:did go:went say:said get:got give:gave take:took come:came see:saw know:knew find:found tell:told
    become:became leave:left feel:felt put:put bring:brought begin:began keep:kept hold:held write:wrote stand:stood
    hear:heard let:let mean:meant set:set meet:met run:ran pay:paid sit:sat speak:spoke lie:lay lead:led lose:lost
    fall:fell send:sent build:built understand:understood draw:drew break:broke spend:spent cut:cut rise:rose
    drive:drove
    buy:bought wear:wore choose:chose seek:sought throw:threw catch:caught deal:dealt win:won forget:forgot lay:laid
    sell:sold fight:fought bear:bore teach:taught eat:ate sing:sang strike:struck hang:hung shake:shook ride:rode
    feed:fed shoot:shot drink:drank hit:hit arise:arose fly:flew spread:spread sleep:slept cost:cost beat:beat
    hide:hid hurt:hurt shut:shut swing:swung undertake:undertook overcome:overcame withdraw:withdrew sink:sank
    flee:fled cast:cast bid:bid lend:lent steal:stole tear:tore swear:swore sweep:swept stick:stuck quit:quit bind:bound
    split:split shed:shed overtake:overtook outline:outlined undergo:underwent forecast:forecast wind:wound dig:dug
    wake:woke freeze:froze grow:grew show:showed make:made think:thought read:read rebuild:rebuilt oversee:oversaw
    """
)
IRREGULAR = dict(pair.split(":") for pair in IRREGULAR_PAIRS)
BE = {"VBD": ("was", "were"), "VBZ": ("is", "are"), "VBP": ("is", "are")}
DOUBLING = re.compile(
    r"(?:^[^aeiou]*[aeiou][bdgklmnprt]|(?:mit|fer|cur|pel|trol|gret|vet|cel|bel))$"
)


def past(lemma: str) -> str:
    if lemma in IRREGULAR:
        return IRREGULAR[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    if re.search(r"[^aeiou]y$", lemma):
        return lemma[:-1] + "ied"
    return lemma + (lemma[-1] if DOUBLING.search(lemma) else "") + "ed"


def present(lemma: str) -> str:
    """The form for “he”, “she” and “it”."""
    if lemma in ("be", "have", "do", "go"):
        return {"be": "is", "have": "has", "do": "does", "go": "goes"}[lemma]
    if re.search(r"(?:s|x|z|ch|sh)$", lemma):
        return lemma + "es"
    return lemma[:-1] + "ies" if re.search(r"[^aeiou]y$", lemma) else lemma + "s"


def finite(lemma: str, tag: str, *, is_plural: bool) -> str:
    """A verb in the time of a finite verb with this tag."""
    if lemma == "be":
        return be(tag, is_plural=is_plural)
    if tag == "VBD":
        return past(lemma)
    return lemma if is_plural else present(lemma)


def be(tag: str, *, is_plural: bool) -> str:
    return BE[tag][is_plural]


def possessive(name: str) -> str:
    return name + ("’" if name.endswith("s") and not name[:1].isupper() else "’s")
