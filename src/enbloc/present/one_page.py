"""A case and what was decided about it on one page of A4, never two: what does not fit is shortened, and says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from enbloc.case.board import Decision
from enbloc.present.board_paper import Head, board_paper
from enbloc.present.case_page import CasePage
from enbloc.present.content import OptionRow, ScoreCard
from enbloc.present.decision_sheet import Settled, decision_sheet
from enbloc.present.pdf import score_figures
from enbloc.present.picture_files import PictureRef
from enbloc.present.planned import Line, PlanSheet
from enbloc.present.presented import Presented
from enbloc.value import value

_SHEETS = ("board_parts", "one_page")


@value
class OptionLine:
    """An option in the order of support, in a line."""

    number: int
    words: str
    standing: str
    because: str
    margin: str
    is_leading: bool
    is_draft: bool


@value
class OperationLines:
    """The operation that was chosen: its margin and its price, a line each."""

    id: str
    margin: str
    classes: str
    warning: str
    entries: tuple[str, ...]
    price: tuple[tuple[str, str], ...]
    not_ready: tuple[str, ...]


def one_page_pdf(
    shown: Presented,
    made: Settled,
    *,
    page: CasePage | None = None,
    drawn: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> bytes:
    """One page about a case and the decision on it, as PDF/UA-1; the same input gives the same bytes.

    ``page`` is that of the result decided on, ``drawn`` its pictures (SVG) by name; without them the page says so.
    ``names`` are those of people by the names that they sign in with.
    """
    lesion = made.decision.lesion
    cards = _cards(page, lesion)
    content = {
        "shown": asdict(shown),
        "sheet": asdict(decision_sheet(made, names=names, spoken=shown.spoken(lesion))),
        "options": [asdict(_option(one)) for one in page.report.options if one.choice.about == lesion] if page else [],
        "scores": [asdict(card) for card in cards],
        "figures": [score_figures(card) for card in cards],
        "operation": _operation(page, made.decision),
        "pictures": list(_pictures(page, lesion, drawn or {})),
    }
    head = Head(title="Case on one page", about=f"case {shown.case}, version {shown.version}", banner=shown.banner)
    return board_paper(_SHEETS, head, content, fingerprint=shown.fingerprint, as_of=shown.as_of)


def _cards(page: CasePage | None, lesion: str) -> tuple[ScoreCard, ...]:
    return tuple(card for card in page.report.scores if card.about == lesion) if page else ()


def _option(one: OptionRow) -> OptionLine:
    return OptionLine(
        number=one.number,
        words=one.choice.words,
        standing=one.choice.standing,
        because=one.choice.short or one.choice.because,
        margin=" ".join(part for part in (one.margin, one.margin_class) if part),
        is_leading=one.choice.is_leading,
        is_draft=one.choice.is_draft,
    )


# --- the operation ----------------------------------------------------------------------------------------------------
def _operation(page: CasePage | None, decided: Decision) -> dict[str, Any] | None:
    if page is None or decided.chosen is None or not decided.chosen.plan:
        return None
    named = [one for one in page.report.plans if one.id == decided.chosen.plan and one.about == decided.lesion]
    return asdict(_lines(named[0])) if named else None


def _lines(plan: PlanSheet) -> OperationLines:
    ways = zip(plan.methods, plan.entries, strict=False)
    price = next((block.lines for block in plan.blocks if block.title == "Price"), ())
    return OperationLines(
        id=plan.id,
        margin=plan.margin,
        classes=plan.classes,
        warning=plan.warning,
        entries=tuple(f"{method} {entry}" for method, entry in ways),
        price=tuple((line.label, _said(line)) for line in price),
        not_ready=(*(f"borderline: {one}" for one in plan.borderline), *plan.not_ready),
    )


def _said(line: Line) -> str:
    return f"{line.word}: {line.said}" if line.word else line.said


# --- pictures ---------------------------------------------------------------------------------------------------------
def _pictures(page: CasePage | None, lesion: str, drawn: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The four pictures of the report's first page that exist: axial, sagittal, and the two solid ones."""
    those = [one for one in page.pictures if one.about == lesion and one.name in drawn] if page else []
    for one in _board(those):
        yield {"svg": drawn[one.name], "alt": one.alt, "title": one.title}


def _board(those: list[PictureRef]) -> tuple[PictureRef, ...]:
    slices = [one for one in those if one.kind == "slice"]
    sagittal = [one for one in slices if "sagittal" in one.name]
    resonance = [one for one in sagittal if " MR" in one.title]
    solid = [one for one in those if one.kind == "solid"]
    return (*[one for one in slices if "axial" in one.name][:1], *(resonance or sagittal)[:1], *solid[:2])
