"""The supervisor, with a real web server and signals; the desk behind it is two small files."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from config import serve
from tests.config.conftest import PROJECT, until

SETTINGS = """
import os
from pathlib import Path
ASSAY_HOME = Path(__file__).resolve().parent.parent / "home"
DATABASE_URL = os.environ.get("DATABASE_URL", "")
"""
WSGI = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"the desk"]
"""
WORKER = "import time\ntime.sleep(60)\n"
DEMO = "import sys, time\nprint('preparing', sys.argv[1:], flush=True)\n"


class Desk:
    """A project of its own folder, and the supervisor that runs there."""

    def __init__(self, folder):
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        (folder / "config").mkdir()
        for name in ("__init__.py", "serve.py"):
            shutil.copy(PROJECT / "config" / name, folder / "config")
        shutil.copytree(PROJECT / "config/postgres", folder / "config/postgres")
        self.write(settings=SETTINGS, wsgi=WSGI, demo=DEMO)
        (folder / "manage.py").write_text(WORKER)

    def write(self, **modules):
        for name, text in modules.items():
            (self.folder / "config" / f"{name}.py").write_text(text)

    def start(self, *arguments, **environment):
        external = {"DATABASE_URL": "postgres://elsewhere", "PORT": str(self.port)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.serve", *arguments],
            cwd=self.folder,
            env=os.environ | external | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def await_line(self, part):
        for line in self.process.stdout:
            if part in line:
                return line
        raise AssertionError(f"it ended without {part!r}")

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        said = self.process.communicate(timeout=20)[0]
        return self.process.returncode, said

    def read(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            return None

    def processes(self, word=""):
        """What runs in this project, by working folder or by what it was called with."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                line = (entry / "cmdline").read_bytes().decode(errors="replace")
                is_here = os.readlink(entry / "cwd").startswith(str(self.folder))
                if line and (is_here or str(self.folder) in line) and word in line:
                    found.append(int(entry.name))
        return found


@pytest.fixture
def desk():
    desk = Desk(Path(tempfile.mkdtemp(dir=os.environ["ASSAY_HOME"])))
    yield desk
    for pid in desk.processes():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    desk.process.stdout.close()
    desk.process.wait()


def test_it_says_where_the_desk_is_once_that_answers(desk):
    desk.start()
    assert desk.await_line("Assay is at").split()[3] == f"http://127.0.0.1:{desk.port}"
    assert desk.read() == "the desk"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_stop_ends_everything(desk, number):
    desk.start()
    desk.await_line("Assay is at")
    assert desk.stop(number) == (0, "Stopped.\n")
    assert desk.processes() == []


def test_nothing_outlives_a_killed_supervisor(desk):
    desk.start()
    desk.await_line("Assay is at")
    desk.process.kill()
    until(lambda: not desk.processes())


def test_the_embedded_database_is_held_and_stopped_with_the_rest(desk):
    desk.start(DATABASE_URL="")
    desk.await_line("Assay is at")
    assert desk.processes("pginstall/bin/postgres") != []
    assert desk.stop() == (0, "Stopped.\n")
    assert desk.processes() == []


@pytest.mark.parametrize(("word", "name"), [("granian", "web server"), ("manage.py", "worker")])
def test_a_child_that_is_killed_is_started_again(desk, word, name):
    desk.start()
    desk.await_line("Assay is at")
    before = set(desk.processes(word))
    os.kill(min(before), signal.SIGKILL)
    assert desk.await_line("starts again") == f"The {name} ended (-9); it starts again in 2 s.\n"
    until(lambda: desk.processes(word) and desk.read() == "the desk")
    assert before.isdisjoint(desk.processes(word))


def test_a_port_in_use_is_said_before_anything_starts(desk):
    with socket.create_server(("127.0.0.1", desk.port)):
        desk.start("--demo")
        said = desk.process.communicate()[0]
    another = f"choose another: PORT={desk.port + 1} make demo"
    assert said == f"Port {desk.port} is in use; {another}\n"
    assert desk.process.returncode == 1


@pytest.mark.parametrize("port", ["http", "-1", "0", "65536"])
def test_a_port_that_is_none_is_refused(monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(serve.Failed, match="must be a number"):
        serve.chosen_port()


def test_a_web_server_that_cannot_start_ends_the_rest(desk):
    desk.write(wsgi="raise SystemExit('no desk')")
    desk.start()
    assert "The web server did not start, see above." in desk.process.communicate(timeout=20)[0]
    assert (desk.process.returncode, desk.processes()) == (1, [])


def test_the_demo_is_prepared_first_with_the_article_that_is_named(desk):
    desk.start("--demo", "article.txt")
    assert desk.await_line("preparing") == "preparing ['article.txt']\n"
    desk.await_line("Assay is at")


def test_a_demo_that_fails_is_not_served(desk):
    desk.write(demo="raise SystemExit('no such article')")
    desk.start("--demo")
    assert desk.process.communicate()[0] == (
        "no such article\nThe demo could not be prepared, see above.\n"
    )
    assert (desk.process.returncode, desk.processes()) == (1, [])


def test_stopping_while_the_demo_is_prepared_is_quiet(desk):
    desk.write(demo=DEMO + "time.sleep(60)")
    desk.start("--demo")
    desk.await_line("preparing")
    assert desk.stop() == (0, "Stopped.\n")
    assert desk.processes() == []


def test_a_child_that_will_not_stop_is_killed(monkeypatch, tmp_path):
    monkeypatch.setattr(serve, "STOP_SECONDS", 0.2)
    deaf = tmp_path / "deaf"
    stubborn = f"""
import pathlib, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path({str(deaf)!r}).touch()
time.sleep(60)
"""
    process = serve.spawn(["-c", stubborn])
    until(deaf.exists)
    serve.end(process)
    assert process.returncode == -signal.SIGKILL
