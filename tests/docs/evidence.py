"""The pages of the evidence, rendered from the rules: ``python -m tests.docs.evidence``.

One page for each step of the pathway, one for the stops, one for what sources disagree on, and the list of them all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from enbloc.decide.decision import Act
from enbloc.decide.families import ACT_RULES, CASE_RULES, MODULES, RULES
from enbloc.decide.review import REVIEW_AFTER
from enbloc.decide.rule import PROJECT, VERSION, Rule
from enbloc.evidence import Checked, Citation, Threshold, bibliography
from tests.docs.pages import DOCS
from tests.docs.steps import DISAGREEMENTS, FURTHER, STEPS, STOPS, Step

FOLDER = DOCS / "evidence"
LIST = "README"

PLANNED: dict[str, str] = {}
"""Families of the pathway that have no rule yet, each with the reason."""

SILENT = tuple(stop for stop in (f"STOP-{number:02d}" for number in range(1, 43)) if stop not in RULES)
"""The stops of the pathway (section C, numbered without a gap) that have no rule."""

_CARRIED_BY = {
    "contradictions_of_state": "data-set",
    "cord_dose": "radiotherapy",
    "fractionation": "radiotherapy",
    "organ_table": "radiotherapy",
    "review": "board",
    "timeline_after": "after-surgery",
    "timeline_deadlines": "red-flags",
    "timeline_drugs": "systemic-drugs",
    "timeline_steroid": "steroid",
    "timeline_treatment": "vessels",
}
"""The page of a module that holds thresholds and no rule."""


# --- what is registered -----------------------------------------------------------------------------------------------
def step_of(family: str) -> Step:
    """The page that a family stands on."""
    return next((step for step in STEPS if family in step.families), FURTHER)


def of_family(family: str) -> tuple[Rule, ...]:
    """The rules of a family in the order of their numbers."""
    return tuple(sorted((rule for rule in RULES.values() if rule.family == family), key=lambda rule: _natural(rule.id)))


@cache
def forms(rule: Rule) -> tuple[Rule, ...]:
    """A rule as it speaks of a case and as it speaks of an act, where degree or mark differ; otherwise itself."""
    return tuple(dict.fromkeys(each for each in (*CASE_RULES, *ACT_RULES) if each.id == rule.id))


def checked(one: Rule | Threshold) -> Checked:
    """The mark that it counts under: a draft if it is one in any form."""
    each = [form.checked for form in forms(one)] if isinstance(one, Rule) else [one.checked]
    return next((mark for mark in each if mark.is_draft), one.checked)


def of_step(step: Step) -> tuple[Rule, ...]:
    return tuple(rule for family in _families(step) for rule in of_family(family))


def _families(step: Step) -> tuple[str, ...]:
    if step is not FURTHER:
        return tuple(step.families)
    return tuple(dict.fromkeys(rule.family for rule in RULES.values() if step_of(rule.family) is FURTHER))


def _natural(id: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", id) if part)


@cache
def module_of(id: str) -> str:
    """The module that a rule lies in."""
    named = {module.__name__: module for module in MODULES}
    written = RULES[id].judge.__module__
    return _short(named[written] if written in named else next(each for each in MODULES if id in _ids(each)))


def _ids(module: ModuleType) -> tuple[str, ...]:
    return tuple(rule.id for name in ("CASE_RULES", "ACT_RULES") for rule in getattr(module, name, ()))


def _short(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def _home(module: ModuleType) -> str:
    """The page of a module's thresholds: that of most of its rules, before the stops and the disagreements."""
    pages = Counter(step_of(RULES[id].family).slug for id in _ids(module))
    own = {slug: count for slug, count in pages.items() if slug not in {STOPS, DISAGREEMENTS}} or pages
    return max(own, key=lambda slug: own[slug]) if own else _CARRIED_BY.get(_short(module), FURTHER.slug)


@cache
def thresholds(slug: str) -> tuple[Threshold, ...]:
    """The thresholds that stand on a page, each once on the first that has it."""
    found: dict[str, tuple[str, Threshold]] = {}
    for module in MODULES:
        for each in getattr(module, "PARAMETERS", ()):
            found.setdefault(each.name, (_home(module), each))
    return tuple(each for home, each in found.values() if home == slug)


def not_encoded() -> dict[str, str]:
    """What modules say that they leave out, and why."""
    said: dict[str, str] = {}
    for module in MODULES:
        said |= getattr(module, "NOT_ENCODED", {})
    return said


# --- pages ------------------------------------------------------------------------------------------------------------
def steps() -> tuple[Step, ...]:
    """Every page that there is something to say on."""
    return tuple(step for step in (*STEPS, FURTHER) if of_step(step) or thresholds(step.slug))


