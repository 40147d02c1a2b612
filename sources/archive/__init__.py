"""Keeping what sources say: bytes by their hash, a WARC record, the text to quote from, a view that runs nothing.

The modules here are pure but for `files`, which writes to Django's file storage. The changes are in `sources.captures`.
"""
