"""The OpenAPI document and the page that shows it, served from here and under our content policy."""

from drf_spectacular.renderers import OpenApiJsonRenderer2, OpenApiYamlRenderer2
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import KINDS


class SchemaView(SpectacularAPIView):
    """JSON, or YAML with ?format=yaml."""

    renderer_classes = [OpenApiJsonRenderer2, OpenApiYamlRenderer2]


class ReferenceView(SpectacularSwaggerSplitView):
    """The page and, asked with ?script, the few lines that start it."""

    url_name = "api:schema"
    template_name = "api/reference.html"
    template_name_js = "api/reference.js"

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        response: Response = super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]
        kinds = [(kind, status, title) for kind, (status, title) in KINDS.items()]
        response.data["kinds"] = kinds
        return response
