"""The program that consumers run: on a download and what the desk signed, with Python and nothing else."""

import ast
import base64
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from publishing.chain import canonical, digest
from publishing.proof import verify_record
from publishing.proof.keys import name_of, pack, public_bytes

PROGRAM = Path(verify_record.__file__)
#: RFC 8032, section 7.1: public key, message, signature.
VECTORS = {
    "test 1": (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    "test 2": (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    "test 3": (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    "test SHA(abc)": (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
}
P, ORDER = verify_record.P, verify_record.ORDER


def little(number):
    return number.to_bytes(32, "little")


class TestEd25519:
    @pytest.mark.parametrize("name", VECTORS)
    def test_the_vectors_of_the_rfc_hold(self, name):
        assert verify_record.is_signed(*map(bytes.fromhex, VECTORS[name]))

    @pytest.mark.parametrize("which", range(3))
    def test_another_bit_anywhere_does_not_hold(self, which):
        vector = [bytes.fromhex(part) for part in VECTORS["test 3"]]
        for bit in range(8 * len(vector[which])):
            changed = bytearray(vector[which])
            changed[bit // 8] ^= 1 << bit % 8
            assert not verify_record.is_signed(
                *vector[:which], bytes(changed), *vector[which + 1 :]
            )

    def test_a_signature_with_the_order_added_is_refused(self):
        key, message, signature = map(bytes.fromhex, VECTORS["test 2"])
        twin = signature[:32] + little(int.from_bytes(signature[32:], "little") + ORDER)
        assert not verify_record.is_signed(key, message, twin)

    @pytest.mark.parametrize("key", [b"", b"\0" * 31, little(P), little(2), little(1 | 1 << 255)])
    def test_what_is_no_key_signs_nothing(self, key):
        assert not verify_record.is_signed(key, b"", bytes(64))

    @pytest.mark.parametrize("length", [0, 63, 65])
    def test_what_is_no_signature_does_not_hold(self, length):
        assert not verify_record.is_signed(bytes.fromhex(VECTORS["test 1"][0]), b"", bytes(length))

    @given(st.binary(min_size=32, max_size=32), st.binary(max_size=200))
    def test_it_takes_what_others_sign(self, seed, message):
        key = Ed25519PrivateKey.from_private_bytes(seed)
        assert verify_record.is_signed(public_bytes(key), message, key.sign(message))


# A desk that publishes and signs, without a database


def make_record(length, word="entry"):
    """Lines of a download."""
    lines, previous = [], ""
    for seq in range(1, length + 1):
        document = canonical({"seq": seq, "previous": previous, "note": f"{word} {seq} ü\n"})
        previous = digest(document)
        lines.append(f'{{"sha256":"{previous}","document":{document}}}\n')
    return lines


def sha256_of(lines, seq):
    return json.loads(lines[seq - 1])["sha256"] if seq else ""


def make_head(key, lines, seq, /, number=None, **changed):
    said = {"type": "assay.head", "format": 1, "number": number or seq, "seq": seq}
    said |= {"sha256": sha256_of(lines, seq), "signed_at": "2026-03-01T12:00:00.000000Z"}
    said |= {"key": name_of(key), "desk": {"name": "Désk “1”\u2028", "url": "x"}, **changed}
    return {"head": said, "signature": pack(key.sign(canonical(said).encode()))}


def make_key_entry(key, before=None, lines=(), seq=0, /, is_lost=False, **changed):
    said = {"type": "assay.key", "format": 1, "key": name_of(key), "seq": seq}
    said |= {"public_key": pack(public_bytes(key)), "previous": before and name_of(before)}
    said |= {"sha256": sha256_of(lines, seq), "is_previous_lost": is_lost, **changed}
    signed = canonical(said).encode()
    by_before = pack(before.sign(signed)) if before and not is_lost else ""
    entry = {"statement": said, "signature": pack(key.sign(signed))}
    return {**entry, "previous_signature": by_before}


@pytest.fixture
def old():
    return Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture
def new():
    return Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))


@pytest.fixture
def run(tmp_path, capsys):
    """Exit code and what is said, on this record and this proof."""

    def run(lines, proof=(), *options):
        (tmp_path / "record").write_bytes("".join(lines).encode())
        (tmp_path / "proof").write_text("\n".join(json.dumps(one) for one in proof))
        known = ["--proof", str(tmp_path / "proof")] if proof else []
        code = verify_record.main([str(tmp_path / "record"), *known, *options])
        said = capsys.readouterr()
        return code, said.err.splitlines() if code else said.out.splitlines()

    return run


class TestTheChain:
    @pytest.mark.parametrize("length", [0, 1, 2, 30])
    def test_an_untouched_download_verifies(self, run, length):
        code, said = run(make_record(length))
        assert (code, said[0].partition(",")[0]) == (0, f"{length} entries verify")

    def test_without_a_head_it_says_what_would_not_show(self, run):
        assert "No signed head was given" in run(make_record(2))[1][1]

    def test_an_altered_entry_is_named(self, run):
        lines = make_record(3)
        lines[1] = lines[1].replace("entry", "Entry")
        assert run(lines)[1][0] == "entry 2: the document does not match its hash"

    def test_a_missing_entry_is_named(self, run):
        lines = make_record(4)
        assert run([*lines[:1], *lines[2:]])[1][0] == "entry 3: entries are missing before it: 2"

    def test_the_bytes_count_and_not_what_they_mean(self, run):
        lines = make_record(2)
        lines[0] = json.dumps(json.loads(lines[0])) + "\n"
        assert run(lines)[1][0] == "line 1: it is not an entry as the desk writes them"

    @pytest.mark.parametrize(
        "line",
        [
            "\n",
            "{}\n",
            "no JSON\n",
            '{"sha256":"","document":{}}\n',
            '{"sha256":"' + "0" * 64 + '","document":{}}\n',
            '{"sha256":"' + "0" * 64 + '","document":{"seq":true,"previous":""}}\n',
            '{"sha256":"' + "0" * 64 + '","document":{"seq":1,"previous":{}}}\n',
            '{"sha256":"' + "0" * 64 + '","document":{"a":' + "[" * 100_000 + "}}\n",
        ],
    )
    def test_a_line_that_is_no_entry_is_named(self, run, line):
        code, said = run([*make_record(2), line])
        assert (code, said[0]) == (1, "line 3: it is not an entry as the desk writes them")

    def test_a_line_that_is_cut_short_is_named(self, run):
        lines = make_record(3)
        assert run([*lines[:2], lines[2][:80]])[1][0].startswith("line 3:")

    def test_a_line_that_is_not_utf_8_is_named(self, tmp_path, capsys):
        (tmp_path / "r").write_bytes(make_record(1)[0].encode().replace(b"entry", b"\xff"))
        assert verify_record.main([str(tmp_path / "r")]) == 1
        assert capsys.readouterr().err.startswith("line 1:")

    def test_later_entries_verify_after_a_known_one(self, run):
        lines = make_record(5)
        after = f"3:{sha256_of(lines, 3)}"
        assert run(lines[3:], (), "--after", after)[0] == 0

    def test_later_entries_do_not_verify_after_another(self, run):
        code, said = run(make_record(5)[3:], (), "--after", "3:" + "0" * 64)
        assert (code, said[0]) == (1, "entry 4: it does not follow from the entry before it")

    def test_many_faults_are_counted_and_the_first_are_told(self, run):
        lines = [line.replace("entry", "Entry") for line in make_record(300)]
        code, said = run(lines)
        assert (code, len(said), said[-1]) == (1, 101, "This record does NOT verify: 300 fault(s).")

    def test_what_is_not_there_cannot_be_read(self, tmp_path, capsys):
        assert verify_record.main([str(tmp_path / "nothing")]) == 2
        assert capsys.readouterr().err.startswith("This cannot be read:")


class TestHeads:
    def test_a_signed_download_verifies(self, run, old):
        lines = make_record(3)
        proof = [make_key_entry(old), make_head(old, lines, 3)]
        code, said = run(lines, proof, "--key", name_of(old))
        assert (code, len(said)) == (0, 2)
        assert (
            said[1]
            == f"Signed for up to entry 3 at 2026-03-01T12:00:00.000000Z by key {name_of(old)}"
        )

    def test_a_key_that_is_not_pinned_is_told(self, run, old):
        lines = make_record(1)
        _, said = run(lines, [make_key_entry(old), make_head(old, lines, 1)])
        assert said[-1].startswith("The key was taken as shown.")

    def test_an_unsigned_end_is_told(self, run, old):
        lines = make_record(3)
        code, said = run(lines, [make_key_entry(old), make_head(old, lines, 2)])
        assert (code, said[2]) == (
            0,
            "Entries after 2 are not signed for by the heads that were given.",
        )

    def test_a_record_that_was_cut_off_is_found(self, run, old):
        lines = make_record(120)
        proof = [make_key_entry(old), make_head(old, lines, 120)]
        code, said = run(lines[:110], proof)
        assert (code, said[0]) == (
            1,
            "the download ends at entry 110, but the desk has signed entry 120",
        )

    def test_a_record_that_was_written_anew_is_found(self, run, old):
        proof = [make_key_entry(old), make_head(old, make_record(3), 2)]
        code, said = run(make_record(3, "another"), proof)
        assert (code, said[0]) == (1, "entry 2: the desk has signed another hash")

    def test_two_records_that_were_both_signed_are_found(self, run, old):
        lines = make_record(2)
        proof = [make_head(old, lines, 2), make_head(old, make_record(2, "another"), 2, number=3)]
        code, said = run(lines, [make_key_entry(old), *proof])
        assert (code, said[0]) == (
            1,
            "head 3 (entry 2): the desk has signed another entry 2 as well",
        )

    def test_a_head_that_was_signed_by_somebody_else_is_found(self, run, old, new):
        lines = make_record(1)
        head = make_head(new, lines, 1, key=name_of(old))
        code, said = run(lines, [make_key_entry(old), head])
        assert (code, said[0]) == (1, "head 1 (entry 1): the signature is not of its key")

    @pytest.mark.parametrize(
        "changed",
        [
            {"type": "assay.key"},
            {"seq": 0},
            {"seq": "1"},
            {"seq": True},
            {"sha256": None},
            {"sha256": "0" * 63},
        ],
    )
    def test_a_head_that_says_something_else_is_found(self, run, old, changed):
        lines = make_record(1)
        code, said = run(lines, [make_key_entry(old), make_head(old, lines, 1, **changed)])
        assert code == 1
        assert said[0].endswith("it is not what it says")

    @pytest.mark.parametrize("signature", [None, 7, "", "no base64", "ü"])
    def test_a_head_without_a_signature_is_found(self, run, old, signature):
        lines = make_record(1)
        head = {**make_head(old, lines, 1), "signature": signature}
        code, said = run(lines, [make_key_entry(old), head])
        assert (code, said[0]) == (1, "head 1 (entry 1): the signature is not of its key")

    def test_pages_of_the_api_are_read_as_they_come(self, run, old):
        lines = make_record(2)
        pages = [
            {"results": [make_key_entry(old)], "next": None},
            {"results": [make_head(old, lines, 2)], "next": "…"},
            {"results": [make_head(old, lines, 1)], "next": None},
        ]
        assert run(lines, pages)[0] == 0

    @pytest.mark.parametrize("proof", ["{", "[7]", '{"results":7}', '{"x":1}', "[" * 100_000])
    def test_a_proof_that_is_none_cannot_be_read(self, tmp_path, capsys, proof):
        (tmp_path / "record").write_text("")
        (tmp_path / "proof").write_text(proof)
        code = verify_record.main([str(tmp_path / "record"), "--proof", str(tmp_path / "proof")])
        assert (code, capsys.readouterr().err[:20]) == (2, "This cannot be read:")


class TestKeys:
    def test_whoever_pinned_the_first_key_follows_to_the_next(self, run, old, new):
        lines = make_record(4)
        proof = [make_key_entry(old), make_key_entry(new, old, lines, 2)]
        proof += [make_head(old, lines, 2), make_head(new, lines, 4)]
        assert run(lines, proof, "--key", name_of(old))[0] == 0

    def test_whoever_pinned_the_next_key_takes_what_the_first_signed(self, run, old, new):
        lines = make_record(4)
        proof = [make_key_entry(old), make_key_entry(new, old, lines, 2)]
        proof += [make_head(old, lines, 2), make_head(new, lines, 4)]
        assert run(lines, proof, "--key", name_of(new))[0] == 0

    def test_a_key_that_the_first_did_not_sign_is_not_followed(self, run, old, new):
        lines = make_record(2)
        proof = [make_key_entry(old), make_key_entry(new, old, lines, 1, is_lost=True)]
        code, said = run(lines, [*proof, make_head(new, lines, 2)], "--key", name_of(old))
        assert (code, said[0]) == (
            1,
            f"head 2 (entry 2): its key {name_of(new)} does not follow from {name_of(old)}",
        )

    def test_a_lost_key_s_heads_hold_for_whoever_pinned_the_next(self, run, old, new):
        lines = make_record(2)
        proof = [make_key_entry(old), make_key_entry(new, old, lines, 1, is_lost=True)]
        proof += [make_head(old, lines, 1), make_head(new, lines, 2)]
        assert run(lines, proof, "--key", name_of(new))[0] == 0

    def test_a_retired_key_signs_for_nothing_later(self, run, old, new):
        lines = make_record(4)
        proof = [make_key_entry(old), make_key_entry(new, old, lines, 2), make_head(old, lines, 3)]
        code, said = run(lines, proof, "--key", name_of(old))
        assert (code, said[0]) == (1, "head 3 (entry 3): its key was out of use by then")

    def test_a_second_successor_is_found(self, run, old, new):
        third = Ed25519PrivateKey.from_private_bytes(bytes(32))
        proof = [make_key_entry(old), make_key_entry(new, old), make_key_entry(third, old)]
        code, said = run([], proof, "--key", name_of(old))
        assert (code, said[0]) == (1, f"key {name_of(old)}: it has two successors")

    def test_where_the_key_came_into_use_the_record_is_as_it_was(self, run, old, new):
        proof = [make_key_entry(old), make_key_entry(new, old, make_record(2), 2)]
        code, said = run(make_record(2, "another"), proof)
        assert (code, said[0]) == (1, "entry 2: the desk has signed another hash")

    @pytest.mark.parametrize(
        "changed",
        [{"type": "assay.head"}, {"public_key": "AAAA"}, {"public_key": None}, {"key": "0" * 64}],
    )
    def test_a_key_that_is_not_what_it_says_is_found(self, run, old, changed):
        code, said = run([], [make_key_entry(old, **changed)])
        assert code == 1
        assert said[0].endswith("it is not what it says")

    def test_a_pinned_key_that_the_desk_does_not_show_is_told(self, run, old):
        lines = make_record(1)
        proof = [make_key_entry(old), make_head(old, lines, 1)]
        code, said = run(lines, proof, "--key", "0" * 64)
        assert (code, said[0]) == (1, f"key {'0' * 64}: the desk does not show this key")

    def test_a_pinned_key_wants_a_head(self, run, old):
        code, said = run(make_record(1), [make_key_entry(old)], "--key", name_of(old))
        assert (code, said[0]) == (1, "no head that follows from your key was given")


class TestTheProgram:
    def test_it_needs_nothing_but_python_3_8(self):
        tree = ast.parse(PROGRAM.read_text(), feature_version=(3, 8))
        imported = {
            name.split(".")[0]
            for node in ast.walk(tree)
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        }
        assert imported <= set(sys.stdlib_module_names)

    def test_python_3_8_can_run_what_is_not_an_annotation(self):
        """There `tuple[int]` is an error as soon as it is run; in annotations nobody runs it."""
        tree = ast.parse(PROGRAM.read_text())
        for node in ast.walk(tree):
            for name in ("annotation", "returns"):
                if getattr(node, name, None):
                    setattr(node, name, None)
        run = [node.value for node in ast.walk(tree) if isinstance(node, ast.Subscript)]
        generic = {"tuple", "list", "dict", "set", "frozenset", "type", "Iterator", "Iterable"}
        assert [node.id for node in run if isinstance(node, ast.Name) and node.id in generic] == []

    def test_it_reads_standard_input(self, tmp_path, old):
        lines = make_record(50)
        (tmp_path / "proof").write_text(
            json.dumps(make_key_entry(old)) + json.dumps(make_head(old, lines, 50))
        )
        found = subprocess.run(
            [sys.executable, "-I", str(PROGRAM), "--proof", str(tmp_path / "proof")],
            input="".join(lines).encode(),
            capture_output=True,
            check=False,
        )
        assert (found.returncode, found.stdout[:18]) == (0, b"50 entries verify,")

    def test_a_long_record_is_never_all_in_memory(self):
        """A stream that is made while it is read: what was read is forgotten."""

        class Endless(io.RawIOBase):
            longest = 0

            def __init__(self):
                self.lines = iter(make_record(2000))

            def readline(self, limit=-1):
                return next(self.lines, "").encode()

        walk = verify_record.Walk(Endless())
        assert list(verify_record.check(walk, verify_record.Proof([], []))) == []
        assert walk.count == 2000

    def test_base64_of_a_key_is_what_it_reads(self):
        assert verify_record.unpack(base64.b64encode(b"key").decode()) == b"key"


@given(st.integers(1, 5), st.data())
def test_any_flipped_bit_of_a_signed_download_is_found(length, data):
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    lines = make_record(length)
    content = bytearray("".join(lines).encode())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    text = json.dumps(make_key_entry(key)) + json.dumps(make_head(key, lines, length))
    proof = verify_record.Proof(*verify_record.read_proof(text))
    walk = verify_record.Walk(io.BytesIO(content))
    is_last_byte = place == len(content) - 1 and bytes(content[-1:]).isspace()
    assert is_last_byte or list(verify_record.check(walk, proof)) != []
