"""The embedded server, with real processes that get killed at bad moments."""

import os
import shutil
import signal
import stat
import subprocess

import pytest

from config import postgres, reset
from config.postgres import server
from tests.config.conftest import keeper_of, postmaster_of, processes_of, query, until

NOTE = "DROP TABLE IF EXISTS note; CREATE TABLE note AS SELECT 'kept' AS word"
READ = "SELECT word FROM note"
KEPT = [("kept",)]


def kill(pids):
    assert pids
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_held_server_answers_and_has_the_database(new_home):
    postgres.hold(new_home)
    assert query(new_home, "SELECT current_database(), current_setting('fsync')") == [
        ("assay", "off")
    ]


def test_holding_twice_in_a_process_gives_the_same_lease(home):
    assert postgres.hold(home) is postgres.hold(home)


def test_the_server_stops_when_the_last_client_leaves_and_its_data_survives(home, client):
    first, second = client(home), client(home)
    assert (first.word(), second.word()) == ("held", "held")
    query(home, NOTE)
    first.close()
    second.close()
    until(lambda: not processes_of(home))
    postgres.hold(home)
    assert query(home, READ) == KEPT


def test_a_killed_client_leaves_the_server_to_the_others(home, client):
    doomed, other = client(home), client(home)
    assert (doomed.word(), other.word()) == ("held", "held")
    doomed.kill()
    with pytest.raises(AssertionError):
        until(lambda: not postmaster_of(home), seconds=3)


def test_the_server_stops_when_its_only_client_is_killed(home, client):
    doomed = client(home)
    assert doomed.word() == "held"
    doomed.kill()
    until(lambda: not processes_of(home))


def test_a_killed_keeper_takes_the_server_with_it_and_the_next_hold_starts_another(home):
    postgres.hold(home)
    query(home, NOTE)
    kill(keeper_of(home))
    until(lambda: not keeper_of(home))
    postgres.hold(home)
    assert query(home, READ) == KEPT


def test_a_killed_server_is_recovered_by_the_next_hold(home):
    postgres.hold(home)
    query(home, NOTE)
    kill(postmaster_of(home))
    until(lambda: not keeper_of(home))
    postgres.hold(home)
    assert query(home, READ) == KEPT


def test_a_kill_while_the_data_is_made_leaves_nothing_half_made(new_home, client):
    doomed = client(new_home)
    until((new_home / "postgres/data.new").exists)
    kill(keeper_of(new_home))
    doomed.kill()
    postgres.hold(new_home)
    assert query(new_home, "SELECT 1") == [(1,)]


def test_a_stale_pid_file_that_names_a_living_stranger_is_no_hindrance(home):
    postgres.hold(home)
    data, sockets = home / "postgres/data", postgres.socket_folder(home)
    written = (data / "postmaster.pid").read_text()
    with postgres.alone(home):
        lines = [str(os.getpid()), *written.splitlines()[1:]]
        for stale in (data / "postmaster.pid", sockets / ".s.PGSQL.5432.lock"):
            stale.write_text("\n".join(lines) + "\n")
    postgres.hold(home)
    assert query(home, "SELECT 1") == [(1,)]


def test_many_starts_at_once_make_one_server(new_home, client):
    assert [each.word() for each in [client(new_home) for _ in range(5)]] == ["held"] * 5
    until(lambda: len(keeper_of(new_home)) == 1)  # the others found it running and leave
    assert len(postmaster_of(new_home)) == 1


def test_a_private_home_stays_private_and_its_parents_are_left_alone(new_home):
    new_home.mkdir(mode=0o700)
    before = [mode(path) for path in (new_home, *new_home.parents)]
    postgres.hold(new_home)
    assert [mode(path) for path in (new_home, *new_home.parents)] == before


def test_what_the_server_makes_is_closed_to_other_users(home):
    postgres.hold(home)
    made = [home, home / "postgres", *(home / "postgres").iterdir()]
    assert [path.name for path in made if mode(path) & 0o077] == []


