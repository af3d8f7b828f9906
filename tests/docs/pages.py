"""The pages of the repository, and what stands in them."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent
from typing import Any

from enbloc.case.fact import ENTERABLE, FACTS, Fact, Subject, Unit

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FACTS_PAGE = DOCS / "reference" / "facts.md"

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
_HEADINGS = {Subject.PATIENT: "About the patient", Subject.LESION: "About a lesion", Subject.LEVEL: "About a level"}


def pages() -> list[Path]:
    """Every Markdown page that a reader may open, those of the root first."""
    return [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    """The page without its fenced examples."""
    return _FENCED.sub("", text(page))


def links(page: Path) -> list[str]:
    """Where the page points to, examples left out."""
    return _LINK.findall(prose(page))


def examples(page: Path, language: str) -> list[str]:
    """The fenced examples of the page in one language, with the indentation of their list taken off."""
    fenced = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", text(page), re.MULTILINE | re.DOTALL)
    return [dedent(body) for _, body in fenced]


def calls(page: Path) -> list[tuple[str, str]]:
    """Each call of the command line that the page shows, in a fence or inline: the command and the rest of it.

    A command of the record is two words.
    """
    code = re.findall(r"```\w*\n.*?```|`[^`\n]+`", text(page), re.DOTALL)
    return [
        call
        for part in code
        for call in re.findall(r"(?<![\w/-])(?:\.venv/bin/)?enbloc ((?:record )?[a-z]+)([^\n`#]*)", part)
    ]


def anchors(page: Path) -> set[str]:
    """The headings of a page as link targets."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def rendered_facts() -> str:
    """The page of the vocabulary; ``python -m tests.docs.pages`` writes it."""
    parts = [
        "# Facts",
        "Everything that can be measured, entered or asked, declared once in `src/enbloc/case/fact/`. This page is\n"
        "rendered from it: after a change run `python -m tests.docs.pages`; a test holds the two together.",
        "Ids are stable. A fact that is *only measured* cannot be entered; every other one can, in `findings` of\n"
        "[`case.yaml`](case-folder.md). A number outside the plausible range is refused.",
        *(_section(subject) for subject in Subject),
    ]
    return "\n\n".join(parts) + "\n"


def _section(subject: Subject) -> str:
    rows = [_row(fact) for fact in FACTS.values() if fact.about is subject]
    head = "| id | what it is | value | what to ask for |\n| --- | --- | --- | --- |"
    return f"## {_HEADINGS[subject]}\n\n{head}\n" + "\n".join(rows)


def _row(fact: Fact[Any]) -> str:
    return f"| `{fact.id}` | {fact.words} | {_kind(fact)} | {fact.ask} |"


def _kind(fact: Fact[Any]) -> str:
    if fact.id not in ENTERABLE:
        return "only measured"
    members = getattr(fact.type, "__members__", None)
    if fact.type.__name__ == "Level":
        kind = "a level"
    elif members is not None:
        kind = " · ".join(f"`{member.value}`" for member in members.values())
    else:
        kind = {
            "bool": "`true` · `false`",
            "str": "text",
            "int": "whole number",
            "date": "a day, `2026-11-20`",
            "datetime": "a day and hour, `2026-11-20T14:30`",
            "Sector": "`1 left` to `12 right`",
        }.get(fact.type.__name__, "number")
    several = "several: " if fact.many else ""
    unit = "" if fact.unit in {Unit.NONE, Unit.COUNT} else f", {fact.unit.value}"
    span = "" if fact.low is None or fact.high is None else f", {fact.low:g} to {fact.high:g}"
    return f"{several}{kind}{unit}{span}"


if __name__ == "__main__":
    FACTS_PAGE.write_text(rendered_facts(), encoding="utf-8", newline="\n")
