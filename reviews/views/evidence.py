"""Sources and evidence of a claim."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from claims.models import Claim
from reviews.evidence_adding import chosen_source, find_sources
from reviews.evidence_forms import EvidenceForm, NameSourceForm, read_file
from reviews.forms import ReasonForm
from reviews.passages_page import Offers, offer_passages
from reviews.views.access import (
    DeskRequest,
    Question,
    ask,
    attempt,
    desk_view,
    find_claim,
    form_status,
    posted,
    posted_files,
)
from sources import services
from sources.captures import request_capture, request_first_capture, upload_copy
from sources.identify import is_name
from sources.models import Evidence, Source, SourceKind
from sources.naming import add_source_file, add_source_named
from sources.questions import missing_answers

#: Buttons of the form that save nothing: passages are looked for, one becomes the quote, the source is looked at again.
UNFINISHED = frozenset({"look", "use", "again"})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("sources.add_evidence")
def add_evidence(request: DeskRequest, pk: object) -> HttpResponse:
    """First the source: chosen, named or described by its kind. Then what it says about the claim."""
    claim = find_claim(request, pk)
    if UNFINISHED & request.POST.keys():
        return _look(request, claim, request.POST)
    if request.method != "POST" and request.GET.get("source"):
        return _look(request, claim, request.GET)
    if request.method != "POST" and request.GET.get("kind") not in SourceKind.values:
        return _choose(request, claim, NameSourceForm(initial=request.GET.dict()))
    kind = {"kind": request.GET.get("kind")}
    form = EvidenceForm(posted(request), posted_files(request), initial=kind, user=request.user)
    if request.method == "POST" and attempt(form, lambda: _attach(request, claim, form)):
        messages.success(request, "Evidence added.")
        return redirect(f"{claim.get_absolute_url()}#evidence")
    return _show(request, claim, form)


@require_POST
@desk_view("sources.add_evidence")
def name_source(request: DeskRequest, pk: object) -> HttpResponse:
    """A source by one paste or one file, then the form for what it says. Words are looked for among the sources."""
    claim, found = find_claim(request, pk), list[Source]()
    form = NameSourceForm(request.POST, request.FILES)
    address = reverse("reviews:add-evidence", args=[claim.pk])
    if form.is_valid() and form.words:
        return redirect(f"{address}?{urlencode({'name': form.words})}")
    if attempt(form, lambda: found.append(_name(request.user, form))):
        return redirect(f"{address}?source={found[0].pk}")
    return _choose(request, claim, form)


def _name(user: User, form: NameSourceForm) -> Source:
    if given := read_file(form):
        content, file_name = given
        kind = form.cleaned_data["kind"] or SourceKind.OFFICIAL_RECORD
        return add_source_file(actor=user, content=content, file_name=file_name, kind=kind)
    return add_source_named(actor=user, name=form.cleaned_data["name"])


def _choose(request: DeskRequest, claim: Claim, form: NameSourceForm) -> HttpResponse:
    words = str(form["name"].value() or "")
    found = find_sources(request.user, claim, words)
    context = {"form": form, "claim": claim, "found": found, "words": words.strip()}
    context |= {"is_name": is_name(words), "kinds": SourceKind.choices}
    template = "_found_sources" if request.htmx and not request.htmx.boosted else "source_choice"
    return render(request, f"reviews/{template}.html", context, status=form_status(form))


def _look(request: DeskRequest, claim: Claim, given: QueryDict) -> HttpResponse:
    """The form as far as it is filled in, with passages to quote. Nothing of it is saved, so nothing is refused."""
    typed = {name: str(value) for name, value in given.items()}
    if "use" in typed:
        typed["quote"] = typed["use"]
    form = EvidenceForm(initial=typed, user=request.user)
    chosen = chosen_source(request.user, form)
    if "again" in typed and chosen and chosen.may_try_again:
        request_capture(actor=request.user, source=chosen.source)
    offers = offer_passages(request.user, claim, form, typed)
    return _show(request, claim, form, offers)


def _show(
    request: DeskRequest, claim: Claim, form: EvidenceForm, offers: Offers | None = None
) -> HttpResponse:
    chosen = chosen_source(request.user, form)
    context = {"form": form, "claim": claim, "offers": offers, "chosen": chosen}
    context["open_questions"] = missing_answers(claim)
    context["needs_kind"] = not chosen and not form.described_kind
    return render(request, "reviews/evidence_form.html", context, status=form_status(form))


@transaction.atomic
def _attach(request: DeskRequest, claim: Claim, form: EvidenceForm) -> None:
    """Source, copies and evidence together: a refused quote leaves no half record behind."""
    source = form.cleaned_data["source"] or services.add_source(
        actor=request.user, draft=form.source_draft()
    )
    if given := read_file(form):
        content, name = given
        upload_copy(actor=request.user, source=source, content=content, file_name=name)
    request_first_capture(actor=request.user, source=source)
    services.add_evidence(
        actor=request.user, claim=claim, source=source, draft=form.evidence_draft()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("sources.change_evidence")
def withdraw(request: DeskRequest, pk: object) -> HttpResponse:
    evidence = _find(pk)
    form = ReasonForm(posted(request))
    question = Question(
        "Withdraw this evidence", "Withdraw", "Withdrawn. It stays in the history.", True
    )
    return ask(
        request,
        evidence.claim,
        form,
        question,
        lambda: services.withdraw_evidence(
            actor=request.user, evidence=evidence, reason=form.cleaned_data["reason"]
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("sources.override_quote")
def override_quote(request: DeskRequest, pk: object) -> HttpResponse:
    evidence = _find(pk)
    form = ReasonForm(posted(request))
    question = Question(
        "Take this quote on in your name", "Take it on", "The quote is taken on in your name."
    )
    return ask(
        request,
        evidence.claim,
        form,
        question,
        lambda: services.override_quote(
            actor=request.user, evidence=evidence, reason=form.cleaned_data["reason"]
        ),
    )


def _find(pk: object) -> Evidence:
    return get_object_or_404(
        Evidence.objects.standing().select_related("claim__article", "claim__claimant", "source"),
        pk=pk,
    )
