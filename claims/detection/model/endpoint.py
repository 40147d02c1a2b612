"""Talking to the endpoint: one question, one answer, within a budget, and never longer than agreed.

An endpoint may hang, drip, refuse, break off, ask for patience or not know structured output. All of
it is met here, so that a step sees an answer of the right shape or learns that there is none. The
clock stops a request wherever it is, in its headers too; therefore requests are asynchronous inside,
and nobody outside notices. The key is in no message, trace or log of ours.
"""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

import httpx2
import openai

from claims.detection.base import EngineUnusable, Exchange, Place
from claims.detection.model.answers import (
    Reply,
    Unusable,
    estimate_tokens,
    read_answer,
    read_reply,
)
from claims.detection.model.dialects import Dialect
from claims.detection.model.prompts import Json, Step
from claims.detection.model.transport import Guarded, TooLong

MOST_BYTES = 2_000_000
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
LONGEST_KEPT = 20_000
REDIRECTS = range(300, 400)
PASSING = frozenset({408, 409, 425, 429})


class EndpointError(EngineUnusable):
    """The endpoint cannot be used at all, and what to do."""


class Unanswered(Exception):
    """This question has no usable answer, and why. Another may have."""


class Silent(Unanswered):
    """The endpoint itself failed, several times. Another question may fare no better."""


class Spent(Unanswered):
    """The budget has ended: nothing more is asked about this article."""


@dataclass(frozen=True, slots=True)
class Access:
    """Where the model is. The key is not shown when this is printed."""

    url: str
    model: str
    key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise EndpointError(
                "ASSAY_MODEL_URL must begin with http:// or https:// and name a host."
            )
        if parts.username or parts.password or parts.query or parts.fragment:
            raise EndpointError(
                "ASSAY_MODEL_URL must hold no name, password or query. The key goes into ASSAY_MODEL_KEY."
            )


@dataclass(frozen=True, slots=True)
class Budget:
    """What an article may cost. `seconds` is for a request, `run_seconds` for the article."""

    requests: int = 300
    tokens: int = 300_000
    seconds: float = 60
    run_seconds: float = 900
    retries: int = 3
    answer_tokens: int = 4_000


