"""How a process begins that reads for another: with Django, and deaf to the keyboard.

It is a module of its own because a new process imports it before Django is set up.
"""

import signal

import django


def start() -> None:
    """Ctrl-C is for the process that waits for this one, and ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    django.setup()
