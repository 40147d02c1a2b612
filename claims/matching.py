"""Finding claims: by the words a person types, and by likeness to a new claim.

Search is PostgreSQL's, over the generated vector of the statement. Likeness takes candidates that share
words, then orders them by how alike the whole sentences are: trigrams would scan the whole table.
"""

import re
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQuery
from django.db import models
from rapidfuzz import fuzz

CANDIDATES = 500
#: Two statements at or above this (0 to 100) are shown as the same claim.
ALIKE = 70.0
M = TypeVar("M", bound=models.Model)


class ClaimSearch(models.QuerySet[M]):
    #: The field that says the claim.
    words = "statement"

    def search(self, text: str) -> Any:
        """Claims with these words, as a person types them: quotes, `or` and `-` are understood."""
        if not (text := text.strip().replace("\x00", "")):
            return self
        return self.filter(
            search_vector=SearchQuery(text, config="english", search_type="websearch")
        )

    def alike(self, statement: str, *, limit: int = 5) -> list[tuple[float, M]]:
        """The claims most like this statement, best first, each with its score (0 to 100)."""
        terms = " or ".join(sorted(set(re.findall(r"\w{4,}", statement)))[:40])
        if not terms:
            return []
        query = SearchQuery(terms, config="english", search_type="websearch")
        scored = (
            (fuzz.token_sort_ratio(statement, getattr(claim, self.words)), claim)
            for claim in self.filter(search_vector=query).order_by("-pk")[:CANDIDATES]
        )
        best = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: -pair[0])
        return best[:limit]
