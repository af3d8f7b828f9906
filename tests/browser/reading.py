"""What a page is for those who do not see it as drawn: for readers of screens, for keys, for a small window."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"

_RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter(found => ["serious", "critical"].includes(found.impact))
  .flatMap(found => found.nodes.map(node => `${found.id}: ${node.target.join(" ")} (${node.failureSummary})`))"""

_CONTROLS = """() => {
  const shown = each => each.checkVisibility({visibilityProperty: true, opacityProperty: false});
  const wanted = "a[href], button, input, select, textarea, summary, iframe, [tabindex]";
  const named = each => (each.innerText || each.ariaLabel || each.type || "").slice(0, 40);
  const told = new Set(), said = [];
  for (const [nth, each] of [...document.querySelectorAll(wanted)].entries()) {
    if (each.disabled || each.tabIndex < 0 || !shown(each) || each.closest("[inert], fieldset:disabled")) continue;
    const group = each.type === "radio" && each.name ? `radio ${each.name}` : "";
    if (group && told.has(group)) continue;
    told.add(group);
    each.dataset.tab = group || `${nth} ${each.localName} ${named(each)}`;
    if (group) document.querySelectorAll(`input[name="${each.name}"]`).forEach(one => one.dataset.tab = group);
    said.push(each.dataset.tab);
  }
  return said;
}"""

_FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const label = at.labels?.[0] ? getComputedStyle(at.labels[0]) : style;
  const isOutlined = one => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) > 0;
  const isSeen = [style, label].some(one => isOutlined(one) || one.boxShadow !== "none");
  const isInside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {name: at.dataset.tab ?? at.outerHTML.slice(0, 80), isSeen, isInside};
}"""

_FROM_THE_TOP = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  window.scrollTo(0, 0);
}"""

_WIDER = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
  [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(each => each.outerHTML.slice(0, 100)).slice(0, 5)"""


@cache
def _axe() -> str:
    return AXE.read_text()


def barriers(page: Page) -> list[str]:
    """What axe-core finds serious or critical; asked past the page's policy for scripts, which stays as it is."""
    page.evaluate(f"() => {{ if (!window.axe) {{ {_axe()} }} }}")
    return list(page.evaluate(_RUN))


def unreached(page: Page) -> list[str]:
    """The controls that Tab does not come to, that show no focus, or that take it out of the window."""
    controls = page.evaluate(_CONTROLS)
    page.evaluate(_FROM_THE_TOP)
    found, faults = set[str](), list[str]()
    for _ in range(4 * len(controls) + 10):  # a field for a day is several stops
        page.keyboard.press("Tab")
        at = page.evaluate(_FOCUSED)
        if at is None:  # past the end
            break
        if at["name"] in found:
            continue
        found.add(at["name"])
        faults += [f"no focus is seen: {at['name']}"] * (not at["isSeen"])
        faults += [f"focus outside the window: {at['name']}"] * (not at["isInside"])
    return faults + [f"not reached: {name}" for name in controls if name not in found]


def wider_than_window(page: Page) -> list[str]:
    """What makes the page as a whole scroll sideways."""
    return list(page.evaluate(_WIDER))
