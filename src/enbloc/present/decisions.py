"""The first part of the page: what must be resolved, what leads and why, what else there is, what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from enbloc.decide.decision import Degree
from enbloc.present import words
from enbloc.present.content import Report
from enbloc.present.counsel import Choice, ContradictionRow, Counsel, Held, OpenStop, OverrideRow, Rule
from enbloc.present.markup import anchor, anchor_of, draft, element, said, sign, steps, table

POSSIBLE, REJECTED = 3, 2
CHANGES, MISSING, CONSENT = 12, 24, 4
"""How many of each the board's pages hold; the rest follows further down, and says so."""


def otherwise(choices: Iterable[Choice]) -> tuple[tuple[Choice, ...], int]:
    """What is shown beside the leading options, at least one that was rejected among it, and how many more."""
    rest = [one for one in choices if not one.is_leading]
    possible = [one for one in rest if one.standing != "rejected"][:POSSIBLE]
    # What a rule names says more to a board than what none does.
    barred = sorted(
        (one for one in rest if one.standing == "rejected"), key=lambda one: not (one.supports or one.against)
    )
    rejected = barred[:REJECTED]
    return (*possible, *rejected), len(rest) - len(possible) - len(rejected)


def resolve(content: Report) -> str:
    """What must be resolved: contradictions, overrides, stops that hold, and what a clock runs for."""
    told = content.counsel
    head = element("h2", said("What must be resolved "), said(content.readiness, class_="pill"))
    rows = "".join(_held(one) for one in (*told.held, *told.urgent))
    quiet = said(content.headlines[-1], "p", class_="readiness") + said("No stop holds and no clock runs.", "p")
    waiting = element("p", sign(Degree.URGENT, "may be urgent once known: "), said(told.waiting, dir="auto"))
    return element(
        "section",
        head,
        contradictions(told.contradictions),
        overrides(told.overrides),
        rows or quiet,
        waiting if told.waiting else "",
        class_="alarms",
    )


def _held(one: Held) -> str:
    rule = one.rule
    clock = said(f" {one.clock}.", class_="clock", dir="auto") if one.clock else ""
    head = element("p", *_head(rule), clock)
    of = f"Only: {one.of}. " if one.of else ""
    why = said(f"{of}{rule.because} ({rule.about})", "p", class_="quiet", dir="auto")
    return element("div", head, why, class_=_look(rule))


def alarm(rule: Rule) -> str:
    """A rule in a box: what to do, and why."""
    why = said(f"{rule.because} ({rule.status}; {rule.about})", "p", class_="quiet", dir="auto")
    return element("div", element("p", *_head(rule)), why, class_=_look(rule))


def _look(rule: Rule) -> str:
    return f"alarm {'draft ' if rule.is_draft else ''}{rule.degree.value}"


def _head(rule: Rule) -> tuple[str, ...]:
    do = element("strong", steps(rule), dir="auto")
    return (sign(rule.degree), " ", linked(rule), " ", do, " ", draft(rule.is_draft))


def linked(rule: Rule) -> str:
    """The id of a rule, leading to the place where it stands whole."""
    return said(rule.id, "a", href=f"#rule-{anchor(rule)}", class_="rule-id")


def overrides(those: Sequence[OverrideRow]) -> str:
    """Each override: the stop stays, with who goes on, when and why."""
    return "".join(_override(one) for one in those)


def _override(one: OverrideRow) -> str:
    head = element("p", sign(Degree.STOP, "OVERRIDDEN"), " ", said(f"{one.words} ({one.where})", "strong", dir="auto"))
    asks = said(f"It asks all the same: {one.do}", "p", class_="quiet", dir="auto")
    return element("div", head, asks, class_="alarm overridden")


def override_lines(those: Sequence[OverrideRow]) -> str:
    """The same where room is short: who, when and why."""
    return "".join(_override_line(one) for one in those)


def _override_line(one: OverrideRow) -> str:
    who = said(f"{one.stop} by {one.by}, {one.on}: {one.because}", dir="auto")
    return element("p", sign(Degree.STOP, "overridden"), " ", who)


def contradictions(those: Sequence[ContradictionRow]) -> str:
    """Each contradiction with both sides."""
    return "".join(_contradiction(one) for one in those)


def _contradiction(one: ContradictionRow) -> str:
    words = f"{one.words} {' – against – '.join(one.sides)}"
    head = element("p", sign(Degree.CAUTION, "CONTRADICTION"), " ", said(words, "strong", dir="auto"))
    asks = said(f"Ask: {' · '.join(one.ask)}", "p", class_="quiet", dir="auto") if one.ask else ""
    return element("div", head, asks, class_="alarm caution")