def test_a_home_deep_down_gets_a_short_socket_of_its_own(deep_home):
    postgres.hold(deep_home)
    folder = postgres.socket_folder(deep_home)
    assert (len(str(folder)) < 60, mode(folder)) == (True, 0o700)
    assert query(deep_home, "SELECT 1") == [(1,)]


@pytest.mark.parametrize("name", ["plain", "a, comma", "ünlaut", "x" * 120])
def test_the_socket_folder_is_one_that_a_client_can_name(tmp_path, name):
    folder = postgres.socket_folder(tmp_path / name)
    assert folder == postgres.socket_folder(tmp_path / "." / name)
    assert len(os.fsencode(folder)) < 90
    assert "," not in str(folder)


def test_a_socket_folder_that_is_not_ours_is_refused(deep_home, tmp_path):
    postgres.socket_folder(deep_home).symlink_to(tmp_path)
    try:
        with pytest.raises(postgres.PostgresError, match="was made by"):
            postgres.hold(deep_home)
    finally:
        postgres.socket_folder(deep_home).unlink()


def test_data_made_by_another_user_is_refused_by_name(new_home, monkeypatch):
    (new_home / "postgres").mkdir(parents=True)
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    with pytest.raises(postgres.PostgresError, match="you are user 54321"):
        postgres.hold(new_home)


def test_a_home_that_cannot_be_made_is_said_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(postgres.PostgresError, match=r"cannot use .*file/home: Not a directory"):
        postgres.hold(tmp_path / "file" / "home")


def small_disk(folder, size):
    """A command that runs its arguments where `folder` is a disk of `size`."""
    mount = f'mount -t tmpfs -o size={size} none {folder} && exec "$@"'
    return ["unshare", "--map-root-user", "--mount", "sh", "-c", mount, "sh"]


@pytest.mark.parametrize("size", ["64k", "8m", "40m"])
def test_a_full_disk_is_said_so(new_home, client, size):
    new_home.mkdir()
    allowed = shutil.which("unshare") and subprocess.run([*small_disk(new_home, size), "true"])
    if not allowed or allowed.returncode:
        pytest.skip("this machine does not permit mounting a small disk")
    assert (
        client(new_home, *small_disk(new_home, size))
        .close()
        .startswith(f"The disk that holds {new_home} is full")
    )


def test_a_server_that_does_not_start_is_reported_with_its_last_words(new_home):
    postgres.hold(new_home)
    with postgres.alone(new_home):
        (new_home / "postgres/data/PG_VERSION").write_text("9.4\n")
    with pytest.raises(postgres.PostgresError, match=r"initialized by PostgreSQL version 9\.4"):
        postgres.hold(new_home)


def test_a_missing_wheel_is_said_so(monkeypatch):
    monkeypatch.setattr(server.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(postgres.PostgresError, match="make setup"):
        server.find_programs()


def test_reset_stops_the_server_and_removes_only_what_the_desk_made(new_home):
    postgres.hold(new_home)
    (new_home / "files").mkdir()
    (new_home / "secret_key").write_text("x")
    (new_home / "mine.txt").write_text("x")
    reset.clear(new_home)
    assert [path.name for path in new_home.iterdir()] == ["mine.txt"]
    assert processes_of(new_home) == []


def test_reset_removes_a_home_that_is_empty_then(deep_home):
    for folder in (deep_home / "postgres/data", postgres.socket_folder(deep_home)):
        folder.mkdir(parents=True)
    reset.clear(deep_home)
    assert not deep_home.exists()
    assert not postgres.socket_folder(deep_home).exists()


def test_reset_refuses_while_the_server_is_in_use(home, client):
    assert client(home).word() == "held"
    with pytest.raises(postgres.PostgresError, match="stop what uses it"):
        reset.clear(home)
    assert query(home, "SELECT 1") == [(1,)]