def pages() -> dict[Path, str]:
    """Every page as it should stand."""
    rendered = {step.slug: _page(step) for step in steps()} | {LIST: _list()}
    return {FOLDER / f"{slug}.md": "\n".join(lines) + "\n" for slug, lines in rendered.items()}


HEAD = """# Evidence

Every rule that enbloc holds, with its source and with how far it was compared with it. Rendered from the rules by
`python -m tests.docs.evidence`; a test holds the pages to them. Nothing here is written by hand. The rules are in
`src/enbloc/decide/`, the bibliography in `src/enbloc/references.bib`.

Marks: V read in the source, V2 in a copy of it, U from memory (a **draft**: shown as such, never the only support of an
option), project: a choice of this project ([where a number comes from](../concepts/provenance.md)). Degrees:
[stops, degrees of alarm, drafts](../concepts/stops-and-drafts.md). What the rules answer to:
[requirements](../reference/requirements.md)."""


def _list() -> Iterator[str]:
    yield from (HEAD, "", "| step | families | rules | drafts | thresholds | drafts |")
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    for step in steps():
        counts = (*_counts(of_step(step)), *_counts(thresholds(step.slug)))
        yield f"| [{step.title}]({step.slug}.md) | {', '.join(_families(step))} | {' | '.join(map(str, counts))} |"
    every = tuple(each for step in steps() for each in thresholds(step.slug))
    yield f"| all | | {' | '.join(map(str, (*_counts(RULES.values()), *_counts(every))))} |"
    yield from (
        "",
        f"Version of the rules: {VERSION}. {_review()}",
        "",
        "| mark | rules | thresholds |",
        "| --- | ---: | ---: |",
    )
    for mark in Checked:
        yield f"| {_mark(mark)} | {_of(mark, RULES.values())} | {_of(mark, every)} |"
    yield from ("", "## What is not built", "", "| what | why |", "| --- | --- |", *_left_out())


def _left_out() -> Iterator[str]:
    for what, why in sorted(not_encoded().items()):
        yield f"| {what} | {_cell(why)} |"
    for family in _unbuilt():
        yield f"| {family} | {_cell(PLANNED[family])} |"
    if SILENT:
        yield f"| {', '.join(SILENT)} | No rule judges it yet. |"


def _unbuilt() -> tuple[str, ...]:
    return tuple(family for family in PLANNED if not of_family(family))


def _of(mark: Checked, those: Iterable[Rule | Threshold]) -> int:
    return sum(checked(each) is mark for each in those)


def _counts(those: Iterable[Rule | Threshold]) -> tuple[int, int]:
    """How many, and how many of them are drafts."""
    counted = tuple(those)
    return len(counted), sum(checked(each).is_draft for each in counted)


def counted(those: Iterable[Rule | Threshold], noun: str) -> str:
    """How many in words: ``11 rules, 4 drafts``."""
    number, drafts = _counts(those)
    return f"{_number(number, noun)}, {_number(drafts, 'draft') if drafts else 'no draft'}"


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _page(step: Step) -> Iterator[str]:
    rules, limits = of_step(step), thresholds(step.slug)
    said = counted(rules, "rule") + (f"; {counted(limits, 'threshold')}" if limits else "")
    yield from (f"# {step.title}", "", f"{said}. {_due(rules)}Rendered from the rules: [all pages]({LIST}.md).")
    for family in _families(step):
        yield from _disagreements() if family == "DISAGREE" else _family(step, family)
    yield from _missing(step)
    yield from _limits(limits)
    yield from _sources(rules, limits)


def _due(rules: Iterable[Rule]) -> str:
    """The days by which the rules of a page are to be reviewed, in a sentence."""
    days = sorted({rule.review_by for rule in rules})
    return f"Review by {' and '.join(map(str, days))}. " if days else ""


def _review() -> str:
    """Since when the rules stand, and when they are due for review."""
    since = " and ".join(sorted({str(rule.valid_from) for rule in RULES.values()}))
    interval = f"{REVIEW_AFTER.number:g} {REVIEW_AFTER.unit}"
    return (
        f"Valid from {since}. {_due(RULES.values())}The interval of {interval} is a project value; after that day a "
        "rule still speaks, and a decision counts it as overdue."
    )


def _family(step: Step, family: str) -> Iterator[str]:
    if not (rules := of_family(family)):
        return
    held = ", ".join(dict.fromkeys(f"`{module_of(rule.id)}.py`" for rule in rules))
    words = step.families.get(family, "")
    yield from ("", f"## {family}", "", f"{_capital(words)}{': ' if words else ''}{counted(rules, 'rule')}, in {held}.")
    yield from ("", "| id | statement | degree, about | strength | mark | for and against | disagree | sources |")
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    yield from (_row(rule) for rule in rules)


