"""How views describe themselves in the OpenAPI document: keys or nothing, and the one shape of errors."""

from typing import Any, Literal

from django import forms
from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS

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


class AssaySchema(AutoSchema):
    """Adds to every operation what holds for all of them."""

    def get_auth(self) -> list[dict[str, Any]]:
        auths: list[dict[str, Any]] = super().get_auth()
        return [*auths, {}] if self.method in SAFE_METHODS else auths

    def get_serializer_name(self, serializer: Any, direction: Direction) -> str:
        return str(super().get_serializer_name(serializer, direction)).removesuffix("Shape")

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        problem = self.resolve_serializer(ProblemSerializer, direction).ref
        bodies["default"] = {
            "description": "Anything else: one shape for every error.",
            "content": {"application/problem+json": {"schema": problem}},
        }
        if self.method == "GET" and getattr(self.view, "has_etag", True):
            bodies["200"] |= {"description": "Found.", "headers": {"ETag": ETAG}}
            bodies["304"] = {"description": "What you have, by `If-None-Match`, still holds."}
        return bodies


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
