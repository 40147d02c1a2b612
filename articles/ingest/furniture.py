"""What a run of text is by its own words: furniture, a photo caption, a byline.

Furniture is what surrounds an article and is not part of it: republication notices, disclaimers,
prompts to subscribe, follow or read on. The patterns are anchored at the beginning of a run and
bounded in length, because the same words inside a paragraph are the article's own. Corrections
notices are not furniture: they assert something.
"""

import re

PIECE = r"(?:article|story|post|piece|report|essay|column|interview|commentary|analysis|page|item)"

LONGEST_FURNITURE = 420
LONGEST_CAPTION = 700
LONGEST_BYLINE = 200

#: Lines that are furniture when they are nothing else.
WHOLE_LINE = re.compile(
    r"""(?:advertisement|advertorial|sponsored(?:\ content)?|promoted(?:\ content)?|share|tweet|print|
    e-?mail|comments?|loading|menu|search|home|(?:back\ to|skip\ to|jump\ to)\b.{0,40}|
    more\ on\ this(?:\ story)?|most\ (?:read|viewed|popular)|recommended(?:\ for\ you|\ reading)?|
    related(?:\ (?:articles?|stories|content|links|topics|news))?|continue\ reading|see\ also|
    read\ (?:more|next|also|on)|also\ read|you\ (?:may|might)\ also\ like|trending(?:\ now)?|
    \d+\ (?:comments?|shares?|likes?|retweets?|views?)|\d+[\ -]min(?:ute)?s?\ read|play\ video|
    \(?ends?\)?|-*\ ?30\ ?-*|exclusive|breaking(?:\ news)?|opinion|analysis|explainer|world|politics|
    business|sports?|news|live|updates?|copy\ link|save|listen|watch)\s*[:.…»>→-]*""",
    re.VERBOSE | re.IGNORECASE,
)

