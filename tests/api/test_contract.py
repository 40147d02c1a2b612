"""Whatever is sent to any operation of the document, by whomever: the answer is one that the document describes.

A few requests an operation and role, the same in each run; CONTRACT_REQUESTS=200 in the environment sends more.
"""

import os

import pytest

from accounts.models import Scope
from accounts.roles import Role
from claims.services import start_batch
from tests import factories
from tests.api.contract import read_contract, send_drawn

NOBODY = "nobody"
COUNT = int(os.environ.get("CONTRACT_REQUESTS", "2"))
pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    """One of each kind of thing, by the part of an address that names the kind."""
    claim = factories.make_published_claim(claimant_name="Ida Quell")
    unpublished = factories.make_claim(claimant_name="Ida Quell")
    evidence = factories.make_evidence(unpublished)
    item = start_batch(actor=None, addresses="https://paper.example/1").imports.get()
    return {
        "articles": claim.article_id,
        "batches": item.batch_id,
        "claimants": claim.claimant_id,
        "claims": unpublished.pk,
        "evidence": evidence.pk,
        "imports": item.pk,
        "sources": evidence.source_id,
        "verdicts": claim.pk,
    }


@pytest.mark.parametrize("role", [NOBODY, *Role])
def test_every_answer_is_one_that_the_document_describes(client, key, known, role, subtests):
    headers = {} if role == NOBODY else key(role, Scope.WRITE)
    client.raise_request_exception = False
    for operation in read_contract(client):
        with subtests.test(operation.label):
            send_drawn(client, operation, headers, count=COUNT, known=known, derandomize=True)
