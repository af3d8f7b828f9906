"""Results as files: written whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from enbloc.workup.seeing import Said, silent

if TYPE_CHECKING:
    from enbloc.case.case import Case
    from enbloc.case.image import Images
    from enbloc.follow.measuring import MeasureResult
    from enbloc.follow.planning import Planning
    from enbloc.follow.result import Workup
    from enbloc.measure.spine.column import Column
    from enbloc.plan import Plan
    from enbloc.plan.proposal import Resected

PAGES = ("writing the result", "drawing the pictures", "setting the report")


def fingerprint(text: str) -> str:
    """The SHA-256 of a result's JSON: what every printed page carries."""
    return sha256(text.encode()).hexdigest()


def publish(result: Workup, images: Images, out: Path, *, said: Said = silent) -> str:
    """Write ``workup.json``, ``report.html``, ``report.pdf`` and ``scene/`` to the folder ``out``; its fingerprint.

    The folder is written whole or not at all; it replaces an earlier result of enbloc and refuses any other folder.

    Raises
    ------
    OutputError
        If the folder is something else, read-only or full.
    """
    from enbloc.exchange.document import to_json
    from enbloc.exchange.output import staged
    from enbloc.measure.registration.together import brought_together
    from enbloc.present.html import report_html
    from enbloc.present.pdf import report_pdf
    from enbloc.present.pictures import pictures
    from enbloc.present.scene import scene_files

    said(PAGES[0])
    images = brought_together(result.case, images)
    text = to_json(result)
    mark = fingerprint(text)
    with staged(out) as folder:
        (folder / "workup.json").write_text(text, encoding="utf-8", newline="\n")
        said(PAGES[1])
        drawn = pictures(result, images)
        (folder / "scene").mkdir()
        for name, content in scene_files(result, images).items():
            (folder / "scene" / name).write_bytes(content)
        said(PAGES[2])
        html = report_html(result, images, fingerprint=mark, drawn=drawn)
        (folder / "report.html").write_text(html, encoding="utf-8", newline="\n")
        (folder / "report.pdf").write_bytes(report_pdf(result, images, fingerprint=mark, drawn=drawn))
    return mark


def publish_measures(result: MeasureResult, images: Images, out: Path, *, said: Said = silent) -> MeasureResult:
    """Write ``measure.json`` and ``figures/``, a picture of every measurement; the result with its pictures named.

    The folder is written whole or not at all, as that of a work-up.

    Raises
    ------
    OutputError
        If the folder is something else, read-only or full.
    """
    from enbloc.exchange.document import to_json
    from enbloc.exchange.output import staged
    from enbloc.follow.measuring import Figure
    from enbloc.measure.registration.together import brought_together
    from enbloc.present.evidence import evidence
    from enbloc.present.raster import pngs

    said(PAGES[1])
    images = brought_together(result.case, images)
    drawn = evidence(result.case, result.findings, images)
    figures = tuple(Figure(file=f"figures/{one.key}.png", about=one.about, facts=one.facts) for one in drawn)
    named = replace(result, figures=figures)
    said(PAGES[0])
    with staged(out) as folder:
        (folder / "figures").mkdir()
        for figure, pixels in zip(figures, pngs(one.picture for one in drawn), strict=True):
            (folder / figure.file).write_bytes(pixels)
        (folder / "measure.json").write_text(to_json(named), encoding="utf-8", newline="\n")
    return named


def publish_plan(result: Planning, case: Case, images: Images, out: Path, *, said: Said = silent) -> None:
    """Write ``plan.json``, and for each resection that has cuts a folder with its planes, meshes and label map.

    Raises
    ------
    OutputError
        If the folder is something else, read-only or full.
    RecordError
        If a mesh does not close.
    """
    from enbloc.exchange.document import to_json
    from enbloc.exchange.output import staged
    from enbloc.exchange.planned import slug
    from enbloc.measure.registration.together import brought_together
    from enbloc.measure.spine.column import column_of

    said(PAGES[0])
    column = column_of(brought_together(case, images))
    with staged(out) as folder:
        (folder / "plan.json").write_text(to_json(result), encoding="utf-8", newline="\n")
        for plan in result.plans:
            if plan.resected is not None:
                said(f"shaping {plan.id}")
                place = folder / slug(plan.id)
                place.mkdir()
                for name, content in _files(plan, plan.resected, column).items():
                    (place / name).write_bytes(content)


def _files(plan: Plan, resected: Resected, column: Column) -> Mapping[str, bytes]:
    """The files of one resection: planes in both frames, closed meshes, label map, and numbers for the wound."""
    from enbloc.exchange.planned import planned_files
    from enbloc.plan.field import with_neighbours
    from enbloc.plan.sheet.numbers import cut_numbers
    from enbloc.plan.solids.planned import planned_solids

    made = planned_solids(
        column,
        with_neighbours(column, plan.levels),
        plan.about,
        (resected.piece(plan.id),),
        involved=plan.levels,
        openings=plan.openings,
    )
    clearances = {cut.name: cut.clearances for cut in resected.cuts}
    return planned_files(made, numbers=cut_numbers(made, column, clearances=clearances))
