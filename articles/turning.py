"""The words that make another claim of a sentence when one comes, goes or gives way to another.

Numbers, negations and comparisons; what is counted and when; who and how many; how sure, how often, which way; and
the pairs of opposites that news is made of. They are of some European languages and Chinese, most of them English;
`articles.telling` compares two sentences by them, and by rules that need no list.
"""

from functools import lru_cache


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


NEGATIONS = _listed(
    "not no never none nobody nothing neither nor nowhere without cannot hardly barely scarcely unlikely false untrue "
    "denied denies deny refused refuses failed fails "
    "nicht kein keine keinen keiner nie ohne ne pas jamais sans aucun aucune non senza mai "
    "sin nunca ningún ninguna não nem sem niet geen nooit zonder 不 没 沒 未 无 無 非"
)
NUMBERS = _listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
    "thousand million billion trillion dozen half halves quarter once twice thrice single double triple quadruple "
    "halved halving treble fold first second third fourth fifth sixth seventh eighth ninth tenth "
    "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig hundert tausend millionen milliarden "
    "deux trois quatre cinq sept huit neuf dix onze douze quinze vingt trente cent mille milliard "
    "dos tres cuatro cinco seis siete ocho nueve diez veinte treinta cien mil millones "
    "tre quattro cinque sette otto nove dieci venti cento mila milioni miliardi dois três quatro oito dez milhões "
    "twee drie vijf zes zeven acht negen tien honderd duizend miljoen miljard "
    "一 二 三 四 五 六 七 八 九 十 百 千 万 亿 萬 億"
)
#: They change what a number counts.
SYMBOLS = frozenset("$£€¥₹%‰°")
UNITS = _listed(
    "percent percentage cent point dollar euro pound yen yuan pence penny rouble ruble rupee franc crown peso krona "
    "mile kilometre kilometer metre meter centimetre millimetre foot feet inch yard km cm mm acre hectare "
    "tonne ton kilo kilogram gram ounce kg lb stone litre liter gallon pint barrel celsius fahrenheit degree "
    "watt kilowatt megawatt gigawatt kw mw gw kwh byte kilobyte megabyte gigabyte terabyte kb mb gb tb bn tn "
    "hour minute night decade century"
)
CALENDAR = _listed(
    "second minute hour day week fortnight month quarter year decade century am pm p noon midnight "
    "hourly daily weekly monthly quarterly yearly annual morning afternoon evening night "
    "today yesterday tomorrow tonight last next previous spring summer autumn winter "
    "january february march april june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur fri sat sun "
    "janvier février mars avril juin juillet août septembre octobre novembre décembre "
    "lundi mardi mercredi jeudi vendredi samedi dimanche enero febrero marzo abril mayo junio julio agosto "
    "septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo "
    "lunedì martedì mercoledì giovedì venerdì sabato "
    "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre "
    "januari februari maart april mei juni juli augustus maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
)
QUANTITIES = _listed(
    "all every each both either any some many several few most more less fewer least enough too only even "
    "almost nearly about around exactly over under majority minority everybody everyone everything everywhere "
    "nobody anybody anyone somebody someone average median mean total gross net minimum maximum min max "
    "wholly fully completely entirely partly partially mostly full partial empty whole"
)
CERTAINTY = _listed(
    "may might must can could will would shall should if unless or because although despite "
    "always often sometimes rarely seldom usually frequently regularly occasionally still longer "
    "probably possibly certainly definitely perhaps likely allegedly alleged reportedly actually suspected proven "
    "confirmed temporary temporarily permanent permanently voluntary mandatory optional compulsory"
)
DIRECTIONS = _listed(
    "up down rise rose risen fall fell fallen higher lower high low upper upwards downwards upward downward "
    "increase decrease gain loss lost lose win won grow grew grown growth shrink shrank decline soar plunge climb drop "
    "expand contract raise reduce reduction cut lift boost surge slump slide jump sink sank recover worsen improve "
    "surplus deficit profit above below before after until since during inside outside within beyond between "
    "under against for with left right top bottom front back ahead behind plus minus positive negative "
    "north south east west northern southern eastern western victory defeat success failure succeed fail pass "
    "pro anti pre post ex"
)
PEOPLE = _listed(
    "he she his her him hers himself herself man men woman women male female boy girl father mother son daughter "
    "brother sister husband wife uncle aunt king queen prince princess mr mrs ms "
    "attacker victim buyer seller landlord tenant teacher pupil doctor patient enemy ally friend rival foe "
    "liberal conservative black white red green blue christian muslim jewish former current acting"
)
OPPOSITES = _listed(
    "best worst better worse good bad new old young younger older oldest youngest early late earlier later last "
    "rich poor hot cold warm strong weak fast slow faster slower long short longer shorter large small larger "
    "smaller big tall wide narrow heavy light hard soft tight loose safe dangerous legal illegal lawful true "
    "correct wrong guilty innocent dead alive kill killed injure injured wound die died survive convict acquit "
    "charge clear arrest release jail free support oppose reject approve accept refuse agree disagree allow "
    "permit ban forbid prohibit start stop begin began begun end finish continue resume halt open close shut buy "
    "bought sell sold import export borrow lend lent hire fire sack arrive leave enter join stay remain quit keep "
    "kept abandon build built demolish create destroy protect harm help hinder cause prevent cure add remove "
    "attach detach include exclude admit confirm deny public private domestic foreign internal external local "
    "national global direct indirect major minor nominal real incoming outgoing peace war love hate strength "
    "weakness attack defend defence defense paid unpaid secret give gave given take took taken send sent receive "
    "push pull save spend spent employ dismiss praise criticise criticize condemn welcome invite expel hide "
    "reveal remember forget encourage discourage thank blame"
)
#: These turn a sentence round whenever they come or go; opposites, when another comes in their place.
ALWAYS = NEGATIONS | NUMBERS | UNITS | CALENDAR | QUANTITIES | CERTAINTY | DIRECTIONS | PEOPLE
TURNING = ALWAYS | OPPOSITES
#: Endings that make another form of the same word, and what stands in their place.
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("es", ""), ("s", ""), ("ly", ""),
)  # fmt: skip


@lru_cache(maxsize=50_000)
def root(word: str) -> str | None:
    """The listed word that this is a form of: “raising” is “raise”, “banned” is “ban”."""
    if word in TURNING:
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            stem = word.removesuffix(ending) + instead
            for form in (stem, stem[:-1] if stem[-1:] == stem[-2:-1] else stem):
                if form in TURNING:
                    return form
    return None
