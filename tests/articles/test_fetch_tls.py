"""The guarded client over real TLS, and a resolver that does not answer."""

import datetime
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import contextmanager

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from articles.ingest.fetch import FetchPolicy, GuardedFetcher
from articles.ingest.fetch_errors import TooSlow, Unreachable
from articles.ingest.post import GuardedPoster
from tests.articles.foreign import http

NAME = "news.example.org"
BODY = b"<p>It is safe.</p>"
DAY = datetime.timedelta(days=1)


def certificate(name, *, ends=DAY, issuer=None):
    """A key and a certificate for this name, signed by an issuer or by itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer, signed_by = issuer or (key, subject)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(signed_by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 2 * DAY)
        .not_valid_after(now + ends)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .sign(signer, hashes.SHA256())
    )
    return key, made


def as_pem(key, made):
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private + made.public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="module")
def authority():
    key, made = certificate("An authority made for this test")
    return key, made


@pytest.fixture
def trusted(authority, tmp_path, monkeypatch):
    """The authority is the only one that this process knows."""
    known = tmp_path / "authority.pem"
    known.write_bytes(authority[1].public_bytes(serialization.Encoding.PEM))
    monkeypatch.setenv("SSL_CERT_FILE", str(known))


@contextmanager
def serving_tls(pem, tmp_path):
    """One answer over TLS; yields the port and the names that clients asked for."""
    path = tmp_path / "server.pem"
    path.write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    asked = []
    context.sni_callback = lambda _, name, __: asked.append(name)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer():
            while True:
                try:
                    raw, _ = listener.accept()
                    with context.wrap_socket(raw, server_side=True) as connection:
                        connection.recv(4096)
                        connection.sendall(http(BODY))
                except ssl.SSLError:
                    continue
                except OSError:
                    return

        threading.Thread(target=answer, daemon=True).start()
        yield listener.getsockname()[1], asked
        listener.shutdown(socket.SHUT_RDWR)


def fetch(port, resolve=lambda host, port: ["127.0.0.1"], seconds=10.0):
    """`NAME` is let through to this machine, as a newsroom's own host is."""
    policy = FetchPolicy(
        "Assay", 10_000, seconds, private_hosts=frozenset({NAME}), follows_robots=False
    )
    return GuardedFetcher(policy, resolve=resolve).fetch(f"https://{NAME}:{port}/")


@pytest.mark.usefixtures("trusted")
def test_a_valid_certificate_passes_and_the_name_is_asked_for(authority, tmp_path):
    issued = certificate(NAME, issuer=(authority[0], authority[1].subject))
    with serving_tls(as_pem(*issued), tmp_path) as (port, asked):
        assert fetch(port).content == BODY
    assert asked == [NAME]


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("name", "ends"), [("other.example.org", DAY), (NAME, -DAY)], ids=["another name", "expired"]
)
def test_a_certificate_that_does_not_hold_is_refused(authority, tmp_path, name, ends):
    issued = certificate(name, ends=ends, issuer=(authority[0], authority[1].subject))
    with (
        serving_tls(as_pem(*issued), tmp_path) as (port, _),
        pytest.raises(Unreachable, match="certificate"),
    ):
        fetch(port)


@pytest.mark.usefixtures("trusted")
def test_an_unknown_authority_is_refused(tmp_path):
    with (
        serving_tls(as_pem(*certificate(NAME)), tmp_path) as (port, _),
        pytest.raises(Unreachable, match="certificate"),
    ):
        fetch(port)


@pytest.mark.usefixtures("trusted")
def test_nothing_is_sent_to_whom_the_certificate_does_not_name(tmp_path):
    policy = FetchPolicy("Assay", 0, 10.0, private_hosts=frozenset({NAME}))
    client = GuardedPoster(policy, resolve=lambda host, port: ["127.0.0.1"])
    with (
        serving_tls(as_pem(*certificate(NAME)), tmp_path) as (port, _),
        pytest.raises(Unreachable, match="certificate"),
    ):
        client.post(f"https://{NAME}:{port}/hook", b"{}", {})


def test_a_resolver_that_does_not_answer_is_left_behind():
    asked = threading.Event()

    def never(host, port):
        asked.set()
        time.sleep(30)
        return [str(ipaddress.ip_address("127.0.0.1"))]

    with pytest.raises(TooSlow):
        fetch(443, resolve=never, seconds=0.3)
    assert asked.is_set()
