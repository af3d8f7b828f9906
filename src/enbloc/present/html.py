"""The report as one page that needs nothing beside it."""

from __future__ import annotations

import base64
from importlib.resources import files

from enbloc.case.image import Images
from enbloc.follow.result import Workup
from enbloc.present import annex, choosing, measurements, sections, sheets
from enbloc.present.composition import report
from enbloc.present.content import Report
from enbloc.present.markup import element, said
from enbloc.present.pictures import Pictures, pictures
from enbloc.present.prospects import prospects
from enbloc.present.theme import running, style


def report_html(workup: Workup, images: Images, *, fingerprint: str, drawn: Pictures | None = None) -> str:
    """The whole report as one HTML page: no external resource, every word of the record escaped.

    ``fingerprint`` is the sha256 of the work-up's JSON; ``drawn`` are its pictures if they exist already.
    """
    shown = drawn or pictures(workup, images)
    content = report(workup, without=shown.without, fingerprint=fingerprint)
    return page(content, shown)


def page(content: Report, shown: Pictures) -> str:
    """A report, set as a page."""
    main = element(
        "main",
        sections.board(content, shown),
        sheets.operations(content, shown),
        choosing.details(content),
        prospects(content),
        measurements.measurements(content, shown),
        annex.annex(content, shown),
    )
    body = _head(content) + main + _foot(content)
    title = f"{content.title}, case {content.case}"
    head = (
        '<meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>'
        + said(title, "title")
        + element("style", _style(content))
    )
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head><body>{body}</body></html>\n'


def _style(content: Report) -> str:
    sheet = files("enbloc.present").joinpath("report.css").read_text(encoding="utf-8")
    return _face("Regular", 400) + _face("SemiBold", 600) + style() + sheet + running(content)


def _face(cut: str, weight: int) -> str:
    font = files("enbloc.present").joinpath("fonts", f"IBMPlexSans-{cut}.woff2").read_bytes()
    held = base64.b64encode(font).decode("ascii")
    source = f"url(data:font/woff2;base64,{held}) format('woff2')"
    return f"@font-face{{font-family:'IBM Plex Sans';font-weight:{weight};src:{source}}}\n"


def _head(content: Report) -> str:
    ribbon = said(content.banner, "p", class_="banner", role="note") if content.banner else ""
    facts = f"case {content.case} · as of {content.as_of} · enbloc {content.version}"
    what = said(f"enbloc · {content.title}")
    line = element("div", what, said(facts, "span", class_="quiet", dir="auto"), class_="masthead")
    return element("header", ribbon, line, said(content.identity, "h1", dir="auto"))


def _foot(content: Report) -> str:
    use = said("Research use: confirm on the images. Not a medical device.", "strong")
    return element("footer", use, said(content.foot), said(f"fingerprint {content.fingerprint}", class_="hash"))
