"""Every command, in the order in which a case goes through them."""

from __future__ import annotations

from collections.abc import Callable

import typer

from enbloc.cli import achieving, deciding, keeping, measuring, planning, record, segmenting, serving, staging, working

LIMITS = "Research use; not a medical device; confirm on the images."

app = typer.Typer(
    name="enbloc",
    help=f"A patient with a spine tumour, from scans and record to a plan a tumour board can trust. {LIMITS}",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _built(name: str, command: Callable[..., None], example: str) -> None:
    app.command(name, epilog=f"Example: enbloc {name} {example}")(command)


_built("new", record.new, "cases/2f41")
_built("import", record.import_, "cases/2f41 study.zip labels.nii.gz --scheme totalsegmentator-v2")
_built("paint", record.paint, "cases/2f41 lesion.yaml --out cases/2f41-painted")
_built("check", record.check, "cases/2f41")
_built("segment", segmenting.segment, "cases/2f41 --with totalsegmentator")
_built("outline", segmenting.outline, "cases/2f41 strokes.yaml")
_built("measure", measuring.measure, "cases/2f41 --out measures/2f41")
_built("stage", staging.stage, "tokuhashi_2005 form.yaml")
_built("decide", deciding.decide, "cases/2f41 --explain STOP-05")
_built("plan", planning.plan, "cases/2f41 --operation vertebrectomy --margin-mm 5")
_built("achieved", achieving.achieved, "cases/2f41 plans/2f41/plan.json --after after")
_built("workup", working.workup, "cases/2f41 --out results/2f41")
_built("demo", working.demo, "metastasis --out demo --keep demo-case")
_built("serve", serving.serve, "data")
_built("schema", working.schema, "case > case.schema.json")
app.add_typer(keeping.keeping, name="record")