def _row(rule: Rule) -> str:
    cells = (
        rule.id,
        _cell(rule.statement),
        "; ".join(f"{each.degree.value}, {_about(each)}" for each in forms(rule)),
        _cell(rule.strength),
        " or ".join(dict.fromkeys(_mark(each.checked) for each in forms(rule))),
        _sides(rule),
        ", ".join(map(_disagreement, rule.disagrees)),
        ", ".join(f"`{each.key}`" for each in rule.cites),
    )
    return f"| {' | '.join(cells)} |"


def _about(rule: Rule) -> str:
    """Whether it speaks about a case, about an act, or about both."""
    on_case, on_act = rule in CASE_RULES, rule in ACT_RULES
    return "case and act" if on_case and on_act else "act" if on_act else "case"


def _sides(rule: Rule) -> str:
    return "; ".join(filter(None, (_acts("for", rule.favours), _acts("against", rule.against))))


def _acts(side: str, acts: tuple[Act, ...]) -> str:
    return f"{side} {' · '.join(act.value for act in acts)}" if acts else ""


def _disagreement(id: str) -> str:
    return f"[{id}]({DISAGREEMENTS}.md#{id.lower()})" if id in RULES else id


def _disagreements() -> Iterator[str]:
    """Each question with both positions, and every rule that carries it."""
    for rule in of_family("DISAGREE"):
        yield from ("", f"## {rule.id}", "", _cell(rule.statement), "")
        said = (f"{_capital(rule.degree.value)}, {_about(rule)}", _cell(rule.strength), _mark(rule.checked))
        yield f"{' · '.join(said)}. Sources:"
        yield from ("", *(_source(each) for each in rule.cites))
        if carrying := [each for each in RULES.values() if rule.id in each.disagrees]:
            yield from (
                "",
                "| rule that carries it | statement | for and against | mark |",
                "| --- | --- | --- | --- |",
            )
            for each in sorted(carrying, key=lambda each: _natural(each.id)):
                named = f"[{each.id}]({step_of(each.family).slug}.md#{anchor(each)})"
                yield f"| {named} | {_cell(each.statement)} | {_sides(each)} | {_mark(each.checked)} |"


def anchor(rule: Rule) -> str:
    """The heading under which a rule stands."""
    return (rule.id if rule.family == "DISAGREE" else rule.family).lower()


def _missing(step: Step) -> Iterator[str]:
    """What of this step is left out, and why."""
    said = [f"- {id}: {_cell(why)}" for id, why in not_encoded().items() if _place(id) == step.slug]
    said += [f"- {family}: {_cell(PLANNED[family])}" for family in _families(step) if family in _unbuilt()]
    if step.slug == STOPS and SILENT:
        said.append(f"- {', '.join(SILENT)}: no rule judges it yet.")
    yield from ("", "## Not built", "", *said) if said else ()


def _place(id: str) -> str:
    """The page of what is left out: that of its family, or of the module that says so."""
    step = step_of(id.rpartition("-")[0])
    if step is not FURTHER:
        return step.slug
    return next(_home(module) for module in MODULES if id in getattr(module, "NOT_ENCODED", {}))


def _limits(limits: tuple[Threshold, ...]) -> Iterator[str]:
    if limits:
        yield from ("", "## Thresholds", "", "| threshold | comparator | number | unit | source | mark | since |")
        yield "| --- | --- | ---: | --- | --- | --- | --- |"
    for each in limits:
        source = f"`{each.source}`" if each.source in bibliography() else _cell(each.source)
        limit = (f"`{each.comparator}`", f"{each.number:.10g}", each.unit)
        shown = (_cell(each.name), *limit, source, _mark(each.checked), each.since)
        yield f"| {' | '.join(shown)} |"


def _sources(rules: Iterable[Rule], limits: Iterable[Threshold]) -> Iterator[str]:
    used = {each.key: each for rule in rules for each in rule.cites}
    used |= {each.source: bibliography()[each.source] for each in limits if each.source in bibliography()}
    in_order = sorted(used, key=lambda key: (key == PROJECT.key, key))
    yield from ("", "## Sources", "", *(_source(used[key]) for key in in_order))


def _source(cited: Citation) -> str:
    doi = f" doi:{cited.doi}" if cited.doi else ""
    said = re.sub(r"\w+://", "", f"{cited}{doi}")
    return f"- `{cited.key}`: {_cell(said)}"


def _mark(checked: Checked) -> str:
    return f"{checked.value}, **draft**" if checked.is_draft else checked.value


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _written() -> None:
    FOLDER.mkdir(exist_ok=True)
    wanted = pages()
    for stale in set(FOLDER.glob("*.md")) - wanted.keys():
        stale.unlink()
    for page, text in wanted.items():
        page.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    _written()
