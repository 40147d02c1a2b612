"""The desk's first page: what needs me now, and how the desk is doing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reviews.home_page import home_context
from reviews.views.access import DeskRequest, desk_view


@require_safe
@desk_view("claims.view_claim")
def home(request: DeskRequest) -> HttpResponse:
    return render(request, "reviews/home.html", home_context(request.user))
