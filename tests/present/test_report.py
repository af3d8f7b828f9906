"""The report says what must be said, on the page and on paper, and what a record holds stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pypdfium2
import pytest

from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.case.image import Images
from enbloc.case.lesion import Lesion, LesionKind
from enbloc.case.origin import Origin
from enbloc.present.html import report_html
from enbloc.present.pdf import report_pdf
from enbloc.present.pictures import Pictures
from enbloc.present.words import THIN
from tests.present import decided, patients
from tests.present.patients import FINGERPRINT

NOTHING = Pictures(of={})
EMPTY = Images(volumes={}, labels={})


@cache
def _page() -> str:
    return report_html(patients.workup(), patients.images(), fingerprint=FINGERPRINT, drawn=patients.drawn())


@cache
def _paper() -> bytes:
    return report_pdf(patients.workup(), patients.images(), fingerprint=FINGERPRINT, drawn=patients.drawn())


def printed(paper: bytes) -> list[str]:
    """The text of each page, with blanks and line ends made one blank each."""
    with pypdfium2.PdfDocument(paper) as document:
        pages = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            pages.append(" ".join(text.get_text_range().split()))
            text.close()
            page.close()
        return pages


def shown_words(page: str) -> str:
    """The words of a page, without markup."""

    class Words(HTMLParser):
        held: list[str]

        def __init__(self) -> None:
            super().__init__()
            self.held = []

        def handle_data(self, data: str) -> None:
            self.held.append(data)

    reader = Words()
    reader.feed(re.sub(r"<(style|svg)\b.*?</\1>", "", page, flags=re.DOTALL))
    return " ".join(" ".join(reader.held).split())


SAID = [
    "Male, 61 years · renal cell carcinoma metastasis, T8 (lesion A)",
    "NOT READY",
    "STOP-05 Count the vertebrae, and confirm the level by name.",
    "Only: en bloc.",
    "STOP-03 MRI of the whole spine",
    "may be urgent once known",
    "RED-04. Ask first: saddle anaesthesia?",
    "LEADS",
    "DEC-07 speaks for it.",
    "Nearest change",
    "ESCC as reported: ESCC 3 → ESCC 1c; then leads: radiosurgery T8",
    "DEC-07 speaks against it: the tumour is radioresistant.",
    "No rule speaks for: observation",
    "Local recurrence after en bloc resection: 5 % (U, not yet source-checked).",
    "Epidural haematoma: 1.5 % in 65 cases.",
    "What it costs the patient",
    "Mobilise on day 1.",
    "NOMS and LMNOP side by side",
    "They differ, driven by patient: can and will have surgery.",
    "One trial shows a strong effect, while a guideline makes it a conditional advice.",
    "→ stabilisation T8",
    "branch haematological",
    "borderline: 61 %",
    "closes STOP-04",
    "no longer excluded: STOP-23",
    "Days, counted from 2026-11-20",
    "day of the last dose of pazopanib: pazopanib (SYS-02)",
    "2023-02-22 to 2023-03-01",
    "Summary for the board (MDT-04)",
    "to be filled in: who is responsible for what the board decided?",
    "440 rules judged, 262 of them drafts not yet compared with their source.",
    "score.escc about A",
    "not judged yet, counts as open",
    "EVAL-03 Decide within 24 h of 2026-11-19. by 2026-11-20, today.",
    "6 · 7 · 8 · 9 · 10",
    "stable or potentially unstable",
    "pain unknown, collapse borderline",
    "2 or 3",
    "Reported by a reader: 3",
    "A · B · C · D",
    "en bloc vertebrectomy T8",
    "1.5 mm (0.0–3.0 mm)",
    "This report supports multidisciplinary discussion; none of these scores decides treatment.",
    "Drawn: tick, the value; bar, its interval",
    "0.0–3.0 mm if every surface moves by its error",
    "cranial cut",
    "2.5–4.0 mm",
    "0.5 mm, held away",
    "no label: aorta",
    "proved within 0.05 cc",
    "All cuts together remove 23.9 cc (20.7–27.0 cc) of healthy bone; proved within 0.03 cc.",
    "navigation 8–23 % · free hand 26–88 %",
    "the error of the segmentation is not recorded",
    "no cut and no labelled barrier",
    "not known: intralesional or marginal or wide",
    "Enneking appropriate",
    "30.8 cc (29.8–31.8 cc) of 45.0 cc, 68 %",
    "body 100 % · pedicle left < 1 %",
    "T8 left",
    "label of the pleura or lung: whether the specimen touches it",
    "front of the column cut through at T8: to be bridged",
    "can leave to the left in 1 move",
    "to 12.0 mm left, 6.0 mm forward, turned 30° (its front to its right)",
    "posterior release, then anterior",
    "APP-07: Plan a posterior release.",
    "the construct that replaces what is taken",
    "Not feasible here",
    "posterior arch resection T8",
    "not sectors within 10 to 3 through 12 (and 1 more)",
    "Only one operation is feasible here: en bloc vertebrectomy T8. There is nothing to set it against.",
    "serum albumin, g/L",
    "is it the only lesion (systemic staging)?",
    "The labels are not confirmed by a named person",
    "3 left · 4 left · 5 left · 6 left",
    "42 % (38–52 %), measured, ct",
    "the endplate was misread",
    "no neighbour above",
    "U, draft: not yet source-checked",
    "doi:10.1097/BRS.0b013e3181e16ae2",
    "images/scout.dcm",
    "a localiser, not a volume",
    "The tumour label lay on the grid of the CT.",
    "13 % of them not yet source-checked",
    "PRIM-01",
    "Establish whether the lesion is solitary.",
    "graded on CT labels; T2 is the reference",
    "level confirmed by nobody",
    "Scores, item by item",
    "against T7 and T9: 42 %",
    "Research use: confirm on the images. Not a medical device.",
    "lesion A, T8 · group by NOMS: high",
    "Survival by published scores",
    "Published figures of other patients; not a prognosis of this one, and no treatment follows from it.",
    "Were at least half of the patients of this category alive then?",
    "This tumour is a renal cancer, and survival with it has changed; too short probably",
    "Nomogram of chordoma (SEER) and Nomogram of chondrosarcoma (SEER): refused, not for this kind of tumour",
    "Further instruments",
    "Modified frailty index, five items draft",
    "diabetes with any drug treatment",
    "TNM of the spine is for sarcoma.",
    "Survival scores, figure by figure",
    "median survival 4.5 months; median survival 3.5 months, in 749 patients of a validation",
    "Survival scores that say nothing",
    FINGERPRINT,
]


@pytest.mark.parametrize("words", SAID)
def test_both_say_it(words: str) -> None:
    bare = "".join(words.split())
    assert bare in "".join(printed(_paper())).replace(" ", "").replace(THIN, "")
    assert bare in shown_words(_page()).replace(" ", "").replace(THIN, "")


def test_every_page_of_paper_says_whose_it_is_what_it_is_not_and_how_many_there_are() -> None:
    pages = printed(_paper())

    for number, page in enumerate(pages, 1):
        assert "case 2f41 · as of 2026-11-20 · enbloc 0.1.0" in page
        assert FINGERPRINT[:16] in page
        assert f"page {number} of {len(pages)}" in page
        assert "PAINTED DATA" in page
        assert "Research use: confirm on the images" in page
        assert len(page) > 400, "no page is empty"


def test_the_board_reads_stops_scores_options_and_unknowns_on_two_pages() -> None:
    first, second, *_ = printed(_paper())

    for words in ("STOP-05", "STOP-03", "LEADS", "SINS", "ESCC", "Otherwise", "Cannot be excluded yet"):
        assert words in first
    assert first.index("STOP-05") < first.index("LEADS") < first.index("SINS") < first.index("Cannot be excluded")
    board = first + second
    parts = ("Options in order of support", "NOMS and LMNOP", "What would change it", "Days, counted from")
    assert "Summary for the board (MDT-04)" in board
    assert [board.index(words) for words in parts] == sorted(board.index(words) for words in parts)


def test_a_disagreement_stands_on_the_boards_pages() -> None:
    first, second, *_ = printed(_paper())

    assert "DISAGREE-4 One trial shows a strong effect" in first + second
    board = _page().split("Annex")[0]
    assert "Show both." in shown_words(board)


def test_paper_is_tagged_and_every_picture_has_its_words() -> None:
    paper = _paper()

    assert b"/MarkInfo" in paper
    assert b"/Lang" in paper
    assert b"pdfuaid:part" in paper
    with pypdfium2.PdfDocument(paper) as document:
        assert document.get_metadata_dict()["Title"] == "Spine tumour work-up, case 2f41"


def test_two_runs_give_the_same_bytes() -> None:
    again = report_pdf(patients.workup(), patients.images(), fingerprint=FINGERPRINT)

    assert again == _paper()
    assert b"CreationDate" not in again
    assert report_html(patients.workup(), patients.images(), fingerprint=FINGERPRINT) == _page()


def test_the_page_needs_nothing_beside_it() -> None:
    sources = re.findall(r'(?:src|href|xlink:href|action|data)="([^"]*)"', _page())
    styled = re.findall(r"url\(([^)]*)\)", _page())

    assert sources
    assert all(source.startswith(("#", "data:")) for source in sources)
    assert all(source.startswith("data:") for source in styled)
    assert "<script" not in _page()
    assert "@import" not in _page()


class _Checker(HTMLParser):
    """Whether every element is closed in order, and what stands in the page."""

    VOID = frozenset({"meta"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.undescribed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.names.append(tag)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [(given["href"] or "")[1:]] if tag == "a" else []
        is_hidden = given.get("aria-hidden") == "true" or "svg" in self.open
        if tag == "svg" and not is_hidden and not given.get("aria-label"):
            self.undescribed.append(str(given))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def checked(page: str) -> _Checker:
    checker = _Checker()
    checker.feed(page)
    checker.close()
    assert checker.open == []
    return checker


def test_the_page_is_well_formed_and_every_picture_is_described() -> None:
    checker = checked(_page())

    assert checker.undescribed == []
    assert checker.names.count("h1") == 1
    assert set(checker.links) <= set(checker.ids), "each rule on the first page stands whole in the annex"
    assert len(checker.ids) == len(set(checker.ids))
    assert '<html lang="en">' in _page()
    assert 'scope="col"' in _page()
    assert 'scope="row"' in _page()


def test_a_bare_case_still_makes_a_report_that_says_what_is_not_there() -> None:
    bare = replace(
        patients.workup(Origin.PATIENT),
        findings=Findings(),
        scores=(),
        plans=(),
        compared=(),
        decision=decided.decided(
            speaks=(),
            open_stops=(),
            options=(),
            frameworks=None,
            missing=(),
            timeline=(),
            changes=(),
            nearest=(),
        ),
        unused=(),
        said=(),
        survival=(patients.survival(known=()),),
        refused=(),
    )
    paper = " ".join(printed(report_pdf(bare, EMPTY, fingerprint=FINGERPRINT)))
    page = shown_words(report_html(bare, EMPTY, fingerprint=FINGERPRINT))

    for words in (
        "No operation is planned: tumour A is not labelled in any image.",
        "No option could be named.",
        "No picture of tumour A: it is not labelled in any image.",
        "Everything given was used.",
        "not known",
        "NOT READY",
    ):
        assert words in paper
        assert words in page
    assert "PAINTED" not in paper + page


def test_a_draft_is_never_shown_without_the_word() -> None:
    for rule in patients.content().counsel.rules:
        if rule.is_draft:
            whole = _page().split(f'id="rule-{rule.id}-')[1].split("</article>")[0]
            assert ">draft<" in whole
    assert _page().count(">draft<") >= 3


def test_what_was_overruled_stays_beside_what_overrules_it() -> None:
    row = next(row for one in patients.content().findings for row in one.rows if row.overruled)

    assert (row.value, row.kind) == (f"45{THIN}%", "entered")
    assert row.overruled.startswith(f"42{THIN}% (38–52{THIN}%), measured")
    assert row.because == "the endplate was misread"
    assert f"<s>{row.overruled}</s>" in _page()


def test_of_a_primary_tumour_one_line_says_why_no_survival_score_speaks() -> None:
    primary = replace(patients.workup(), survival=(patients.survival(LesionKind.PRIMARY),), case=_primary())
    page = report_html(primary, EMPTY, fingerprint=FINGERPRINT, drawn=NOTHING)
    paper = " ".join(printed(report_pdf(primary, EMPTY, fingerprint=FINGERPRINT, drawn=NOTHING)))

    for words in (
        "survival scores are refused because lesion A is a primary tumour",
        "Revised Tokuhashi is not for this tumour (primary)",  # whole, in the annex
    ):
        assert words in paper
        assert words in shown_words(page)
    assert "months afterwards" not in paper + page


def test_where_nothing_can_be_compared_yet_it_is_said_what_to_ask() -> None:
    bare = patients.survival(known=())
    silent = replace(patients.workup(), survival=(replace(bare, lines=(), absent=()),))
    page = shown_words(report_html(silent, EMPTY, fingerprint=FINGERPRINT, drawn=NOTHING))
    paper = " ".join(printed(report_pdf(silent, EMPTY, fingerprint=FINGERPRINT, drawn=NOTHING)))

    for words in ("No survival score can be laid beside another yet: too little is known.", bare.inputs[0].words):
        assert words in page
        assert words in paper


def _primary() -> Case:
    return patients.case(lesions=(Lesion(id="A", histology="chordoma", kind=LesionKind.PRIMARY),))


def test_a_figure_that_does_not_fit_below_heads_the_next_page_and_stands_once() -> None:
    pages = printed(_paper())
    drawn = [at for at, page in enumerate(pages) if "months afterwards, by square roots" in page]
    told = next(at for at, page in enumerate(pages) if "Were at least half of the patients" in page)

    assert len(drawn) == 1
    assert drawn[0] in {told, told + 1}