class Session:
    """The questions about one article, in order. Use it as a context."""

    def __init__(
        self, access: Access, budget: Budget, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.trace: list[Exchange] = []
        self._access, self._budget, self._sleep = access, budget, sleep
        self._dialect = Dialect(access.model, budget.answer_tokens)
        self._requests = self._tokens = 0
        self._ends_at = time.monotonic() + budget.run_seconds
        self._runner = asyncio.Runner()
        self._client = openai.AsyncOpenAI(
            base_url=access.url,
            api_key=access.key or "none",
            max_retries=0,
            http_client=httpx2.AsyncClient(transport=Guarded(MOST_BYTES), follow_redirects=False),
        )
        self._client.organization = self._client.project = None  # whatever the environment says

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._runner.run(self._client.close())
        finally:
            self._runner.close()

    def ask(self, step: Step, passage: Place, material: Json) -> Json:
        """An answer of the step's shape. One that is not is asked for once more. Raises Unanswered."""
        question = json.dumps(material, ensure_ascii=False)
        fault = ""
        for _ in range(2):
            try:
                return self._ask_once(step, passage, question, fault)
            except Unusable as error:
                fault = str(error)
        raise Unanswered(f"the model’s answer could not be used: {fault}")

    def _ask_once(self, step: Step, passage: Place, question: str, fault: str) -> Json:
        started, before = time.monotonic(), self._requests
        reply, problem = Reply("", False, 0, 0), ""
        try:
            reply = self._reply(step, question, fault)
            return read_answer(reply, step.schema)
        except (Unusable, Unanswered, EndpointError) as error:
            problem = str(error)
            raise
        finally:
            self._tokens += reply.tokens_in + reply.tokens_out
            self.trace.append(
                Exchange(
                    step.name,
                    passage,
                    question,
                    self._without_key(reply.text)[:LONGEST_KEPT],
                    self._access.model,
                    self._dialect.name,
                    problem,
                    self._requests - before,
                    reply.tokens_in,
                    reply.tokens_out,
                    round(time.monotonic() - started, 3),
                )
            )

    def _without_key(self, text: str) -> str:
        """An endpoint may say back what it was sent."""
        return text.replace(self._access.key, "[key]") if self._access.key else text

    def _reply(self, step: Step, question: str, fault: str) -> Reply:
        """Send until there is a reply, waiting longer each time."""
        failures = 0
        while True:
            request = self._dialect.request(step, question, fault)
            try:
                body = self._send(request, question)
                self._dialect.is_proven = True
                return read_reply(body, question)
            except openai.APIStatusError as error:
                if _is_about_wording(error) and self._dialect.adapt(_told(error)):
                    continue
                problem, wait = self._status(error), _patience(error.response)
            except TimeoutError:
                problem, wait = f"no answer within {self._budget.seconds:g} seconds", None
            except TooLong:
                raise Unanswered("the answer is longer than an answer can be") from None
            except (openai.APIConnectionError, httpx2.TransportError):
                problem, wait = "the endpoint cannot be reached, or broke off", None
            failures += 1
            if failures > self._budget.retries:
                raise Silent(problem) from None
            self._wait(FIRST_WAIT * 2 ** (failures - 1) if wait is None else wait)

    def _status(self, error: openai.APIStatusError) -> str:
        """What the status means, when it may pass. What cannot be mended by waiting is raised."""
        status = error.status_code
        if status in (400, 413, 422):
            raise Unanswered(f"the endpoint refused the question with status {status}") from None
        if status in REDIRECTS:
            raise EndpointError(
                f"The endpoint redirects (status {status}), and redirects are not followed. Put the "
                "address where it answers into ASSAY_MODEL_URL."
            ) from None
        if status in (401, 403):
            raise EndpointError(
                f"The endpoint refuses the key (status {status}). Look ASSAY_MODEL_KEY over."
            ) from None
        if status not in PASSING and status < 500:
            raise EndpointError(
                f"The endpoint answers with status {status}. Look ASSAY_MODEL_URL and ASSAY_MODEL_NAME over."
            ) from None
        return f"the endpoint answers with status {status}"

    def _wait(self, seconds: float) -> None:
        seconds = min(seconds, LONGEST_WAIT)
        if seconds >= self._ends_at - time.monotonic():
            raise Spent("the time for the article has ended")
        self._sleep(seconds)

    def _send(self, request: dict[str, Any], question: str) -> bytes:
        budget = self._budget
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise Spent("the time for the article has ended")
        if self._requests >= budget.requests:
            raise Spent(f"the budget of {budget.requests} requests has ended")
        if self._tokens + estimate_tokens(question) > budget.tokens:
            raise Spent(f"the budget of {budget.tokens} tokens has ended")
        self._requests += 1
        return self._runner.run(self._post(request, min(budget.seconds, left)))

    async def _post(self, request: dict[str, Any], seconds: float) -> bytes:
        async with asyncio.timeout(seconds):
            create = self._client.chat.completions.with_streaming_response.create
            async with create(**request, timeout=None) as response:
                return b"".join([part async for part in response.iter_bytes()])


def _is_about_wording(error: openai.APIStatusError) -> bool:
    """Whether the request was rejected for how it was put. Some servers break over a format they do not know."""
    is_broken = error.status_code in (500, 501) and "response_format" in _told(error)
    return is_broken or error.status_code in (400, 422)


def _told(error: openai.APIStatusError) -> str:
    """What the endpoint says is wrong, to look for words in; it is not shown."""
    return json.dumps(error.body, default=str)[:5000].lower()


def _patience(response: httpx2.Response) -> float | None:
    """How long the endpoint asks to be left alone, in seconds. A date is not read."""
    told = response.headers.get("Retry-After", "")
    return float(told) if told.isdecimal() and len(told) < 7 else None
