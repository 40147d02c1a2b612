"""How every desk view begins (who may see it) and how a form ends (what a service refuses is said in it)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from claims.models import Claim

View = Callable[..., HttpResponseBase]
#: Django refuses to redirect to a longer one, and by then the change is made.
LONGEST_ADDRESS = 1000


class DeskRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User
    htmx: Any


def desk_view(permission: str) -> Callable[[View], View]:
    """Signed in, and with this permission; otherwise the sign-in page or a refusal in words."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_perm(permission):
                role = request.user.get_role_display().lower()
                raise PermissionDenied(
                    f"You are signed in as {role}, and this page is not open to that role. "
                    "An administrator can change it."
                )
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def find_claim(request: DeskRequest, pk: object) -> Claim:
    """The claim of an address, if this person may see it."""
    return get_object_or_404(Claim.objects.visible_to(request.user).with_context(), pk=pk)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, which may be nothing at all, or None when it is only asked for."""
    return request.POST if request.method == "POST" else None


def posted_files(request: HttpRequest) -> Any:
    """The files that came with a form, or None when it is only asked for."""
    return request.FILES if request.method == "POST" else None


def attempt(form: BaseForm, change: Callable[[], Any]) -> bool:
    """Run a service for a valid form. What it refuses becomes errors of the form, so nothing typed is lost."""
    if not form.is_valid():
        return False
    try:
        change()
    except ValidationError as error:
        errors = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, problems in errors.items():
            form.add_error(
                name if name in form.fields else None, [e for p in problems for e in p.messages]
            )
        return False
    return True


def form_status(form: BaseForm) -> int:
    return 400 if form.errors else 200


def back_to(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Where the person came from, if that is ours, else the claim."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    if not (is_ours and target.startswith("/") and len(target) < LONGEST_ADDRESS):
        target = reverse("reviews:show-claim", args=[claim.pk])
    return HttpResponseRedirect(target)


@dataclass(frozen=True, slots=True)
class Question:
    """A small page before an action: what it asks, its button, and what is said when it is done."""

    title: str
    verb: str
    done: str
    is_destructive: bool = False


def ask(
    request: HttpRequest, claim: Claim, form: Any, question: Question, change: Callable[[], Any]
) -> HttpResponse:
    """Show the question's form, or run `change` with what was answered and go back."""
    if request.method == "POST" and attempt(form, change):
        messages.success(request, question.done)
        return back_to(request, claim)
    context = {"form": form, "claim": claim, "question": question, "next": _next(request)}
    return render(request, "reviews/question.html", context, status=form_status(form))


def _next(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next", "")
