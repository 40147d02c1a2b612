"""The English words of saying, and which of their uses assert nothing.

One list a family, because the families ask for different company: “said” takes almost anything,
“added” and “announced” take a clause or a quotation (one also adds jobs), “called” takes a quotation.
"""

import re

from claims.detection.words import word_set

#: With a clause, a “that” or a quotation; the past forms carry news, so they are trusted.
FREE = word_set(
    """
    said says told tells argued argues insisted insists claimed alleged alleges warned
    stated testified acknowledged admitted conceded maintained maintains contended contends
    asserted asserts thinks believes believed predicted predicts tweeted joked complained
    quipped opined reckons say
    """
)
#: Only with “that”, a colon, a quotation, or words that are clearly a clause.
STRICT = word_set(
    """
    added adds announced announces confirmed confirms reported reports noted notes revealed
    reveals suggested suggests estimated estimates indicated indicates explained explains
    wrote writes disclosed declared declares concluded concludes replied responded remarked
    remarks commented stressed stresses emphasised emphasized emphasises emphasizes
    reiterated recalled recalls observed continued claims warns states acknowledges admits
    concedes hinted hints mentioned posted promised pledged vowed agreed agrees cautioned
    clarified repeated affirmed proclaimed asked asks shows showed found finds argue allege
    contend maintain insist believe think warn fear feared fears
    """
)
#: Only with a quotation: a judgement in quoted words.
CALLING = word_set(
    """
    proposed     called calls described describes labelled labeled dubbed denounced condemned praised
    hailed dismissed branded characterised characterized deemed termed welcomed rejected
    slammed blasted boasted shouted yelled retorted countered lamented mused exclaimed cried
    snapped urged
    """
)
PHRASES = (
    r"ma(?:de|kes?) (?:it )?clear", r"point(?:ed|s) out", r"(?:was|were|is) quoted as saying",
    r"went on to say", r"put it", r"let it be known",
)  # fmt: skip
#: Those among them that say of a thing what it is: “called the plan ‘reckless’”.
NAMING = word_set(
    """
    called calls described describes labelled labeled dubbed branded characterised characterized deemed termed
    """
)
#: After a quotation or before “that”: the speaker is the one already named.
PARTICIPLES = word_set(
    """
    saying adding noting claiming arguing warning insisting explaining stressing alleging
    stating suggesting emphasising emphasizing telling writing tweeting citing announcing
    confirming predicting
    """
) - {"citing"}
#: Verbs that take the hearer before what is said.
TELLING = frozenset({"told", "tells", "telling", "reminded", "assured", "informed"})
#: Verbs that may stand before their subject: “…,” said the mayor.
INVERTED = (
    r"(?:said|says|added|adds|wrote|writes|explained|explains|noted|notes|warned|warns|argued|argues|claimed|"
    r"insisted|replied|responded|continued|concluded|recalled|asked|asks|announced|tweeted|declared|"
    r"commented|remarked|stated|joked|according to)"
)

VERBS = "|".join(sorted(FREE | STRICT | CALLING | TELLING, key=len, reverse=True))
CUE = re.compile(rf"\b(?P<cue>{'|'.join(PHRASES)}|{VERBS})\b(?!-)")
PARTICIPLE = re.compile(
    rf",?\s(?:(?:before|and|while|after)\s)?(?P<cue>{'|'.join(sorted(PARTICIPLES))})\b",
    re.IGNORECASE,
)
ACCORDING = re.compile(r"\b(?P<cue>according to)\s", re.IGNORECASE)

#: Words between the subject and its verb that change nothing.
BETWEEN = re.compile(
    r"(?:[\s,]+(?:also|later|then|has|have|had|previously|earlier|reportedly|again|repeatedly|publicly|once|"
    r"recently|often|just|further|even|still|yesterday|today|now|since|both|all|always|first|"
    r"(?:on\s)?(?:late\s|early\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[a-z]{3,}ly))+\s*$"
)
#: Words before the verb with which nothing was said: “would not say”, “was told”, “is expected to say”.
UNSAID = re.compile(
    r"\b(?:No|Nobody|If|As|The|A|An|[Nn]ot|[Nn]ever|to|would|could|might|may|should|did|does|do|if|whether|cannot|can|will|neither|nor|"
    r"is|are|was|were|be|been|being|as|who|which|what|whom|nobody|no|the|a|an|his|her|its|their|this|these|those)"
    r"(?:\s+\w+ly)?\s*$|n't\s*$"
)
PUT_QUESTION = re.compile(
    r"\b(?:(?:was|were|been|being|when)\s+asked|asked\s+(?:\w+\s+){0,4}?(?:if|whether|why|how|what|who|when)|"
    r"wondered|questioned\s+(?:whether|if|why)|inquired|enquired)\b",
    re.IGNORECASE,
)
DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|neither\s+confirm\w*\s+nor|not\s+confirm\w*\s+n?or\s+den\w+|"
    r"(?:refus|declin)\w+\s+to|refut\w+|would\s+not\s+(?:say|comment|confirm))\b",
    re.IGNORECASE,
)
ACCUSATION = re.compile(r"\b(?:accus(?:ed|es|ing)|blam(?:ed|es|ing))\b", re.IGNORECASE)

FINITE = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|will|would|can|could|may|might|must|should|do|does|did|cannot|"
    r"\w+n't)\b|'(?:s|re|ve|ll|d)\b"
)
RELATIVE = re.compile(r"\b(?:that|which|who|whose|whom|where)\b", re.IGNORECASE)
DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|tomorrow|tonight)"
#: How a phrase begins that only says when, where or to whom something was said.
TAIL = re.compile(
    rf"(?:on|in|at|during|after|before|to|from|via|through|by|last|this|earlier|later|late|early|when|while|as|"
    rf"over|following|outside|inside|near|about|of|afterwards?|there|here|again|recently|publicly|separately|"
    rf"with|without|under|{DAY}|\w+ly|two|three|several|days|hours|shortly|soon|live)\b",
    re.IGNORECASE,
)
HEARER = re.compile(
    r"(?:(?:him|her|them|us|me|it|you|everyone)\b|"
    r"(?:reporters|journalists|lawmakers|MPs|senators|police|officers|investigators|supporters|viewers|"
    r"listeners|delegates|voters|fans|staff|parliament|congress|media|state media|local media|"
    r"investors|analysts|broadcasters?|colleagues|friends|members|officials)\b|"
    r"(?:(?:the|a|an|his|her|their|its|our|state|local)\s+)?"
    r"(?:[^\W\d_a-z][\w.&'’-]*\s+(?:of\s+(?:the\s+)?)?){0,4}[^\W\d_a-z][\w.&’-]*(?:'s\s+\w+(?:\s+[^\W\d_a-z]\w*)?)?|"
    r"(?:the|a|an|his|her|their|its)\s+(?:\w+\s+){0,2}?\w+)"
    r"(?=[\s,.;:\ufffc]|$)"
)
