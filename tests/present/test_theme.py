"""Light and dark, narrow screens, keys, and what stands on every printed page."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from enbloc.case.lesion import Lesion, LesionKind
from enbloc.decide.decision import Holds
from enbloc.follow.result import Setting
from enbloc.present import bars
from enbloc.present.composition import report
from enbloc.present.html import page
from enbloc.present.pictures import Pictures
from enbloc.present.rules import rule, versions
from enbloc.present.theme import DARK, LIGHT, running, style
from tests.present import decided, patients

NOTHING = Pictures(of={})


def _page() -> str:
    return page(patients.content(), NOTHING)


def test_the_dark_theme_is_for_screens_only_and_knows_every_colour_of_the_light_one() -> None:
    dark = style().split("@media screen and (prefers-color-scheme:dark)")[1]

    assert LIGHT.keys() == DARK.keys()
    assert all(f"--{name}:{code};" in dark for name, code in DARK.items())
    assert "@media print" not in dark


def test_every_property_that_the_style_uses_is_a_token() -> None:
    used = set(re.findall(r"var\(--(\w+)\)", _page()))

    assert used <= LIGHT.keys()
    assert {"ink", "paper", "stop", "raised"} <= used


class _Figures(HTMLParser):
    """The classes that lie around each drawing."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.around: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "svg" and "svg" not in self.open:
            self.around.append(f"{dict(attrs).get('class') or ''} {' '.join(self.open)}")
        self.open.append("svg" if tag == "svg" else dict(attrs).get("class") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()


def test_small_figures_follow_the_theme_and_scans_do_not() -> None:
    reader = _Figures()
    reader.feed(page(patients.content(), patients.drawn()).split("<body>")[1].split("</body>")[0])

    assert f'.figure [fill="{LIGHT["ink"]}"]{{fill:var(--ink)}}' in style()
    assert len(reader.around) > 20
    assert all(("figure" in around.split()) is not ("plate" in around.split()) for around in reader.around)


def test_a_table_or_wide_figure_can_be_scrolled_by_keys_and_focus_is_seen() -> None:
    shown = _page()
    wide = shown.count("<table") + shown.count('class="months figure"') + shown.count('class="days figure"')

    assert wide == shown.count('class="scroll" role="region"')
    assert wide == shown.count('tabindex="0"')
    assert ":focus-visible { outline: 2px solid" in shown
    assert "overflow-x: auto" in shown


def test_every_printed_page_says_whose_it_is_and_what_it_is_not() -> None:
    said = running(patients.content())
    plain = re.sub(r"\\([0-9a-f]+) ", lambda code: chr(int(code[1], 16)), said)

    assert patients.content().foot in plain
    assert patients.content().banner in plain
    assert "Research use: confirm on the images. Not a medical device." in plain
    assert "counter(page)" in said
    assert running(patients.content()) in _page()


@pytest.mark.parametrize("words", ['"}</style><script>', "\\", "a\nb", "@import url(x)", "שלום"])
def test_nothing_in_a_record_reaches_the_style_as_style(words: str) -> None:
    said = running(replace(patients.content(), title=words, case=words))

    assert "<" not in said
    assert said.count('"') == running(patients.content()).count('"')
    assert said.count("{") == running(patients.content()).count("{")
    assert "@import" not in said


def test_page_and_paper_draw_the_same_bars() -> None:
    from enbloc.present.pdf import _data

    shown = _page()
    given = _data(patients.content(), NOTHING)
    strips = [one["svg"] for card in given["scores"] for of in card["strips"] for one in of]

    assert strips
    assert all(one in shown for one in strips)
    drawn = [one["svg"] for group in given["numbers"] for one in group if one]
    assert drawn
    assert all(one in shown for one in drawn)


def test_each_of_several_questions_keeps_its_line() -> None:
    asked = replace(decided.STOP, holds=Holds.YES, do="Find out: MRI of the whole spine · surgical consultation")

    assert rule(asked).steps == ("Find out: MRI of the whole spine", "surgical consultation")
    base = patients.workup()
    shown = page(
        report(
            replace(base, decision=decided.decided(speaks=(asked,), open_stops=(), options=()), plans=()),
            without=(),
            fingerprint="",
        ),
        NOTHING,
    )
    assert '<span class="step">Find out: MRI of the whole spine</span> <span class="step">· surgical' in shown


def test_of_many_questions_the_first_stand_on_the_board_and_all_in_the_annex() -> None:
    many = replace(decided.STOP, do="Find out: a · b · c · d · e")
    few = replace(decided.STOP, do="Find out: a · b · c · d")

    assert rule(many).steps == ("Find out: a", "b", "c", "and 2 more, in the annex")
    assert rule(many).do == "Find out: a · b · c · d · e"
    assert rule(few).steps == ("Find out: a", "b", "c", "d")


def test_a_version_is_said_once_and_each_mark_with_its_rules() -> None:
    settings = [
        Setting(name="STOP-08", value="pathway 0.2; V2"),
        Setting(name="STOP-03", value="pathway 0.2; U"),
        Setting(name="STOP-05", value="pathway 0.2; V2"),
        Setting(name="OLD-01", value="1"),
    ]

    assert list(versions(settings)) == [
        ("1", "", "OLD-01"),
        ("pathway 0.2", "V2, compared with a copy of the source", "STOP-05 · STOP-08"),
        ("pathway 0.2", "U, draft: not yet source-checked", "STOP-03"),
    ]


def test_the_report_says_what_scores_are_for() -> None:
    assert "supports multidisciplinary discussion" in " ".join(patients.content().use)
    assert "never chooses the resection" not in " ".join(patients.content().use)

    lesion = Lesion(id="A", histology="chordoma", kind=LesionKind.PRIMARY)
    primary = report(
        patients.workup(case=patients.case(lesions=(lesion,)), scores=()), without=(), fingerprint=patients.FINGERPRINT
    )
    assert "SINS may call for a surgical consultation; it never chooses the resection." in primary.use[1]
    assert primary.use[1] in page(primary, NOTHING)


def test_an_option_shows_its_margin_with_the_interval() -> None:
    option = patients.content().options[1]

    assert option.margin.replace("\u202f", " ") == "1.5 mm (0.0–3.0 mm)"
    assert option.margin_class == "marginal or wide"
    assert option.gauge is not None
    assert bars.bar(option.gauge) in _page()
