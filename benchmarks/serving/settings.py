"""The desk's own settings, and the addresses that are only there to be compared with."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.serving.urls"
