"""An operation as files to take along: closed meshes, the cut sheet, and its planes, as the labels and cuts are now."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from hashlib import sha256

from enbloc import __version__
from enbloc.decide.decision import Statement
from enbloc.errors import RecordError
from enbloc.exchange.document import to_json
from enbloc.exchange.planned import planned_files
from enbloc.plan.en_bloc.shown import margin_map_of
from enbloc.plan.proposal import Plan
from enbloc.plan.solids.planned import Solids, planned_solids
from enbloc.present.cut_sheet import Imprint, cut_sheet_pdf, numbers_of
from enbloc.web.working.bench.hand import Lesion
from enbloc.web.working.bench.opened import Opened

STL, SHEET, CUTS = "stl", "cut-sheet.pdf", "cuts.json"
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""A zip tells no time: the same plan gives the same bytes."""


def exported(what: str, plan: Plan, case: Opened, about: Lesion, stops: tuple[Statement, ...]) -> bytes:
    """One of the files of an operation; ``stl`` is a zip of its meshes.

    Raises
    ------
    RecordError
        If the operation has no cuts, or a mesh does not close.
    """
    if plan.resected is None or not plan.cuts:
        raise RecordError(f"{plan.id} has no cuts, so it has no such file.", remedy="Choose one that has.")
    made = _solids(plan, case, about)
    if what == SHEET:
        return _sheet(plan, case, about, made, stops)
    files = planned_files(made)
    if what == CUTS:
        return files[CUTS]
    return _zipped({name: content for name, content in files.items() if name.endswith(".stl")})


def _solids(plan: Plan, case: Opened, about: Lesion) -> Solids:
    """The solids of a plan. Their bone is made for them: one that was cut before may end in other triangles."""
    assert plan.resected is not None, "it has cuts"
    return planned_solids(
        about.field.column,
        about.field.around,
        plan.about,
        (plan.resected.piece(plan.id),),
        involved=plan.levels,
        openings=plan.openings,
        margin=margin_map_of(plan, case.images, about.field.findings),
    )


def _sheet(plan: Plan, case: Opened, about: Lesion, made: Solids, stops: tuple[Statement, ...]) -> bytes:
    column = about.field.column
    mark = sha256(to_json(plan).encode()).hexdigest()
    imprint = Imprint(version=__version__, as_of=case.case.stands_at, fingerprint=mark, stops=stops)
    numbers = numbers_of(plan, made, column)
    return cut_sheet_pdf(plan, case.case, made=made, column=column, numbers=numbers, imprint=imprint)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(name, _MOMENT), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
