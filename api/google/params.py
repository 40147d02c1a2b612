"""The parameters of a request: those that every method of Google's APIs takes, and its own.

What a method does not know is refused by name. Names are taken in both spellings, `pageSize` and `page_size`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from rest_framework.request import Request

from api.google.masks import Mask, read_mask

#: Taken by every method. Most only concern how Google serves its own.
OF_ALL = frozenset({
    "$.xgafv", "access_token", "alt", "callback", "fields", "key", "oauth_token", "prettyPrint", "quotaUser", "userIp",
    "uploadType", "upload_protocol",
})  # fmt: skip
SPELT_WITH_LINES = frozenset({"access_token", "oauth_token", "upload_protocol"})
INT32 = 2**31
LONGEST = 10_000
NUMBER = re.compile(r"[+-]?[0-9]{1,12}")
LANGUAGE = re.compile(r"([A-Za-z]{2,8})([-_][A-Za-z0-9]{1,8})*")
TRUTHS = {"true": True, "1": True, "": True, "false": False, "0": False}


def sent_with(request: Request) -> QueryDict:
    """The parameters, also where a client sent a long address as a form, as Google's own do."""
    overridden = request.headers.get("X-HTTP-Method-Override", "").upper() == "GET"
    return request._request.POST if request.method == "POST" and overridden else request.GET


@dataclass(frozen=True, slots=True)
class Params:
    """What was sent, each name known and given once."""

    values: dict[str, str]
    mask: Mask | None
    is_pretty: bool

    def text(self, name: str) -> str:
        return self.values.get(name, "").strip()

    def number(self, name: str) -> int:
        """A whole number from 0; 0 where there is none, as the protocol has it."""
        text = self.text(name) or "0"
        if not NUMBER.fullmatch(text) or abs(int(text)) >= INT32:
            raise wrong(name, "Send a whole number.")
        if int(text) < 0:
            raise wrong(name, "Send 0 or more.")
        return int(text)

    def language(self, name: str) -> str:
        """The primary subtag of a BCP 47 code: the region is not considered."""
        text = self.text(name)
        found = LANGUAGE.fullmatch(text)
        if text and not found:
            raise wrong(name, "Send a BCP 47 code, such as en-US.")
        return found[1].lower() if found else ""


def read_params(request: Request, names: Iterable[str] = (), *, shape: Any) -> Params:
    """Raises ValidationError, by name. `shape` is what the answer may hold."""
    sent = sent_with(request)
    known = {_lined(name): name for name in names} | {name: name for name in {*names, *OF_ALL}}
    problems: dict[str, str] = {}
    values: dict[str, str] = {}
    for name, given in sent.lists():
        if name not in known:
            problems[name[:100]] = "There is no such parameter."
        elif len(given) > 1 or known[name] in values:
            problems[name] = "Give it once."
        elif "\x00" in given[0] or len(given[0]) > LONGEST:
            problems[name] = f"Send at most {LONGEST} characters of text."
        else:
            values[known[name]] = given[0]
    problems |= _of_all(values)
    if problems:
        raise ValidationError(problems)
    mask = read_mask(values["fields"], shape) if values.get("fields") else None
    return Params(values, mask, TRUTHS[values.get("prettyPrint", "").lower()])


def wrong(name: str, words: str) -> ValidationError:
    return ValidationError({name: words})


def _of_all(values: dict[str, str]) -> dict[str, str]:
    problems = {}
    if values.get("alt", "json") != "json":
        problems["alt"] = "There is JSON only."
    if values.get("callback"):
        problems["callback"] = (
            "Answers are data and never scripts. Other sites may read them as is."
        )
    if values.get("prettyPrint", "").lower() not in TRUTHS:
        problems["prettyPrint"] = "Send true or false."
    if values.get("$.xgafv", "1") not in {"1", "2"}:
        problems["$.xgafv"] = "Send 1 or 2."
    return problems


def _lined(name: str) -> str:
    return re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", name)
