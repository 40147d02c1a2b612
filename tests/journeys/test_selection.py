"""What a person selects is what is stored: code points, also beside emoji and in right-to-left text."""

from collections.abc import Callable

import pytest

from accounts.models import User
from claims.models import Claim
from tests.factories import make_article
from tests.journeys.conftest import Visitor
from tests.journeys.test_desk import select

pytestmark = pytest.mark.journey

TEXT = """A day at the 🎏 festival 👩‍👩‍👧 by the river

🎉🎊 The parade drew 12,000 people 👏🏽 on Sunday. Cafe\u0301s stayed open until four.

قال العمدة إن المهرجان كلف ثلاثة ملايين دينار هذا العام. وأضاف أن الزوار جاؤوا من عشر دول.
"""


@pytest.mark.parametrize(
    "words",
    ["12,000 people 👏🏽 on Sunday", "Cafe\u0301s stayed open", "ثلاثة ملايين دينار", "🎊 The"],
)
def test_selected_words_are_stored_as_they_were_selected(
    visitor: Callable[[], Visitor], people: dict[str, User], words: str
) -> None:
    article = make_article(TEXT)
    page = visitor().sign_in(people["contributor"]).page
    page.goto(f"/desk/articles/{article.pk}/")
    select(page, words)
    page.get_by_role("button", name="Claim this").wait_for()
    page.keyboard.press("n")
    page.get_by_role("button", name="Make the claim").click()
    page.locator(".card .statement").wait_for()
    span = Claim.objects.get().spans.get()
    assert span.quote == words
    assert article.current is not None
    assert article.current.text[span.start : span.end] == words
