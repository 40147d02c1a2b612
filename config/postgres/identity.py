"""Owns the user that PostgreSQL sees itself as: it refuses root, and a user without a name."""

import ctypes
import os
import pwd
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from config.postgres import PostgresError, user_name

CLONE_NEWUSER = 0x10000000
libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Identity:
    """Who owns the files, and what a child does before it becomes a program of PostgreSQL."""

    owner: int = field(default_factory=os.geteuid)
    assume: Callable[[], None] = lambda: None


def choose_identity(programs: Path, folder: Path) -> Identity:
    """Ourselves if we have a name and are not root, else a stand-in for us, else nobody."""
    people = {entry.pw_uid: entry for entry in pwd.getpwall()}
    if os.geteuid() and os.geteuid() in people:
        return Identity()
    for stand_in in [uid for uid in people if uid][:1]:
        disguise = Identity(assume=partial(enter_namespace, stand_in))
        if can_run(programs, disguise):
            return disguise
    nobody = next((entry for entry in people.values() if entry.pw_name == "nobody"), None)
    if os.geteuid() or nobody is None:
        raise PostgresError(
            f"PostgreSQL does not run as {user_name(os.geteuid())}, and user namespaces are not "
            "permitted here. Work as an ordinary user, or set DATABASE_URL."
        )
    check_open_to_others(programs, folder)
    return Identity(nobody.pw_uid, partial(become, nobody))


def enter_namespace(stand_in: int) -> None:
    """Call ourselves `stand_in` in a user namespace of our own: same files, no rights gained."""
    uid, gid = os.geteuid(), os.getegid()
    if libc.unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{stand_in} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{stand_in} {gid} 1")


def become(user: pwd.struct_passwd) -> None:
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)


def can_run(programs: Path, identity: Identity) -> bool:
    command = [str(programs / "postgres"), "--version"]
    try:
        subprocess.run(  # noqa: S603 (the wheel's program)
            command, preexec_fn=identity.assume, check=True, capture_output=True
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def check_open_to_others(programs: Path, folder: Path) -> None:
    for path in (*programs.parents, *folder.parents):
        if not path.stat().st_mode & 0o001:
            raise PostgresError(
                "PostgreSQL does not run as root, user namespaces are not permitted here, and the "
                f"user nobody cannot enter {path}. Open it (chmod o+x), work as an ordinary user, "
                "or set DATABASE_URL."
            )
