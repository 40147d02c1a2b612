"""Archives that somebody made up: every hash is right, so that only what is said in them is wrong."""

import hashlib
import json
import tarfile

from publishing.desk_archive.manifest import MEMBER, SEAL
from publishing.desk_archive.members import Writer


def read_members(path):
    """What is in an archive, by name, as any tar program sees it."""
    with tarfile.open(path) as tar:
        return {item.name: tar.extractfile(item).read() for item in tar}


def as_bytes(manifest):
    import orjson

    return orjson.dumps(manifest, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2) + b"\n"


def write_members(path, members):
    """An archive of these members, in this order, with nothing put right."""
    with path.open("w+b") as file:
        writer = Writer(file)
        for name, content in members:
            writer.write(name, [content])
        writer.close()
    return path


class Forgery:
    """The members of an archive, to be changed. `write` makes hashes, sizes and the seal fit again."""

    def __init__(self, archive):
        self.members = read_members(archive)
        self.manifest = json.loads(self.members.pop(MEMBER))
        del self.members[SEAL]

    def name_of(self, table):
        return f"rows/{table}.ndjson"

    def rows(self, table):
        return [json.loads(line) for line in self.members[self.name_of(table)].splitlines()]

    def put(self, table, rows):
        lines = [
            json.dumps(row, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            for row in rows
        ]
        self.put_lines(table, "".join(f"{line}\n" for line in lines).encode(errors="surrogatepass"))
        self.entry(table)["rows"] = len(rows)

    def put_lines(self, table, content):
        self.members[self.name_of(table)] = content

    def change_first(self, table, **values):
        rows = self.rows(table)
        rows[0] |= values
        self.put(table, rows)

    def entry(self, table):
        return next(entry for entry in self.manifest["tables"] if entry["name"] == table)

    @property
    def files(self):
        return sorted(name for name in self.members if name.startswith("files/"))

    def add_file(self, content, name=""):
        sha256 = hashlib.sha256(content).hexdigest()
        self.members[name or f"files/snapshots/{sha256[:2]}/{sha256}"] = content

    def write(self, path):
        for entry in self.manifest["tables"]:
            content = self.members.get(self.name_of(entry["name"]), b"")
            entry |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        kept = [self.members[name] for name in self.files]
        self.manifest["files"] |= {"count": len(kept), "size": sum(map(len, kept))}
        rows = [(name, self.members[name]) for name in self.members if name.startswith("rows/")]
        others = sorted((n, c) for n, c in self.members.items() if not n.startswith("rows/"))
        return write_members(path, [*rows, *others, *seal(as_bytes(self.manifest))])


def seal(manifest):
    return [
        (MEMBER, manifest),
        (SEAL, f"{hashlib.sha256(manifest).hexdigest()}  {MEMBER}\n".encode()),
    ]
