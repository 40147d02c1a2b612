"""How views describe themselves in the OpenAPI document: keys or nothing, and the one shape of errors."""

from typing import Any, Literal

from django import forms
from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, build_media_type_object
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS

from api.v1.examples import PROBLEM, examples_of

Direction = Literal["request", "response"]
TEXT = {"type": "string"}
TYPES: dict[type[forms.Field], dict[str, str]] = {
    forms.IntegerField: {"type": "integer"},
    forms.UUIDField: {"type": "string", "format": "uuid"},
}


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document describes keys."""

    target_class = "api.authentication.ApiKeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A key that you make at /desk/keys/. Its scope and your role both count.",
        }


ETAG = {
    "description": "Strong. Send it back as `If-None-Match`.",
    "schema": {"type": "string"},
}


class NamedChoice(serializers.ChoiceField):
    """One of a set that has a name of its own in the document, so that clients get one type for it."""

    def __init__(self, name: str, choices: Any, **kwargs: Any) -> None:
        super().__init__(choices=choices, **kwargs)
        self.component = name


class NamedChoiceExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    target_class = NamedChoice

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        component = ResolvedComponent(  # type: ignore[no-untyped-call]
            name=self.target.component,
            type=ResolvedComponent.SCHEMA,
            object=self.target.component,
            schema={"type": "string", "enum": list(self.target.choices)},
        )
        auto_schema.registry.register_on_missing(component)
        ref: dict[str, Any] = component.ref
        return ref


class ProblemSerializer(serializers.Serializer[Any]):
    """RFC 9457. `errors` is there when the status is 400."""

    type = serializers.URLField(help_text="Names the kind of problem; it leads to its explanation.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What is wrong and what to do.")
    errors = serializers.DictField(  # type: ignore[assignment]  # only described, never run
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="By field or parameter.",
    )
    checks = serializers.ListField(
        child=serializers.DictField(),
        required=False,
        help_text="The publish gate's checklist, when it is closed.",
    )
    action = serializers.CharField(
        required=False, help_text="What does not apply, when the claim does not stand right for it."
    )
    status_of_claim = serializers.CharField(required=False)
    starts_from = serializers.ListField(child=serializers.CharField(), required=False)
    leads_to = serializers.ListField(child=serializers.CharField(), required=False)
    roles = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Whose role allows the action."
    )
    possible = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="The actions that apply now."
    )


#: What each status of an error says of the request.
REFUSALS = {
    400: "A parameter, a header field or the body is wrong: `errors` says which and why.",
    401: "A key is needed, or the one that was sent does not work.",
    403: "The key's scope or your role does not allow it.",
    404: "There is nothing there, or nothing that you may see.",
    409: "It does not stand where this starts, or is here already.",
    412: "It is no longer as the ETag that was sent as `If-Match` says.",
    413: "The body is beyond the limit.",
    415: "The body is in no form that is taken here.",
    422: "The `Idempotency-Key` was sent with another request.",
    429: "Too many requests: `Retry-After` says when to go on.",
    503: "Too many long answers are being sent: `Retry-After` says when to come again.",
}


class AssaySchema(AutoSchema):
    """Adds to every operation what holds for all of them."""

    def get_auth(self) -> list[dict[str, Any]]:
        auths: list[dict[str, Any]] = super().get_auth()
        return [*auths, {}] if self.method in SAFE_METHODS else auths

    def get_serializer_name(self, serializer: Any, direction: Direction) -> str:
        return str(super().get_serializer_name(serializer, direction)).removesuffix("Shape")

    def get_examples(self) -> list[OpenApiExample]:
        return examples_of(self.get_operation_id())

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        problem = self.resolve_serializer(ProblemSerializer, direction).ref
        for status in self._refusals(bodies):
            shown = self._get_examples(  # type: ignore[no-untyped-call]
                ProblemSerializer, direction, PROBLEM, str(status)
            )
            media = build_media_type_object(problem, shown)
            bodies[str(status)] = {"description": REFUSALS[status], "content": {PROBLEM: media}}
        if self.method == "GET" and getattr(self.view, "has_etag", True):
            bodies["200"] |= {"description": "Found.", "headers": {"ETag": ETAG}}
            bodies["304"] = {"description": "What you have, by `If-None-Match`, still holds."}
        return dict(sorted(bodies.items()))

    def _refusals(self, bodies: dict[str, Any]) -> set[int]:
        """Every status of an error that this operation can give."""
        is_read = self.method in SAFE_METHODS
        found = {401, 429}
        if self._get_parameters() or not is_read:
            found.add(400)
        if "{" in self.path:
            found.add(404)
        if not is_read or getattr(self.view, "refuses_readers", False):
            found.add(403)
        if not is_read:
            found |= {409, 412, 413, 415, 422}
        if is_read and any(kind[-4:] != "json" for kind in bodies["200"].get("content", ())):
            found.add(503)  # sent while it is made
        return found

    def is_deprecated(self) -> bool:
        return bool(super().is_deprecated() or getattr(self.view, "deprecated_since", None))


def parameters(*form_classes: type[forms.Form]) -> list[OpenApiParameter]:
    """The query parameters that these forms read, each once."""
    fields = {name: f for form in form_classes for name, f in form.base_fields.items()}
    return [_parameter(name, field) for name, field in fields.items()]


def _parameter(name: str, field: forms.Field) -> OpenApiParameter:
    choices = [value for value, _ in getattr(field, "choices", []) if value]
    bounds = {
        "minimum": getattr(field, "min_value", None),
        "maximum": getattr(field, "max_value", None),
    }
    limits = {"enum": choices or None, "default": field.initial, **bounds}
    return OpenApiParameter(
        name,
        {**TYPES.get(type(field), TEXT), **{k: v for k, v in limits.items() if v is not None}},
        OpenApiParameter.QUERY,
        required=field.required,
        description=str(field.help_text),
    )
