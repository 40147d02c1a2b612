"""A whole desk in one file: written from one moment, read into an empty desk, and the same bytes again from there.

`outgoing.export_desk` writes it, `incoming.import_desk` reads it, `contents` is the page that says what goes with a
desk and what stays behind. The file is a tar that any tar program opens: a member a table, one canonical line of JSON
a row; then the kept files, named by their hash; then the manifest with the hash of everything. Nothing in it is
compressed and nothing depends on when or where it was written, so the same desk is the same file on every machine,
and no member can turn out larger than it says.
"""
