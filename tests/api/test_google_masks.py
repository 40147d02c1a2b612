"""Field masks: what the grammar takes, what it keeps, and what it refuses."""

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from api.google.masks import keep, read_mask
from api.google.shapes import SEARCH

CONTENT = {
    "claims": [
        {"text": "a", "claimant": "b", "claimReview": [{"url": "c", "publisher": {"name": "d"}}]}
    ],
    "nextPageToken": "e",
}


@pytest.mark.parametrize(
    ("mask", "kept"),
    [
        ("nextPageToken", {"nextPageToken": "e"}),
        ("claims/text", {"claims": [{"text": "a"}]}),
        ("claims(text,claimant)", {"claims": [{"text": "a", "claimant": "b"}]}),
        ("claims/text,claims/claimant", {"claims": [{"text": "a", "claimant": "b"}]}),
        ("claims(text,claimReview/url)", {"claims": [{"text": "a", "claimReview": [{"url": "c"}]}]}),
        ("claims/claimReview(publisher/name)", {"claims": [{"claimReview": [{"publisher": {"name": "d"}}]}]}),
        ("claims,claims/text", {"claims": CONTENT["claims"]}),
        ("claims/*", {"claims": CONTENT["claims"]}),
        ("*", CONTENT),
        ("*/text", {"claims": [{"text": "a"}], "nextPageToken": "e"}),
        (" claims / text , nextPageToken ", {"claims": [{"text": "a"}], "nextPageToken": "e"}),
    ],
)  # fmt: skip
def test_a_mask_keeps_what_it_names(mask, kept):
    assert keep(CONTENT, read_mask(mask, SEARCH)) == kept


@pytest.mark.parametrize(
    "mask",
    [
        ",", "claims,", "claims/", "claims(", "claims(text", "claims(text))", "(text)", "claims text(", "claims()",
        "nothing", "claims/nothing", "nextPageToken/a", "claims;text", "claims/text/more", "*/" * 20 + "text",
        "claims(" * 2000,
    ],
)  # fmt: skip
def test_what_is_no_mask_is_refused(mask):
    with pytest.raises(ValidationError):
        read_mask(mask, SEARCH)


@given(st.text(alphabet="claimstextR*,/() ", max_size=40))
def test_no_text_breaks_the_reader(text):
    with suppress(ValidationError):
        keep(CONTENT, read_mask(text, SEARCH))
