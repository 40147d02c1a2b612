"""Claims at the desk: from selected words, their page, their wording, suggestions taken on or dismissed."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.models import Version
from claims import services
from claims.detection.base import Place
from claims.models import Claim, ExternalCheck
from claims.services.claimants import find_claimant
from reviews import services as workflow
from reviews.claim_page import card_context
from reviews.evidence_forms import OpenQuestionForm
from reviews.forms import ClaimForm, CommentForm, ReasonForm, SpanForm
from reviews.paging import read_key
from reviews.views.access import (
    DeskRequest,
    Question,
    ask,
    attempt,
    back_to,
    desk_view,
    find_claim,
    form_status,
    posted,
)
from reviews.views.articles import find_article


@require_safe
@desk_view("claims.view_claim")
def show_claim(request: DeskRequest, pk: object) -> HttpResponse:
    claim = find_claim(request, pk)
    context = card_context(request.user, claim)
    comments = claim.comments.select_related("author")
    context |= {"comments": comments, "comment_form": CommentForm()}
    context["question_form"] = OpenQuestionForm()
    return render(request, "reviews/claim.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("claims.add_claim")
def add_claim(request: DeskRequest, pk: object) -> HttpResponse:
    """GET with the selected words gives the form, POST makes the claim."""
    article = find_article(request, pk)
    place = SpanForm(request.POST if request.method == "POST" else request.GET)
    version = article.versions.get(current_of=article)
    if not place.is_valid() or place.cleaned_data["start"] >= place.cleaned_data["end"]:
        messages.error(request, "Select some words of the article first.")
        return redirect(article)
    words = Place(**place.cleaned_data)
    quote = version.text[words.start : words.end]
    form = ClaimForm(posted(request), initial={"statement": " ".join(quote.split())})
    made: list[Claim] = []
    if request.method == "POST" and attempt(
        form, lambda: made.append(_make(request, version, words, form))
    ):
        return redirect(f"{reverse('reviews:show-article', args=[article.pk])}?claim={made[0].pk}")
    context = {"form": form, "article": article, "place": words, "quote": quote}
    template = "reviews/_claim_form.html" if request.htmx else "reviews/claim_form.html"
    return render(request, template, context, status=form_status(form))


def _make(request: DeskRequest, version: Version, place: Place, form: ClaimForm) -> Claim:
    data = form.cleaned_data
    draft = services.ClaimDraft(
        statement=data["statement"],
        kind=data["kind"],
        mode=data["mode"],
        claimant_name=data["claimant"],
        claimant_role=data["role"],
        claimed_at=data["claimed_at"],
        tags=data["tags"],
    )
    return services.add_claim(actor=request.user, version=version, place=place, draft=draft)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("claims.change_claim")
def edit_claim(request: DeskRequest, pk: object) -> HttpResponse:
    """Change the words. Editing a suggestion takes it on. A stale form is shown beside what it would overwrite."""
    claim = find_claim(request, pk)
    form = ClaimForm(request.POST) if request.method == "POST" else ClaimForm.of(claim)
    context: dict[str, Any] = {"form": form, "claim": claim}
    try:
        if request.method == "POST" and attempt(form, lambda: _save(request, claim, form)):
            return back_to(request, claim)
    except services.StaleClaim as stale:
        form.add_error(None, str(stale))
        form.data = {**form.data.dict(), "lock_version": stale.claim.lock_version}  # type: ignore[attr-defined]
        return render(
            request, "reviews/claim_edit.html", {**context, "theirs": stale.claim}, status=409
        )
    return render(request, "reviews/claim_edit.html", context, status=form_status(form))


@transaction.atomic
def _save(request: DeskRequest, claim: Claim, form: ClaimForm) -> None:
    """Together: a refused change leaves no new claimant behind."""
    data = form.cleaned_data
    changes = {
        "statement": data["statement"],
        "kind": data["kind"],
        "mode": data["mode"],
        "claimed_at": data["claimed_at"],
        "tags": data["tags"],
        "claimant": find_claimant(data["claimant"], role=data["role"]),
    }
    expected = data["lock_version"] or 0
    if claim.status == "suggested":
        workflow.accept_claim(actor=request.user, claim=claim, expected=expected, **changes)
    else:
        services.correct_claim(actor=request.user, claim=claim, expected=expected, **changes)


@require_POST
@desk_view("claims.change_claim")
def add_span(request: DeskRequest, pk: object) -> HttpResponse:
    claim = find_claim(request, pk)
    form = SpanForm(request.POST)
    version = Version.objects.get(current_of=claim.article_id)
    if attempt(
        form,
        lambda: services.add_span(
            actor=request.user, claim=claim, version=version, place=Place(**form.cleaned_data)
        ),
    ):
        messages.success(request, "Added to the claim.")
    else:
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
    return redirect(f"{reverse('reviews:show-article', args=[claim.article_id])}?claim={claim.pk}")


@require_POST
@desk_view("claims.accept_claim")
def accept_claim(request: DeskRequest, pk: object) -> HttpResponse:
    claim = find_claim(request, pk)
    workflow.accept_claim(actor=request.user, claim=claim)
    messages.success(request, "Accepted: the claim is open for review.")
    return back_to(request, claim)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("claims.dismiss_claim")
def dismiss_claim(request: DeskRequest, pk: object) -> HttpResponse:
    claim = find_claim(request, pk)
    form = ReasonForm(posted(request))
    question = Question(
        "Dismiss this claim", "Dismiss", "Dismissed. An editor can reopen it from its page.", True
    )
    return ask(
        request,
        claim,
        form,
        question,
        lambda: workflow.dismiss_claim(
            actor=request.user, claim=claim, reason=form.cleaned_data["reason"]
        ),
    )


@require_POST
@desk_view("claims.change_claim")
def unflag_claim(request: DeskRequest, pk: object) -> HttpResponse:
    claim = services.unflag_claim(actor=request.user, claim=find_claim(request, pk))
    return back_to(request, claim)


@require_POST
@desk_view("reviews.add_comment")
def add_comment(request: DeskRequest, pk: object) -> HttpResponse:
    claim = find_claim(request, pk)
    form = CommentForm(request.POST)
    text = form.data.get("text", "")
    if attempt(form, lambda: workflow.add_comment(actor=request.user, claim=claim, text=text)):
        return redirect(f"{claim.get_absolute_url()}#comments")
    context = card_context(request.user, claim)
    context |= {"comments": claim.comments.select_related("author"), "comment_form": form}
    context["question_form"] = OpenQuestionForm()
    return render(request, "reviews/claim.html", context, status=400)


def _one_card(claim: Claim) -> set[str]:
    """The keys of the claims that share a card with this one."""
    embedded = claim.embedded.values_list("pk", flat=True)
    return {str(key) for key in (claim.pk, claim.attribution_id, *embedded)}


@require_safe
@desk_view("claims.view_claim")
def list_alike(request: DeskRequest) -> HttpResponse:
    """Claims like the one being typed, ours and others': somebody may have checked it already."""
    statement = request.GET.get("statement", "")[:2000]
    claims = Claim.objects.visible_to(request.user).with_context()
    known = request.GET.get("except", "")
    matches = [(s, c) for s, c in claims.alike(statement) if known not in _one_card(c)]
    tied_to = read_key(request.GET.get("tie", ""))
    others = ExternalCheck.objects.visible_to(request.user)
    checks = (others.filter(claim=None) if tied_to else others).alike(statement)
    context = {"matches": matches, "checks": checks, "tied_to": tied_to}
    return render(request, "reviews/_alike.html", context)
