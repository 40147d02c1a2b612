"""A scripted endpoint: a small server of the OpenAI protocol that answers what it is told to.

For tests of our own and of whoever builds on the engine: it can hang, drip, refuse, break off, invent
and obey the article, over a real connection. Each request takes the next `Turn` of the script; the
last turn stays when the script has ended. What was asked is kept in `requests`.
"""

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

Json = dict[str, Any]
Responder = Callable[[Json], object]


@dataclass(frozen=True, slots=True)
class Turn:
    """How one request is met.

    `content` is the model's text, or an object that is written as JSON, or a function from the request to either.
    `body` replaces the whole reply. The server hangs for `delay` seconds first, sends one byte each `drip` seconds,
    and breaks off after `cut` bytes.
    """

    content: object = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    finish_reason: str = "stop"
    delay: float = 0
    drip: float = 0
    cut: int | None = None
    drips_headers: bool = False

    def reply(self, request: Json) -> bytes:
        if self.body is not None:
            return self.body
        content = self.content(request) if callable(self.content) else self.content
        text = content if isinstance(content, str) else json.dumps(content)
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": self.finish_reason}
        usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
        return json.dumps(
            {"id": "scripted", "object": "chat.completion", "choices": [choice], "usage": usage}
        ).encode()


class ScriptedEndpoint:
    """The server, as a context. `url` is what `ASSAY_MODEL_URL` would be."""

    def __init__(self, *turns: Turn) -> None:
        self.turns = turns
        self.requests: list[Json] = []
        self.headers: list[dict[str, str]] = []
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def take(self, request: Json, headers: dict[str, str]) -> Turn:
        """Note the request, and say how it is met."""
        with self._lock:
            self.requests.append(request)
            self.headers.append(headers)
            return self.turns[min(len(self.requests), len(self.turns)) - 1]


def material(request: Json) -> Json:
    """What the request quotes of the article."""
    quoted: Json = json.loads(request["messages"][-1]["content"])
    return quoted


def by_step(selection: object, disambiguation: object, decomposition: object) -> Turn:
    """A turn that answers each step with its own content, or what its function makes of the request."""
    told: Sequence[tuple[str, object]] = (
        ("`asserts`", selection),
        ("`resolved`", disambiguation),
        ("`quotes`", decomposition),
    )

    def answer(request: Json) -> object:
        system = request["messages"][0]["content"]
        content = next(content for mark, content in told if mark in system)
        return content(request) if callable(content) else content

    return Turn(answer)


def select_all(request: Json) -> Json:
    """Every sentence asserts something."""
    numbers = [item["number"] for item in material(request)["sentences"]]
    return {"sentences": [{"number": number, "verdict": "asserts"} for number in numbers]}


def all_clear(request: Json) -> Json:
    """Every sentence can be understood alone."""
    numbers = [item["number"] for item in material(request)["sentences"]]
    return {"sentences": [{"number": n, "clarity": "clear", "text": ""} for n in numbers]}


def claim_each(request: Json) -> Json:
    """One claim a sentence, in the sentence's own words."""
    return {
        "claims": [claim(i["text"], sentence=i["number"]) for i in material(request)["sentences"]]
    }


def claim(quote: str, **changes: object) -> Json:
    """A claim in the shape that is asked for: these words, asserted by the article."""
    told: Json = {"sentence": 1, "statement": quote, "quotes": [quote], "kind": "event"}
    return {**told, "speaker": None, "is_unnamed": False, "cue": None, **changes}


#: A model that does its work.
HONEST = by_step(select_all, all_clear, claim_each)


def _handler(endpoint: ScriptedEndpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            request = json.loads(self.rfile.read(length))
            turn = endpoint.take(
                request, {name.title(): value for name, value in self.headers.items()}
            )
            try:
                self._meet(turn, turn.reply(request))
            except OSError:
                self.close_connection = True  # the client has gone

        def do_GET(self) -> None:
            self.send_error(404)

        def _meet(self, turn: Turn, body: bytes) -> None:
            endpoint.stopping.wait(turn.delay)
            head = [f"HTTP/1.0 {turn.status} Scripted", f"Content-Length: {len(body)}"]
            head += [f"{name}: {value}" for name, value in turn.headers.items()]
            head += ["Content-Type: application/json", "", ""]
            start = "\r\n".join(head).encode()
            self._write(start, turn.drip if turn.drips_headers else 0)
            self._write(body[: turn.cut], turn.drip)
            self.close_connection = True

        def _write(self, content: bytes, drip: float) -> None:
            if not drip:
                self.wfile.write(content)
                return
            for place in range(len(content)):
                if endpoint.stopping.wait(drip):
                    return
                self.wfile.write(content[place : place + 1])
                self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: what was asked is in `requests`."""

    return Handler
