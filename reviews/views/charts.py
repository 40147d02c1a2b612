"""Pictures of the desk's numbers, drawn on the server as SVG."""

from collections.abc import Callable

import pygal
from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe
from pygal.style import Style

from reviews.home_page import claims_by_day, verdicts_by_rating
from reviews.views.access import DeskRequest, desk_view

INK, LINES = "#7b828e", ("#4a80c4", "#c08a2f", "#349a68")


def _style(*colours: str) -> Style:
    return Style(
        background="transparent",
        plot_background="transparent",
        foreground=INK,
        foreground_strong=INK,
        foreground_subtle="#8a909a",
        guide_stroke_color="#8a909a55",
        major_guide_stroke_color="#8a909a55",
        stroke_width="3",
        opacity=".9",
        font_family="system-ui, sans-serif",
        label_font_size=15,
        major_label_font_size=15,
        legend_font_size=15,
        value_font_size=14,
        value_colors=(INK,) * len(colours),
        colors=colours,
    )


def _claims() -> str:
    days, series = claims_by_day()
    chart = pygal.Line(
        style=_style(*LINES),
        js=(),
        width=420,
        height=260,
        show_dots=False,
        x_labels_major_every=10,
        truncate_label=-1,
        show_minor_x_labels=False,
        legend_at_bottom=True,
        min_scale=2,
        range=(0, max(4, *(max(values) for values in series.values()))),
        disable_xml_declaration=True,
    )
    chart.x_labels = days
    for name, values in series.items():
        chart.add(name, values)
    return str(chart.render(is_unicode=True))


def _verdicts() -> str:
    rows = verdicts_by_rating()
    chart = pygal.HorizontalBar(
        style=_style(*(rating.colour for rating, _ in rows)),
        js=(),
        width=420,
        height=260,
        show_legend=False,
        print_values_position="top",
        print_values=True,
        show_x_labels=False,
        show_x_guides=False,
        disable_xml_declaration=True,
    )
    chart.x_labels = [rating.label for rating, _ in reversed(rows)]
    bars = [{"value": count, "color": rating.colour} for rating, count in reversed(rows)]
    chart.add("", bars, formatter=lambda count: f"{count:g}")
    return str(chart.render(is_unicode=True))


CHARTS: dict[str, Callable[[], str]] = {"claims": _claims, "verdicts": _verdicts}


@require_safe
@csp_update({"style-src": ["'unsafe-inline'"]})  # the SVG carries its own style sheet
@desk_view("claims.view_claim")
def chart(request: DeskRequest, name: str) -> HttpResponse:
    if name not in CHARTS:
        raise Http404
    return HttpResponse(CHARTS[name](), content_type="image/svg+xml")
