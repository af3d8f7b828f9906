"""The annex of the page: every finding, rule and input, and everything that was not used."""

from __future__ import annotations

from enbloc.present import bars
from enbloc.present.bars import KEY
from enbloc.present.choosing import changes_table, days_table
from enbloc.present.content import Report, Row
from enbloc.present.counsel import Rule
from enbloc.present.markup import anchor, draft, element, listed, said, sign, table
from enbloc.present.pictures import Pictures
from enbloc.present.prospects import silent_table, survival_table
from enbloc.present.sections import left_over
from enbloc.present.sheets import plate


def annex(content: Report, shown: Pictures) -> str:
    """Everything behind the first pages."""
    parts = (
        _record(content),
        _plates(content, shown),
        _scores(content),
        _findings(content),
        _gaps(content),
        _more(content),
        _rules(content),
        _provenance(content),
        _unused(content),
    )
    return element("section", said("Annex", "h2", class_="annex-head"), *parts, class_="annex")


def _record(content: Report) -> str:
    story = said(content.story, "p", dir="auto") if content.story else ""
    return said("Record", "h3") + story + listed(content.history)


def _plates(content: Report, shown: Pictures) -> str:
    plates = [plate(one) for one in left_over(content, shown)]
    return said("More pictures", "h3") + element("div", *plates, class_="plates three") if plates else ""


def _scores(content: Report) -> str:
    heads = ("item", "reading", "points", "known by", "note", "what to ask for")
    tables = [
        table(
            f"{card.name}, {card.at}",
            heads,
            [
                tuple(
                    said(each)
                    for each in (one.name, one.reading, " or ".join(one.points), one.state, one.note, one.ask)
                )
                for one in card.marks
            ],
            class_="findings",
        )
        for card in (*content.scores, *content.classes)
    ]
    survival = "".join(survival_table(one) + silent_table(one) for one in content.survival)
    heads_of = said("Survival scores, figure by figure", "h3") if survival else ""
    return (said("Scores, item by item", "h3") + "".join(tables) if tables else "") + heads_of + survival


def _findings(content: Report) -> str:
    heads = (
        "finding",
        "value",
        "interval",
        "drawn",
        "known by",
        "source",
        "place in mm from the image origin",
        "notes",
    )
    note = f"What a person stated and what the record says, beside the measurements. {KEY}"
    if not content.findings:
        return ""
    tables = [
        table(f"Findings: {subject.about}", heads, map(_finding, subject.rows), class_="findings")
        for subject in content.findings
    ]
    return said("Findings", "h3") + said(note, "p", class_="quiet") + "".join(tables)


def _finding(row: Row) -> tuple[str, ...]:
    value = said(row.value, class_=f"value {row.kind}", dir="auto")
    if row.overruled:
        why = f"overruled because {row.because}" if row.because else "overruled"
        value += element("p", said(row.overruled, "s"), said(f" {why}", class_="quiet", dir="auto"))
    rest = (row.kind, row.source, row.at, row.notes)
    drawn = element("div", bars.bar(row.gauge), class_="bar figure") if row.gauge else ""
    name = said(row.words, id=f"finding-{row.place}")
    return (name, value, said(row.interval), drawn, *(said(each, dir="auto") for each in rest))


def _gaps(content: Report) -> str:
    if not content.gaps:
        return ""
    rows = [(said(gap.what, dir="auto"), said(gap.ask)) for gap in content.gaps]
    return said("Not measured", "h3") + table("What could not be measured", ("what and why", "what to ask for"), rows)


def _more(content: Report) -> str:
    """What the board's part shows the first of, whole: inputs that would change it, days, what is not known."""
    told = content.counsel
    days = (*told.days.rows, *told.days.past)
    asked = said("Not known, everything that was asked for", "h3") + listed(told.missing, class_="unknown columns")
    return "".join(
        (
            said("What would change it", "h3") + changes_table(told.changes, "Every input") if told.changes else "",
            said("Days", "h3") + days_table(days) if days else "",
            asked if told.missing else "",
        )
    )


def _rules(content: Report) -> str:
    told = content.counsel
    head = said(f"Rules that spoke ({told.draft_share} of them not yet source-checked)", "h3")
    pending = f" Not judged yet, by family: {told.pending}." if told.pending else ""
    counts = said(f"{told.judged}.{pending}", "p")
    return head + counts + "".join(_rule(rule) for rule in told.rules)


def _rule(rule: Rule) -> str:
    title = element("h4", sign(rule.degree), said(f" {rule.id} "), draft(rule.is_draft))
    lines = (
        ("in this case", f"{rule.because} ({rule.status}; {rule.about})"),
        ("do", rule.do),
        ("read", rule.read),
        ("strength", rule.strength),
        ("checked", rule.checked),
        ("source", " ".join(rule.cites)),
    )
    facts = "".join(said(name, "dt") + said(what, "dd", dir="auto") for name, what in lines if what)
    look = "rule-whole draft" if rule.is_draft else "rule-whole"
    return element(
        "article", title, said(rule.statement, "p"), element("dl", facts), class_=look, id=f"rule-{anchor(rule)}"
    )


def _provenance(content: Report) -> str:
    inputs = [(said(name, dir="auto"), said(sha256, class_="hash")) for name, sha256 in content.inputs]
    settings = [(said(name), said(value)) for name, value in content.settings]
    rules = [tuple(said(each) for each in one) for one in content.rule_versions]
    scores = [
        (said(card.name), said(f"{card.version}; {' '.join(card.cites)}"))
        for card in (*content.scores, *content.classes)
    ]
    return "".join(
        (
            said("Provenance", "h3"),
            table("Inputs", ("file", "sha256"), inputs) if inputs else said("No input is recorded.", "p"),
            table("Parameters", ("name", "value"), settings) if settings else "",
            table("Rules, and how far each was checked", ("version", "mark", "rules"), rules) if rules else "",
            table("Instruments", ("instrument", "version and source"), scores) if scores else "",
        )
    )


def _unused(content: Report) -> str:
    rows = [(said(what, dir="auto"), said(why, dir="auto")) for what, why in content.unused]
    unused = table("Given and not used", ("what", "why"), rows) if rows else said("Everything given was used.", "p")
    done = said("Done to the images on reading", "h3") + listed(content.said) if content.said else ""
    return done + said("Not used", "h3") + unused
