"""The test double of the client that sends: answers as it is told, and remembers what it was given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from articles.ingest.fetch_errors import FetchError
from articles.ingest.post import Posted


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as it went out."""

    address: str
    body: bytes
    headers: Mapping[str, str]


@dataclass
class FakePoster:
    """`answer` is an answer for all, an error for all, or a function of what is sent."""

    answer: Posted | FetchError | Callable[[Sent], Posted] = field(
        default_factory=lambda: Posted(204)
    )
    sent: list[Sent] = field(default_factory=list)

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Posted:
        message = Sent(address, body, headers)
        self.sent.append(message)
        if isinstance(self.answer, FetchError):
            raise self.answer
        return self.answer if isinstance(self.answer, Posted) else self.answer(message)