#: How furniture begins.
OPENING = re.compile(
    rf"""(?:
    (?:this|the)\ (?:above\ |following\ )?{PIECE}\ (?:is|was|has\ been|have\ been|first|originally|also)\b
        .{{0,60}}\b(?:(?:re)?published|appeared|syndicated|reproduced|posted|licen[sc]ed|courtesy)
    | (?:originally|first)\ (?:published|appeared|posted)\b
    | (?:re)?published\ (?:here\ )?(?:with\ (?:the\ )?permission|under\ (?:a\ )?creative|courtesy)
    | (?:please\ )?(?:read|see|view|find)\ (?:the|our|this)\ (?:original|full|complete|rest)\b
    | (?:you\ can\ )?read\ (?:the\ )?(?:original|full|more\ (?:here|on|from|about|at))\b
    | (?:read\ (?:more|also|next)|also\ read|see\ also|related(?:\ (?:article|story|stories|reading|coverage))?
        |more\ from|more\ on\ this|watch|listen|video|don't\ miss|recommended|tags?|topics?|filed\ under
        |categor(?:y|ies)|sources?|share\ this|follow|source\ link)\s*:
    | the\ (?:views?|opinions?)(?:\ and\ (?:views?|opinions?))?\ (?:expressed|in\ this|stated|presented)
    | (?:views?|opinions?)(?:\ and\ (?:views?|opinions?))?\ expressed\b
    | (?:subscribe|sign\ up|register)\ (?:to|for|now|today|here|and|free)\b
    | get\ (?:the|our|all|more)\b.{{0,60}}\b(?:inbox|newsletters?|e-?mail|app|alerts?)\b
    | (?:our|the|a)\ (?:free\ )?(?:daily|weekly|morning|evening)\b.{{0,40}}\bnewsletter\b
    | (?:for\ more|want\ more|stay\ up\ to\ date|stay\ informed|stay\ connected)\b.{{0,80}}
        \b(?:visit|subscribe|sign\ up|follow|click|newsletter|inbox)\b
    | (?:follow|like|join|find|visit)\ (?:us|me|him|her|them|@\w+|the\ author)\b
    | (?:follow|like)\ .{{1,50}}\bon\ (?:twitter|x|facebook|instagram|telegram|mastodon|bluesky|linkedin|youtube)\b
    | share\ (?:this\b|on\b|via\b|with\ (?:friends|your))
    | (?:click|tap)\ (?:here|on\b|the\b|to\b)
    | (?:download|get)\ (?:the|our)\ .{{0,30}}\bapp\b
    | (?:donate|become\ a\ (?:member|subscriber|supporter)|support\ (?:us|our|independent)\b.{{0,20}}
        \b(?:journalism|work|reporting|newsroom))
    | advertisement\s*[-–—:|]
    | (?:story|article)\ continues\ (?:below|after)
    | (?:copyright|©|\(c\))\s*(?:©|\(c\))?\s*\d{{4}}
    | ©
    | all\ rights\ reserved
    | (?:this\ (?:work|{PIECE})\ is|licen[sc]ed)\ (?:licen[sc]ed\ )?under\ (?:a\ )?(?:creative|cc)
    | our\ standards:
    | (?:terms\ (?:of|and)|privacy\ (?:policy|notice)|cookie\ (?:policy|settings))\b
    | (?:do\ you\ have|have\ you\ got|got)\ (?:a|any|an)\ (?:story|tip|news\ tip|question|opinion)\b
    | (?:contact|e-?mail|write\ to|reach)\ (?:us|the\ (?:author|reporter|writer|editor)|\S+@\S+)\b
    | with\ (?:files|reporting|additional\ reporting)\ (?:from|by)\b
    | (?:dieser|lesen\ sie|abonnieren|este\ art[ií]culo\ (?:fue|se)|lea\ tambi[eé]n|lire\ aussi|abonnez|
        cet\ article\ a\ [eé]t[eé]|suscr[ií]bete|s[ií]guenos|publicidad|anzeige|publicit[eé])\b
    )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

#: Furniture that shows at the end: shared credits and reservations of rights.
CLOSING = re.compile(
    r"(?:contributed to this (?:report|story|article)|all rights reserved)\.?\)?$", re.IGNORECASE
)

LABEL = (
    r"(?:(?:AP|AFP|file|handout|stock)\s+)?(?:photos?|photographs?|photographer|pictures?|images?|"
    r"illustration|graphic|video still|screenshot|fotos?|fotograf[ií]a|imagen|bild|crédito|crédit|"
    r"照片|图片|圖片|写真)(?:\s+credits?)?|credits?"
)
AGENCY = (
    r"(?:AP|AFP|EPA|EFE|ANSA|PA|UPI|dpa|Reuters|REUTERS|Getty(?:\sImages)?|Bloomberg|Xinhua|TASS|"
    r"Shutterstock|Alamy|Flickr|Wikimedia(?:\sCommons)?|iStock|Unsplash|Anadolu)"
)
CAPTION_OPENING = re.compile(
    rf"(?:(?:image|photo|picture|video)\s+(?:caption|source|credit|copyright)\b|(?:caption|{LABEL})\s*[:：]"
    rf"|file\s+(?:photo|image|picture)\b|\[(?:{LABEL})\b[^\]]*\]$|FILE\s[-–—]\s)",
    re.IGNORECASE,
)
CREDIT = re.compile(
    rf"""(?:
    (?:[.!?…。！？"”’)\]]\s*|\s[|/–—-]\s*|[(\[]\s*|\n\s*)(?:{LABEL})(?:\s*[:：/]|\s+(?:by|via|courtesy)\b)
        \s*[^\n]{{1,90}}
    | [(\[][^()\[\]\n]{{0,90}}(?:(?-i:{AGENCY})\s?/|/\s?(?-i:{AGENCY})|getty\ images|file\ photo)
        [^()\[\]\n]{{0,60}}[)\]]\.?
    | [.!?…"”’)]\s+(?:©\s*)?(?-i:[^\W\d_])[^.!?\n]{{0,50}}
        (?:getty\ images|/\s?(?-i:{AGENCY}))(?:\s+via\s[^.\n]{{2,40}})?\.?
    | [.!?…"”’)]\s+(?-i:REUTERS|AFP|AP|EPA)/[^.!?\n]{{2,50}}\.?
    | [.!?…"”’)]\s+©\s?[^.!?\n]{{2,60}}\.?
    )$""",
    re.VERBOSE | re.IGNORECASE,
)
LONGEST_CREDIT = 150

MONTH = r"[^\W\d_]{3,12}\.?"
TIME = r"(?:,?\s*(?:at\s+|-\s*)?\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{2,5}\)?)?)?"
DATE = (
    rf"(?:(?:[^\W\d_]{{3,12}},?\s+)?\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:de\s+)?{MONTH},?\s+(?:de\s+)?\d{{4}}"
    rf"|(?:[^\W\d_]{{3,12}},?\s+)?{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|\d{4}-\d{2}-\d{2}(?:T[\d:.+Z-]+)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}年\d{1,2}月\d{1,2}日)"
)
STAMP = r"(?:(?:first\s+|last\s+)?(?:published|updated|posted|modified|issued)(?:\s+(?:on|at))?\s*:?\s*)"
DATELINE = re.compile(rf"{STAMP}?{DATE}{TIME}(?:\s*[|·•–-]?\s*{STAMP}{DATE}{TIME})?", re.IGNORECASE)
DATE_INSIDE = re.compile(rf"\b{DATE}{TIME}", re.IGNORECASE)
BY = re.compile(
    r"(?:(?:text|words|story|written|report|reported|analysis|opinion|commentary)\s+)?"
    r"(?P<by>by|von|por|par|door)\s*:?\s+(?P<who>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
DESK_CREDIT = re.compile(
    r"\(?(?:(?:additional\s+)?(?:reporting|writing)|edit(?:ing|ed)|compiled|translated|produced)\s+by\s",
    re.IGNORECASE,
)
#: Words of a byline that are no names: parts of names, and what joins two of them.
PARTICLES = re.compile(
    r"(?:de|del|della|der|den|di|da|dos|du|la|le|van|von|bin|ibn|al|el|and|y|und|et)", re.IGNORECASE
)


def is_furniture(text: str) -> bool:
    """Whether the run surrounds the article and is no part of it."""
    if not any(map(str.isalnum, text)):
        return True
    if len(text) > LONGEST_FURNITURE:
        return False
    words = " ".join(text.replace("’", "'").split())
    return bool(WHOLE_LINE.fullmatch(words) or OPENING.match(words) or CLOSING.search(words))


def is_caption(text: str) -> bool:
    """Whether the run describes a picture: it begins as a caption does, or ends with a credit."""
    if len(text) > LONGEST_CAPTION:
        return False
    return bool(
        CAPTION_OPENING.match(text) or CREDIT.search(text, max(0, len(text) - LONGEST_CREDIT))
    )


def is_credit_alone(text: str) -> bool:
    """Whether the run is a picture's credit without the caption, so that the line above may be it."""
    return len(text) <= LONGEST_CREDIT and bool(CAPTION_OPENING.match(text))


def is_date(text: str) -> bool:
    return len(text) <= LONGEST_BYLINE and bool(DATELINE.fullmatch(text))


def is_byline(text: str) -> bool:
    """Whether the run says who wrote the article, or when."""
    if len(text) > LONGEST_BYLINE:
        return False
    if DATELINE.fullmatch(text) or DESK_CREDIT.match(text):
        return True
    match = BY.fullmatch(text)
    if match:
        return _is_name(match["who"])
    return bool(DATE_INSIDE.search(text)) and _is_name(DATE_INSIDE.sub("", text))


def name_in_byline(text: str) -> str:
    """The names of a byline, without “By” and the date."""
    match = BY.fullmatch(text)
    names = DATE_INSIDE.sub("", match["who"] if match else text)
    return " ".join(names.split()).strip(" |·•–—-,")


def _is_name(text: str) -> bool:
    """A few words that begin as names do, with none of a sentence's punctuation."""
    words = re.split(r"[\s|·•/]+", re.sub(r"\s(?:in|for|at)\s.*|[,|·•–—].*", "", text.strip()))
    if not 1 < len(words) <= 12 or text.endswith((".", "!", "?")):
        return False
    return words[0][:1].isupper() and all(
        word[:1].isupper() or bool(PARTICLES.fullmatch(word)) for word in words
    )
