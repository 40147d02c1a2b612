"""The characters of a text are the same wherever they go: in by the API, out of it, out as JSON, in again."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from articles.models import Article
from claims.detection.base import Place
from claims.services import ClaimDraft, add_claim
from tests import factories

pytestmark = pytest.mark.django_db

#: What people write and what breaks offsets: each is valid in a text and none may be touched.
ODD = (
    "\t", "  ", "\u00a0", "\u202f", "\u3000", "\u00ad", "\u200b", "\u200d", "\u200e", "\u200f", "\u2060",
    "\ufeff", "\u0301", "Cafe\u0301", "é", "“”", "‘’", "«»", "…", "👩‍👩‍👧", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🇳🇴🇸🇪", "👏🏽", "𝔘𝔫𝔦", "𐐷",
    "قال العمدة", "שָׁלוֹם", "हिन्दी", "ไทย", "我们", "한국", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1b",
    "\n", "\r\n", "\r", "\n\n", ". ", " 40 ", "ID3", "GIF8", "%PDF",
)  # fmt: skip
#: Bytes that make a text look binary are refused in words; tests of `decode` have them.
CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffd")
RUNS = st.one_of(st.text(CHARACTERS, max_size=12), st.sampled_from(ODD), st.just("The mill burnt."))
TEXTS = st.lists(RUNS, min_size=1, max_size=14).map("".join)
OF_A_FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def frozen(text):
    """What the documentation says is done on arrival, and nothing else."""
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def brought_in(path, text):
    path.write_bytes(text.encode())
    said = StringIO()
    call_command("ingest", str(path), "--json", stdout=said, stderr=StringIO())
    return json.loads(said.getvalue())


def quotes(found):
    return sorted(span["quote"] for claim in found["claims"] for span in claim["spans"])


def are_where_they_say(found):
    spans = [span for claim in found["claims"] for span in claim["spans"]]
    return all(found["text"][s["start"] : s["end"]] == s["quote"] for s in spans)


@OF_A_FEW
@given(text=TEXTS)
def test_a_text_that_comes_out_and_in_again_is_the_same_to_the_last_character(
    client, key, tmp_path, text
):
    assume(any(map(str.isalnum, text)))
    headers = key()
    first = brought_in(tmp_path / "first.txt", text)
    again = brought_in(tmp_path / "again.txt", first["text"])
    served = client.get(f"/api/v1/articles/{first['id']}/", headers=headers).json()
    version = client.get(f"/api/v1/articles/{first['id']}/versions/1/", headers=headers).json()
    texts = {found["text"] for found in (first, again, served, version)}
    assert texts == {frozen(text)}
    assert first["blocks"] == again["blocks"]
    assert quotes(first) == quotes(again) == quotes(served)
    assert are_where_they_say(first)
    assert are_where_they_say(served)


@OF_A_FEW
@given(text=TEXTS, data=st.data())
def test_words_that_somebody_chose_are_the_same_at_every_door(client, key, tmp_path, text, data):
    assume(any(map(str.isalnum, text)))
    headers = key("editor", "write")
    sent = client.post(
        "/api/v1/articles/", {"text": text}, content_type="application/json", headers=headers
    )
    article = Article.objects.select_related("current__article").get(pk=sent.json()["id"])
    whole = sent.json()["text"]
    assert whole == frozen(text) == article.current.text
    start = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(start + 1, len(whole)))
    assume(whole[start:end].strip())
    draft = ClaimDraft(statement="The mill burnt down.")
    user = factories.make_user()
    claim = add_claim(actor=user, version=article.current, place=Place(start, end), draft=draft)
    found = client.get(f"/api/v1/claims/{claim.pk}/", headers=headers).json()
    [span] = found["spans"]
    again = brought_in(tmp_path / "again.txt", whole)
    assert span["quote"] == whole[start:end] == again["text"][span["start"] : span["end"]]
    assert span["prefix"] == whole[max(0, start - 32) : start]
    assert span["suffix"] == whole[end : end + 32]
