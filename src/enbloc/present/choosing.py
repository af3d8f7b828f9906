"""The second part of the page: the options, the frameworks, what would change them, the days, the summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from enbloc.decide.decision import Degree
from enbloc.present import bars
from enbloc.present.content import OptionRow, Report
from enbloc.present.counsel import ChangeRow, DayRow, Effect, Framework, Minute, Minutes, Rule
from enbloc.present.daylines import KEY, days_chart, drawable
from enbloc.present.decisions import CHANGES, CONSENT, MISSING, joined, linked, override_lines, overrides, stops
from enbloc.present.markup import draft, element, listed, said, sign, table


def options(content: Report) -> str:
    """The options in their order, short; each leads to its details."""
    rows = [_option(one) for one in content.options]
    if not rows:
        return element("section", said("Options", "h2"), said("No option could be named.", "p"))
    heads = ("option, and why it stands there", "for", "against", "stops")
    silent = content.counsel.unsupported
    none = element("p", said("No rule speaks for: ", "strong"), said("; ".join(silent), dir="auto")) if silent else ""
    made = table("Options in order of support", heads, rows, class_="options")
    return element("section", said("Options", "h2"), made, none)


def _option(row: OptionRow) -> tuple[str, ...]:
    one = row.choice
    look = "leads-word" if one.is_leading else ""
    name = said(f"{row.number}  {one.words}", "a", href=f"#option-{row.number}", class_=look, dir="auto")
    stands = said("REJECTED" if one.standing == "rejected" else one.standing, "strong")
    why = element("p", stands, said(f": {one.because}.", dir="auto"))
    ready = said(row.readiness, class_="pill") if row.readiness else ""
    first = name + draft(one.is_draft) + " " + ready + why + _margin(row) + override_lines(one.overridden)
    cells = (first, voices(one.supports), voices(one.against))
    return (*cells, stops(one))


def _margin(row: OptionRow) -> str:
    if not row.margin:
        return ""
    drawn = element("div", bars.bar(row.gauge), class_="bar figure") if row.gauge else ""
    loud = sign(row.degree, row.margin) if row.degree else said(row.margin, "strong")
    return element("p", said("margin "), loud, said(f" {row.margin_class}")) + drawn


def voices(rules: Iterable[Rule]) -> str:
    """Rules for or against: id and mark; those that only may speak stand apart."""
    given = tuple(rules)
    sure, open_ = [one for one in given if not one.is_open], [one for one in given if one.is_open]
    rows = [_voice(one) for one in sure]
    rows += [said("if it turns out so:", "li", class_="quiet")] if open_ else []
    rows += [_voice(one) for one in open_]
    return element("ul", *rows, class_="brief") if rows else "–"


def _voice(one: Rule) -> str:
    look = "draft" if one.is_draft else "rule"
    return element("li", linked(one), said(f" {one.mark}"), draft(one.is_draft), class_=look)


# --- frameworks and disagreements -------------------------------------------------------------------------------------
def frameworks(content: Report) -> str:
    """NOMS beside LMNOP, and beside them where sources disagree."""
    told = content.counsel
    left = "".join(_framework(one) for one in told.frameworks)
    rows = "".join(_disagreement(one) for one in told.disagreements)
    right = element("div", said("Sources disagree: both positions", "h2"), rows) if rows else ""
    if not left and not right:
        return ""
    return element("section", element("div", left) if left else "", right, class_="pair" if left and right else "")


def _framework(one: Framework) -> str:
    rows = [_field(*field) for field in one.fields]
    rows.append(tuple(said(words, "strong") for words in ("surgery first", *one.surgery_first)))
    asks = said(f" Ask: {' · '.join(one.ask)}.", dir="auto") if one.ask else ""
    return "".join(
        (
            said("NOMS and LMNOP side by side", "h2"),
            table(f"Fields as each reads them, lesion {one.about}", ("field", "NOMS", "LMNOP"), rows, class_="further"),
            element("p", said(one.driving, "strong"), asks),
            said(one.rows, "p", class_="quiet", dir="auto"),
            said(one.location, "p", class_="quiet", dir="auto"),
        )
    )


def _field(name: str, noms: str, lmnop: str, differs: bool) -> tuple[str, ...]:
    torn = f" {sign(Degree.CAUTION, 'differ')}" if differs else ""
    return (said(name) + torn, said(noms), said(lmnop))


def _disagreement(one: Rule) -> str:
    head = element("p", sign(Degree.CAUTION, ""), " ", linked(one), draft(one.is_draft), " ", said(one.statement))
    here = element("p", said(f"{one.do} ", "strong"), said(one.because, class_="quiet", dir="auto"))
    return head + here


# --- what would change it ---------------------------------------------------------------------------------------------
def changes(content: Report) -> str:
    """The inputs that would change the picture, the most telling first, and the nearest single change."""
    told = content.counsel
    more = len(told.changes) - CHANGES
    nearest = [f"Nearest single change, {one.about}: {one.words}" for one in told.nearest]
    none = said("No single answer is known to change the picture.", "p")
    return element(
        "section",
        said("What would change it", "h2"),
        changes_table(told.changes[:CHANGES], "The most telling input first") if told.changes else none,
        said(f"{more} more inputs, in the annex.", "p", class_="quiet") if more > 0 else "",
        *(said(one, "p", dir="auto") for one in nearest),
    )


def changes_table(those: Sequence[ChangeRow], caption: str) -> str:
    """Inputs, their answers, and what each would do."""
    rows = []
    for one in those:
        why = "" if one.why == "not known" else said(f" {one.why}", class_="quiet", dir="auto")
        for nth, each in enumerate(one.effects):
            name = said(one.ask, dir="auto") + why if nth == 0 else said("or", class_="quiet")
            rows.append((name, said(each.answers, dir="auto"), _effect(each)))
    return table(caption, ("what is not certain", "if it is", "then"), rows, class_="changes")


def _effect(one: Effect) -> str:
    parts = [said(f"→ {one.leading}", class_="leads-word", dir="auto")] if one.leading else []
    parts += [said(f"branch {one.branch}", "strong", dir="auto")] if one.branch else []
    parts += [said(one.scores, dir="auto")] if one.scores else []
    parts += [sign(Degree.STOP, "holds") + " " + said(one.holds)] if one.holds else []
    parts += [said(f"no longer excluded: {one.opens}")] if one.opens else []
    parts += [said(f"closes {one.closes}")] if one.closes else []
    return " ".join(parts) or said(f"rules that change: {one.rules}")


# --- days -------------------------------------------------------------------------------------------------------------
def days(content: Report) -> str:
    """The days on an axis, and what has no day."""
    told = content.counsel.days
    near = drawable(told.rows)
    if not near and not told.undated:
        return ""
    label = {"role": "region", "aria_label": "Days of the case", "tabindex": "0"}
    drawn = element("div", days_chart(near), class_="days figure")
    chart = element("div", drawn, class_="scroll", **label) + said(KEY, "p", class_="quiet")
    rest = len(told.rows) - len(near) + len(told.past)
    more = said(f"{rest} more entries, later or long past, in the annex.", "p", class_="quiet") if rest else ""
    waiting = listed((f"{one.ask}: {'; '.join(one.entries)}" for one in told.undated), class_="unknown")
    return element(
        "section",
        said(f"Days, counted from {content.as_of}", "h2"),
        chart if near else said("No entry has a day.", "p"),
        more,
        said("No day without", "h3") + waiting if waiting else "",
    )


def days_table(rows: Sequence[DayRow]) -> str:
    """Every entry that has a day."""
    heads = ("what", "day", "from the day of the case", "counted from", "rule")
    return table("Days, every entry", heads, [_day(one) for one in rows], class_="findings")


def _day(one: DayRow) -> tuple[str, ...]:
    held = ", if the rule holds" if one.is_open else ""
    asks = said(f"ask: {one.note}", "p", class_="quiet", dir="auto") if one.note else ""
    name = said(f"{one.words}: {one.what}{held}", dir="auto") + asks
    rule = said(f"{one.rule} {one.mark}") + draft(one.is_draft)
    return (name, said(one.when), said(one.left), said(one.counted, dir="auto"), rule)


# --- the summary for the board ----------------------------------------------------------------------------------------
def summaries(content: Report) -> Iterator[str]:
    """The summary of each lesion; what nobody recorded is a blank."""
    yield from (_minutes(one) for one in content.counsel.minutes)


def _minutes(one: Minutes) -> str:
    facts = "".join(said(line.label, "dt") + element("dd", _minute(line)) for line in one.lines)
    head = said(f"Summary for the board (MDT-04), {one.about}", "h2")
    return element("section", head, element("dl", facts), class_="minutes")


def _minute(one: Minute) -> str:
    shown = "".join(said(line, "p", dir="auto") for line in one.lines[:CONSENT])
    more = len(one.lines) - CONSENT
    shown += said(f"and {more} more, under the options", "p", class_="quiet") if more > 0 else ""
    blank = said(f"to be filled in: {one.ask}", "p", class_="blank") if one.ask or not one.lines else ""
    return shown + blank


def unknown(content: Report) -> str:
    """What to ask for first."""
    missing = content.counsel.missing
    more = len(missing) - MISSING
    none = "" if missing else said("Nothing that a score or rule asked for is missing.", "p")
    rest = said(f"and {more} more, in the annex.", "p") if more > 0 else ""
    head = said("Not known", "h2")
    return element("section", head, listed(missing[:MISSING], class_="unknown columns"), none, rest, class_="not-known")


# --- each option with everything that is said of it -------------------------------------------------------------------
def details(content: Report) -> str:
    """Every option whole: for and against with sources, stops, risks, and what to know of it part by part."""
    if not content.options:
        return ""
    each = "".join(_detail(one) for one in content.options)
    return element("section", said("Options, one by one", "h2"), each, class_="details")


def _detail(row: OptionRow) -> str:
    one = row.choice
    head = element("h3", said(f"{row.number}  {one.words} ", dir="auto"), draft(one.is_draft))
    stands = said(f"{one.standing}: {one.because}", "p", dir="auto")
    parts = (
        ("For", "".join(_whole(each) for each in one.supports) or said("No rule speaks for it.", "p")),
        ("Against", "".join(_whole(each) for each in one.against) or said("No rule speaks against it.", "p")),
        ("Stops that hold", _lines(one.held)),
        ("Stops that cannot be excluded", element("p", joined(one.open)) if one.open else ""),
        ("Risks to accept in an emergency, no delay", _lines(one.risks)),
        ("Expected figures", listed(one.expected)),
        *((part.name.capitalize(), _lines(part.rules)) for part in one.parts),
        ("As said of an option before", said(one.as_before, "p") if one.as_before else ""),
        ("Not judged yet", said(one.pending, "p") if one.pending else ""),
    )
    blocks = [element("div", said(name, "h4"), made) for name, made in parts if made]
    columns = element("div", *blocks, class_="columns")
    look = "option-whole leader" if one.is_leading else "option-whole"
    return element("article", head, stands, overrides(one.overridden), columns, class_=look, id=f"option-{row.number}")


def _whole(one: Rule) -> str:
    open_ = said("if it turns out so. ", "strong") if one.is_open else ""
    words = said(f" {one.mark}, {one.strength}: ") + open_ + said(f"{one.do} ", dir="auto")
    source = said(f"{'' if one.is_open else one.because} {one.sources}", class_="quiet", dir="auto")
    return element("p", linked(one), draft(one.is_draft), words, source)


def _lines(rules: Iterable[Rule]) -> str:
    return "".join(_line(one) for one in rules)


def _line(one: Rule) -> str:
    loud = sign(one.degree) if one.degree in (Degree.URGENT, Degree.CAUTION) else ""
    return element("p", linked(one), said(f" {one.mark} "), draft(one.is_draft), loud, said(f" {one.do}", dir="auto"))
