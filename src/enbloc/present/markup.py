"""The smallest pieces of the page: every word of a record passes through here and is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from enbloc.decide.decision import Degree
from enbloc.present.counsel import Rule
from enbloc.present.drawing import shape, tag


def element(name: str, *inside: str, **attributes: str) -> str:
    """An element around ready-made markup; ``class_`` stands for ``class``."""
    given = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(said)}"' for key, said in attributes.items())
    return f"<{name}{given}>{''.join(inside)}</{name}>"


def said(words: str, name: str = "span", **attributes: str) -> str:
    """Plain words in an element."""
    return element(name, escape(words), **attributes)


def listed(items: Iterable[str], **attributes: str) -> str:
    """Plain words as a list; nothing where there are none."""
    rows = "".join(said(item, "li", dir="auto") for item in items)
    return element("ul", rows, **attributes) if rows else ""


def sign(degree: Degree, word: str = "") -> str:
    """The drawn shape and the word of a degree of alarm, or another ``word`` where no rule speaks."""
    drawn = tag("svg", shape(degree, 0, 0, 16), viewBox="0 0 16 16", aria_hidden="true", class_="shape figure")
    return element("span", drawn, said(word or degree.value.upper()), class_=f"sign {degree.value}")


def steps(rule: Rule) -> str:
    """What to do; each of several questions stays on a line where it fits."""
    first, *more = rule.steps
    kept = [said(first, class_="step"), *(said(f"· {one}", class_="step") for one in more)]
    return " ".join(kept)


def table(caption: str, heads: Iterable[str], rows: Iterable[Iterable[str]], **attributes: str) -> str:
    """A table of ready-made cells; the first cell of each row heads it. A narrow screen scrolls it, by keys as well."""
    head = element("tr", *(said(words, "th", scope="col") for words in heads))
    body = "".join(_table_row(tuple(cells)) for cells in rows)
    made = element("table", said(caption, "caption"), element("thead", head), element("tbody", body), **attributes)
    return element("div", made, class_="scroll", role="region", aria_label=caption, tabindex="0")


def _table_row(cells: tuple[str, ...]) -> str:
    first = element("th", cells[0], scope="row")
    return element("tr", first, *(element("td", cell) for cell in cells[1:]))


def draft(is_draft: bool) -> str:
    """The word that stands on everything not yet source-checked."""
    return said("draft", class_="draft-word") if is_draft else ""


def anchor(rule: Rule) -> str:
    """The place in the annex where a rule stands whole."""
    return anchor_of(rule.id, rule.about)


def anchor_of(id: str, about: str) -> str:
    """The same for the id of a rule and whom it is about, in words."""
    kept = (sign if sign.isalnum() else "-" for sign in f"{id}-{about}")
    return escape("".join(kept))
