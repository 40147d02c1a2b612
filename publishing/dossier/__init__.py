"""A claim's dossier: one ZIP with the report, the record, every kept copy and the hashes of all of it.

Whoever holds it can check it without us: `verify.py` inside needs Python and nothing else, and `SHA256SUMS` is in the
form that every system's own tools read. `contents` collects, `pack` writes, `verify` checks.
"""
