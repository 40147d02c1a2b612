"""What every template may show: the desk's name, address and contact."""

from django.conf import settings
from django.http import HttpRequest


def desk(request: HttpRequest) -> dict[str, dict[str, str]]:
    return {
        "desk": {
            "name": settings.ASSAY_DESK_NAME,
            "base_url": settings.ASSAY_BASE_URL,
            "contact": settings.ASSAY_CONTACT_EMAIL,
        }
    }
