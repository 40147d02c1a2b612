"""The hash chain: canonical bytes, and every kind of tampering named with its entry."""

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.chain import Fault, Link, canonical, digest, find_faults


def make_chain(length):
    links, previous = [], ""
    for seq in range(1, length + 1):
        document = canonical({"seq": seq, "previous": previous, "note": f"entry {seq}"})
        links.append(Link(seq, document, digest(document), previous))
        previous = links[-1].sha256
    return links


def faults(links):
    return [(fault.seq, fault.problem) for fault in find_faults(links)]


def replace(links, seq, **changes):
    """The chain with one stored entry overwritten."""
    return [dataclasses.replace(x, **changes) if x.seq == seq else x for x in links]


def rewrite(link, **changes):
    """The entry as a careful forger would leave it: its own hash fits."""
    document = canonical({**json.loads(link.document), **changes})
    return {"document": document, "sha256": digest(document)}


@pytest.mark.parametrize("length", [0, 1, 2, 40])
def test_an_untouched_record_has_no_faults(length):
    assert faults(make_chain(length)) == []


def test_canonical_bytes_do_not_depend_on_the_order_of_keys():
    assert canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'


def test_the_digest_is_over_utf_8_bytes():
    assert digest("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


def test_an_altered_document_does_not_match_its_hash():
    links = make_chain(3)
    altered = links[1].document.replace("entry 2", "entry Z")
    assert faults(replace(links, 2, document=altered)) == [
        (2, "the document does not match its hash")
    ]


def test_a_document_altered_with_its_hash_breaks_the_entry_after_it():
    links = make_chain(3)
    forged = replace(links, 2, **rewrite(links[1], note="forged"))
    assert faults(forged) == [(3, "it does not follow from the entry before it")]


def test_an_altered_hash_is_named_with_the_entry_that_leaned_on_it():
    assert faults(replace(make_chain(3), 2, sha256="0" * 64)) == [
        (2, "the document does not match its hash"),
        (3, "it does not follow from the entry before it"),
    ]


def test_the_last_entry_is_checked_inside_too():
    links = make_chain(3)
    forged = replace(links, 3, **rewrite(links[2], seq=9))
    assert faults(forged) == [(3, "its number or the previous hash differs inside the document")]


def test_an_altered_link_to_the_entry_before_is_named():
    assert faults(replace(make_chain(3), 3, previous_sha256="0" * 64)) == [
        (3, "it does not follow from the entry before it"),
        (3, "its number or the previous hash differs inside the document"),
    ]


@pytest.mark.parametrize(
    ("gone", "missing"), [({2}, "2"), ({1}, "1"), ({2, 3}, "2–3"), ({1, 2, 3}, "1–3")]
)
def test_missing_entries_are_counted_out(gone, missing):
    links = [link for link in make_chain(4) if link.seq not in gone]
    assert faults(links)[0] == (max(gone) + 1, f"entries are missing before it: {missing}")


def test_entries_out_of_order_are_named():
    first, second, third = make_chain(3)
    assert {seq for seq, _ in faults([first, third, second])} == {2, 3}


def test_a_repeated_entry_is_named():
    links = make_chain(2)
    assert faults([*links, links[1]]) != []


def test_a_document_that_is_not_json_is_named():
    links = make_chain(1)
    broken = replace(links, 1, document="{", sha256=digest("{"))
    assert faults(broken) == [(1, "the document is not JSON")]


@pytest.mark.parametrize("document", ["[]", "null", "7", '"text"'])
def test_a_document_that_is_json_but_no_object_is_a_fault_and_no_crash(document):
    links = make_chain(1)
    assert list(find_faults(replace(links, 1, document=document, sha256=digest(document)))) == [
        Fault(1, "the document is not a JSON object")
    ]


@given(st.integers(1, 8), st.data())
def test_changing_one_character_anywhere_is_always_found(length, data):
    links = make_chain(length)
    seq = data.draw(st.integers(1, length))
    column = data.draw(st.sampled_from(["document", "sha256"]))
    value = getattr(links[seq - 1], column)
    at = data.draw(st.integers(0, len(value) - 1))
    other = "x" if value[at] != "x" else "y"
    assert faults(replace(links, seq, **{column: value[:at] + other + value[at + 1 :]})) != []
