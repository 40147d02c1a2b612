"""What the tests of webhooks make: endpoints, moving clocks, and a receiver that checks what it gets."""

import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.conf import settings
from standardwebhooks import Webhook

from accounts.roles import Role
from publishing.webhooks import services
from publishing.webhooks.models import CHOSEN
from publishing.webhooks.sealing import unseal
from tests.factories import make_user

EVERYTHING = [event for event, _ in CHOSEN]
ADDRESS = "https://site.example/hook"


def make_endpoint(address=ADDRESS, *, owner=None, events=EVERYTHING, description=""):
    owner = owner or make_user(Role.CONSUMER)
    draft = services.EndpointDraft(address, events, description)
    return services.make_endpoint(actor=owner, draft=draft)[0]


def make_trusted_endpoint(address):
    """Of somebody who may be told what this machine answers."""
    return make_endpoint(address, owner=make_user(Role.EDITOR))


def secrets_of(endpoint):
    """All secrets, the newest first, opened."""
    return [unseal(one.sealed, [settings.SECRET_KEY]) for one in endpoint.secrets.all()]


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now=None):
        self.now = now or datetime.now(UTC)

    def __call__(self):
        return self.now

    def move(self, wait):
        self.now += wait


class Receiver:
    """What a consumer would write: checks the signature with the specification's own library, keeps the message."""

    def __init__(self):
        self.secret, self.status, self.headers = "", 204, {}
        self.messages, self.refused, self.ids = [], 0, []

    def take(self, body, headers):
        if self.status // 100 != 2:
            self.refused += 1
            return self.status
        self.messages.append(Webhook(self.secret).verify(body, headers))
        self.ids.append(headers["webhook-id"])
        return self.status


@contextmanager
def receiving():
    """A receiver on this machine, and its address."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.send_response(receiver.take(body, headers))
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield receiver, f"http://127.0.0.1:{server.server_address[1]}/hook"
        server.shutdown()
