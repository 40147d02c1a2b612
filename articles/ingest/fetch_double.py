"""The test double of the guarded client: answers from a table, and remembers what was asked."""

from articles.ingest.fetch import Fetched
from articles.ingest.fetch_errors import BadAnswer, FetchError


class FakeFetcher:
    """Give it answers by address: bytes, a whole `Fetched`, or the error that shall be raised."""

    def __init__(self, answers: dict[str, bytes | Fetched | FetchError]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def fetch(self, address: str) -> Fetched:
        self.asked.append(address)
        answer = self.answers.get(address)
        match answer:
            case FetchError():
                raise answer
            case Fetched():
                return answer
            case bytes():
                return Fetched(content=answer, address=address)
            case _:
                raise BadAnswer("There is no page at this address (404).", 404)
