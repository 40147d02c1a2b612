"""How claims are judged, in the admin: who has what, blind reviews, verdicts, the workflow's actions."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from accounts.admin import KeptStack, KeptTable, ModelForm
from accounts.models import User
from accounts.roles import REVIEWERS
from accounts.row_actions import ReasonForm, RowAction
from audit.admin import RecordedAdmin
from claims import admin as claims_admin
from claims.kinds import Status
from claims.models import Claim
from reviews import services, workflow
from reviews.models import Assignment, Comment, Rating, Review, Verdict
from reviews.scale_admin import ScaleAdmin
from reviews.services import ReviewDraft, VerdictDraft
from reviews.services.verdict import latest_verdict
from reviews.workflow import Action, InvalidTransition
from sources.admin import EvidenceInline

__all__ = ["AssignForm", "ClaimAdmin", "ScaleAdmin", "VerdictAdmin", "workflow_action"]


class AssignForm(forms.Form):
    """Who shall review, and by when."""

    reviewer = forms.ModelChoiceField(User.objects.filter(is_active=True, role__in=REVIEWERS))
    due_at = forms.DateTimeField(
        label="Due",
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Left empty, the desk's usual time.",
    )


def workflow_action(
    action: Action, label: str, act: Any, done: str, form: type[forms.Form] | None = None
) -> RowAction:
    """An action of the workflow on claims, with the permission that the workflow's table names."""
    permission = next(row.permission for row in workflow.TRANSITIONS if row.action == action)
    return RowAction(action.value, label, permission, act, "claim", done, form)


class AssignmentInline(KeptTable):
    """Who has the claim. Assigning is an action."""

    model = Assignment
    fields = ("reviewer", "round", "assigned_by", "assigned_at", "due_at", "released_at")
    readonly_fields = fields

    def rows_for(self, request: HttpRequest, parent: Model | None) -> QuerySet[Any]:
        return self.get_queryset(request).select_related("reviewer", "assigned_by")


class ReviewInline(KeptStack):
    """The reviews this person may see, and a place for their own while it is wanted of them."""

    model = Review
    asked = ("rating", "rationale", "confidence", "conflict_of_interest", "evidence")
    fields = (*asked, "round", "submitted_at")
    readonly_fields = ("round", "submitted_at")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (
            obj is not None
            and obj.status == Status.IN_REVIEW
            and request.user.has_perm("reviews.add_review", obj)
        )

    def get_max_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """One more than there are to read, if a review is wanted of this person."""
        if not self.has_add_permission(request, obj):
            return 0
        return self.rows_for(request, obj).count() + 1

    def rows_for(self, request: HttpRequest, parent: Any) -> QuerySet[Any]:
        if parent is None:
            return Review.objects.none()
        rows = Review.objects.visible_to(request.user, parent)
        return rows.select_related("rating", "reviewer").prefetch_related("evidence__source")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        fields = formset.form.base_fields
        if "rating" in fields and obj is not None:
            fields["rating"].queryset = Rating.objects.filter(scale__is_house=True)
            fields["evidence"].queryset = obj.evidence.standing().select_related("source")
        return formset

    def add_row(self, actor: User, parent: Claim, form: ModelForm) -> Review:
        draft = ReviewDraft(**{name: form.cleaned_data[name] for name in self.asked})
        return services.submit_review(actor=actor, claim=parent, draft=draft)


class VerdictInline(KeptStack):
    """What the desk concluded. In a dispute, an editor who wrote none of the reviews adds the verdict."""

    model = Verdict
    fields = ("rating", "summary", "justification")
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (
            obj is not None
            and obj.status == Status.DISPUTED
            and request.user.has_perm("reviews.adjudicate_claim", obj)
        )

    def rows_for(self, request: HttpRequest, parent: Model | None) -> QuerySet[Any]:
        return self.get_queryset(request).select_related("rating")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        if rating := formset.form.base_fields.get("rating"):
            rating.queryset = Rating.objects.filter(scale__is_house=True)
        return formset

    def add_row(self, actor: User, parent: Claim, form: ModelForm) -> Verdict:
        draft = VerdictDraft(**{name: form.cleaned_data[name] for name in self.fields})
        return services.adjudicate(actor=actor, claim=parent, draft=draft)


class CommentInline(KeptTable):
    """Remarks between colleagues."""

    model = Comment
    fields = ("text", "author", "created_at")
    readonly_fields = ("author", "created_at")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and request.user.has_perm("reviews.add_comment")

    def rows_for(self, request: HttpRequest, parent: Model | None) -> QuerySet[Any]:
        return self.get_queryset(request).select_related("author")

    def add_row(self, actor: User, parent: Claim, form: ModelForm) -> Comment:
        return services.add_comment(actor=actor, claim=parent, text=form.cleaned_data["text"])


class ClaimAdmin(claims_admin.ClaimAdmin):
    """A claim with what speaks for and against it, and the actions of the workflow."""

    inlines: ClassVar[tuple[Any, ...]] = (
        *claims_admin.ClaimAdmin.inlines,
        EvidenceInline,
        AssignmentInline,
        ReviewInline,
        VerdictInline,
        CommentInline,
    )
    refusals = {**claims_admin.ClaimAdmin.refusals, InvalidTransition: 409}
    row_actions: tuple[RowAction, ...] = (
        workflow_action(Action.ACCEPT, "Accept", services.accept_claim, "accepted"),
        workflow_action(
            Action.DISMISS, "Dismiss with a reason", services.dismiss_claim, "dismissed", ReasonForm
        ),
        workflow_action(Action.TAKE, "Take for review", services.take_claim, "taken"),
        workflow_action(
            Action.ASSIGN, "Assign to somebody", services.assign_claim, "assigned", AssignForm
        ),
        workflow_action(Action.RELEASE, "Give back", services.release_claim, "given back"),
        workflow_action(
            Action.SEND_BACK,
            "Send back for another round",
            services.send_back,
            "sent back",
            ReasonForm,
        ),
    )

    def actions_for(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """On a claim's own page: what its status allows."""
        possible = {action.value for action in workflow.actions_from(obj.status)}
        actions = super().actions_for(request, obj)
        return {name: action for name, action in actions.items() if name in possible}


@admin.register(Verdict)
class VerdictAdmin(RecordedAdmin):
    """Verdicts. Until it is published, an editor words the latest one here; its rating stays as decided."""

    list_display = ("claim", "rating", "revision", "decided_by", "approved_by", "created_at")
    list_filter = ("rating__normalised", "rating")
    list_select_related = ("claim", "rating", "decided_by", "approved_by")
    more_lookups = ("claim",)
    heavy = ("claim__search_vector",)
    date_hierarchy = "created_at"
    search_fields = ("summary", "justification", "claim__statement")
    settled = ("claim", "rating", "revision", "decided_by", "approved_by", "correction_note")
    fields = ("summary", "justification", *settled)
    readonly_fields = settled
    refusals = {**RecordedAdmin.refusals, InvalidTransition: 409}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def history_of(self, request: HttpRequest, obj: Any) -> Any:
        """A verdict's history is its claim's."""
        return super().history_of(request, obj.claim)

    def change_row(self, actor: User, row: Verdict, form: Any) -> Verdict:
        if latest_verdict(row.claim) != row:
            raise ValidationError("A later revision has replaced this verdict. Open that one.")
        return services.write_verdict(actor=actor, claim=row.claim, **form.cleaned_data)
