"""Words that turn a sentence round are the same, or it is another sentence."""

import pytest

from articles.alignment import Words
from articles.telling import is_telling, tell_the_same
from articles.turning import root


def same(one, other):
    return tell_the_same(Words.of(one).texts, Words.of(other).texts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The port opens today", "The port opened today"),
        ("He isn’t here", "He is not here"),
        ("They can't come", "They cannot come"),
        ("Minister Andersson spoke", "Minister Anderson spoke"),
        ("Minister Adnersson spoke", "Minister Andersson spoke"),
        ("prices went to $5", "price went to $5"),
        ("So they left. He wept", "So they left. Meanwhile he wept"),
        ("to inceease prices", "to increase prices"),
        ("to increase prices", "to inceease prices"),
        ("on Friday night", "on Friaay night"),
        ("over the weekend", "voer the weekend"),
        ("the unlikely winner", "the nlikely winner"),
        ("he raises taxes", "he raised taxes"),
        ("he was jailed there", "he was held there"),
    ],
)
def test_slips_and_other_forms_tell_the_same(one, other):
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rose 4%", "rose 5%"),
        ("from 4 to 5", "from 5 to 4"),
        ("cost $5m", "cost £5m"),
        ("a fall of -5 points", "a fall of 5 points"),
        ("two men came", "ten men came"),
        ("prices rose", "prices fell"),
        ("he will come", "he will never come"),
        ("not guilty", "guilty"),
        ("that Iran agreed", "that Iraq agreed"),
        ("when Blair spoke", "when Brown spoke"),
        ("when he spoke", "when Brown spoke"),
        ("members of Council and Council", "members of Cuoncil and other"),
        ("他 不 去", "他 去"),
    ],
)
def test_what_turns_a_sentence_round_is_seen(one, other):
    assert not same(one, other)


#: One word for another, where a sentence is otherwise the same.
CHANGES = """
two|ten; thirteen|thirty; third|fourth; thousand|million; dozen|hundred; double|triple; half|third; 1,200|1,300;
4.5|45; $5|£5; 5pm|5am; 5 p.m.|5 a.m.; 5kg|5lb; 5 km|5 miles; ten euros|ten dollars; 10%|10 percentage points;
10 percent|10 points; per day|per week; MW|GW; in March|in April; in march|in april; on Monday|on Tuesday;
monthly|yearly; last year|this year; today|yesterday; days|weeks; morning|evening; spring|autumn; en janvier|en juin;
il lunedì|il martedì; drei|vier; deux|trois; will|may; must|may; must|should; can|cannot; would|will; is|isn’t;
always|never; often|rarely; no longer|still; is no longer|is; all|some; many|few; every|some; both|either; most|many;
at least|at most; only|even; nearly|exactly; fully|partly; more|less; rose|fell; increase|decrease; raised|lowered;
grew|shrank; soared|plunged; surplus|deficit; profit|loss; gains|losses; before|after; until|since; above|below;
inside|outside; within|beyond; left|right; northern|southern; with|without; for|against; pro-war|anti-war;
pre-war|post-war; and|or; if|unless; because|despite; alleged|proven; probably|certainly; largest|smallest;
greenest|dirtiest; richest|poorest; best|worst; older|younger; first|last; new|old; early|late; hot|cold;
guilty|innocent; convicted|acquitted; killed|injured; died|survived; jailed|freed; allowed|banned; approved|rejected;
supports|opposes; agreed|refused; opened|closed; started|stopped; bought|sold; imports|exports; hired|fired;
arrived|left; built|destroyed; included|excluded; admitted|denied; public|private; domestic|foreign;
temporary|permanent; safe|dangerous; legal|illegal; likely|unlikely; able|unable; possible|impossible;
proved|disproved; honest|dishonest; stable|unstable; harmful|harmless; careful|careless; employer|employee;
trainer|trainee; directly|indirectly; he|she; his|her; men|women; boys|girls; father|mother; brother|sister; Mr|Mrs;
victim|attacker; buyer|seller; US|UK; Iran|Iraq; Austria|Australia; Slovakia|Slovenia; Niger|Nigeria; former|current
"""


@pytest.mark.parametrize("change", [one.strip() for one in CHANGES.split(";")])
@pytest.mark.parametrize("way", [1, -1])
def test_one_word_that_makes_another_claim_is_seen(change, way):
    one, other = (f"the council said that {words} in town" for words in change.split("|")[::way])
    assert not same(one, other)


def test_what_the_article_says_elsewhere_is_no_slip():
    one, other = "when Mr Johnson spoke", "when Mr Johnston spoke"
    known = frozenset({"johnson", "johnston"})
    assert same(one, other)
    assert not tell_the_same(one.split(), other.split(), known)


@pytest.mark.parametrize(
    ("word", "listed"),
    [
        ("raise", "raise"),
        ("raised", "raise"),
        ("banning", "ban"),
        ("losses", "loss"),
        ("denied", "denied"),
        ("carries", None),
    ],
)
def test_forms_of_a_word_are_one(word, listed):
    assert root(word) == listed


@pytest.mark.parametrize("word", ["harbour", "UK", "7", "我"])
def test_words_with_something_to_say(word):
    assert is_telling(word)


@pytest.mark.parametrize("word", ["of", "the", ",", "A"])
def test_words_that_are_everywhere(word):
    assert not is_telling(word)
