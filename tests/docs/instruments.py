"""The page of instruments, rendered from the registry: ``python -m tests.docs.instruments``."""

from __future__ import annotations

from enbloc.stage.instrument import Instrument
from enbloc.stage.registry import INSTRUMENTS
from tests.docs.pages import DOCS

PAGE = DOCS / "reference" / "instruments.md"

HEAD = """# Instruments

Rendered from the registry by `python -m tests.docs.instruments`; a test holds it. `enbloc stage NAME` shows what one
asks, `enbloc stage NAME FILE` computes it. Not every instrument of the field is here yet; SINS, ESCC, WBB, Tomita's
surgical type, compartment, Genant and Meyerding are computed from measurements and stand in a result.

Marks: V read in the source, V2 in a copy of it, U from memory (a draft: shown as such, never the only support of
anything)."""


def rendered() -> str:
    """The page as it should stand."""
    parts = [HEAD]
    for one in sorted(INSTRUMENTS.values(), key=lambda each: each.id):
        parts += ["", *_section(one)]
    return "\n".join(parts) + "\n"


def _section(one: Instrument) -> list[str]:
    scale = "" if one.lowest is None or one.highest is None else f" {one.lowest:g} to {one.highest:g},"
    lines = [
        f"## `{one.id}`",
        "",
        f"{one.name}:{scale} {one.better.value}. For {_cell(one.population)}. {one.checked.value}.",
        "",
    ]
    lines += ["| item | asks | may be |", "| --- | --- | --- |"]
    lines += [f"| `{each.name}` | {_cell(each.ask.words)} | {_cell(each.allowed)} |" for each in one.questions]
    lines += ["", "| result | what it meant when published |", "| --- | --- |"]
    lines += [f"| {_cell(each.word)} | {_cell(each.published)} |" for each in one.categories]
    notes = [*one.warnings, *one.validations, *([one.licence] if "free" not in one.licence else [])]
    lines += ["", *(f"- {_cell(note)}" for note in notes)] if notes else []
    return [*lines, "", "; ".join(_cell(str(each)).replace("https://", "") for each in one.cites)]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(rendered(), encoding="utf-8")
