"""A server on this machine that answers as badly as servers do."""

import threading
from contextlib import contextmanager, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer


class Server(ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    block_on_close = False


@contextmanager
def serving(answers):
    """Serve `answers`: from a path to bytes as they go over the wire, or to a function of the connection."""
    asked = []

    class Handler(StreamRequestHandler):
        def handle(self):
            head = []
            while line := self.rfile.readline().strip():
                head.append(line.decode())
            if not head:
                return
            path = head[0].split()[1]
            asked.append((path, head[1:]))
            answer = answers.get(path, http(b"", status="404 Not Found"))
            with suppress(OSError):  # the client has heard enough
                self.wfile.write(answer) if isinstance(answer, bytes) else answer(self.wfile)

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.server_address[1], asked
        server.shutdown()


def http(body, *, status="200 OK", length=None, **headers):
    headers.setdefault("Content_Type", "text/html; charset=utf-8")
    headers["Content_Length"] = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", *(f"{n.replace('_', '-')}: {v}" for n, v in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def moved(target, status="302 Found"):
    return http(b"", status=status, Location=target)