# --- what leads, and what else ----------------------------------------------------------------------------------------
def leads(content: Report) -> str:
    """The leading options with why, and beside them the others with their reasons."""
    told = content.counsel
    leading = "".join(_leader(one) for one in told.choices if one.is_leading)
    none = "No option leads." if told.choices else "No option could be named."
    nearest = "".join(said(f"Nearest change, {one.about}: {one.words}", "p", dir="auto") for one in told.nearest)
    left = element("div", leading or said(none, "p", class_="lead"), nearest)
    return element("section", left, _others(told), class_="pair leads")


def _leader(one: Choice) -> str:
    head = element("h2", said("LEADS ", class_="leads-word"), said(one.words, dir="auto"), draft(one.is_draft))
    voices = [
        element("p", linked(each), said(f" {each.mark} {each.do} "), said(each.strength, class_="quiet"), dir="auto")
        for each in one.supports
        if not each.is_open
    ]
    because = said(f"{one.because}.", "p", dir="auto")
    return element("article", head, because, *voices, stops(one), override_lines(one.overridden), class_="leader")


def stops(one: Choice) -> str:
    """The stops of an option: which hold, how many cannot be excluded, which are risks to accept."""
    parts = []
    if one.held:
        parts.append(element("p", sign(Degree.STOP, "holds"), " ", joined(one.held)))
    if one.open:
        parts.append(said(f"{words.counted(len(one.open), 'stop')} cannot be excluded yet.", "p"))
    if not parts:
        parts.append(said("No stop.", "p"))
    if one.risks:
        parts.append(element("p", said("Risks to accept, no delay: "), joined(one.risks)))
    return "".join(parts)


def joined(rules: Iterable[Rule]) -> str:
    """Ids of rules in a row, each leading to its place."""
    return " · ".join(linked(one) + draft(one.is_draft) for one in rules)


def _others(told: Counsel) -> str:
    shown, more = otherwise(told.choices)
    rows = [_other(one) for one in shown]
    rows += [element("p", said("Not taken: ", "strong"), said(one, dir="auto")) for one in told.not_taken]
    rows += [said(f"and {more} more, below", "p")] if more else []
    return element("div", said("Otherwise", "h2") if rows else "", *rows, class_="others")


def _other(one: Choice) -> str:
    stands = said("REJECTED", "strong") if one.standing == "rejected" else said(one.standing)
    name = said(one.words, "strong", dir="auto")
    return element("p", name, draft(one.is_draft), " ", stands, said(f": {one.short}", dir="auto"))


# --- what cannot be excluded ------------------------------------------------------------------------------------------
def open_stops(content: Report) -> str:
    """The stops that cannot be excluded, by what to ask for."""
    told = content.counsel
    if not told.open:
        return ""
    count = len({stop.id for topic in told.open for stop in topic.stops})
    others = f"On options that are rejected or unsupported also: {told.aside}."
    aside = said(others, "p", class_="quiet") if told.aside else ""
    rows = [(said(topic.topic), "; ".join(_open(stop) for stop in topic.stops)) for topic in told.open]
    head = said("Cannot be excluded yet", "h2")
    caption = f"{words.counted(count, 'stop')} not to be excluded, by what to ask for"
    made = table(caption, ("about", "stop, and what to ask"), rows, class_="open-stops")
    return element("section", head, made, aside)


def _open(one: OpenStop) -> str:
    name = said(one.id, "a", href=f"#rule-{anchor_of(one.id, one.about)}", class_="rule-id")
    of = said(f" ({one.of})", class_="quiet") if one.of else ""
    return name + draft(one.is_draft) + of + " " + said(" · ".join(one.questions), dir="auto")


def cautions(content: Report) -> Iterator[str]:
    """Cautions in a list; disagreements of sources stand elsewhere."""
    if content.counsel.cautions:
        rows = "".join(_caution(one) for one in content.counsel.cautions)
        yield element("section", said("Cautions", "h2"), element("div", rows, class_="columns"))


def _caution(one: Rule) -> str:
    mark = sign(Degree.CAUTION, "")
    do = said(one.do, "strong", dir="auto")
    why = said(f" {one.because}", class_="quiet", dir="auto")
    return element("p", mark, " ", linked(one), draft(one.is_draft), " ", do, why)
