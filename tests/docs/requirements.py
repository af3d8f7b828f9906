"""What the software was asked to cover, and what holds it: ``python -m tests.docs.requirements`` renders the page.

Each requirement names the families of rules that hold it, single rules where one answers to it alone, and what else
does: an instrument, or a page of this reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from enbloc.decide.families import RULES
from enbloc.decide.rule import Rule
from enbloc.value import value
from tests.decide.rows import MODULES as ROWS
from tests.docs.evidence import PLANNED, anchor, counted, module_of, of_family, step_of
from tests.docs.pages import DOCS, ROOT

PAGE = DOCS / "reference" / "requirements.md"
LAST = 105
"""The number of the last requirement."""


@value
class Requirement:
    """One thing that was asked for; ``held_by`` are families and rules, ``also`` instruments and pages beside them.

    ``guard`` is what to know of it: an error of its source that is guarded against, or what no rule says.
    """

    number: int
    words: str
    held_by: tuple[str, ...]
    also: tuple[str, ...] = ()
    guard: str = ""

    @property
    def families(self) -> tuple[str, ...]:
        """Every family that it names, that of a single rule too."""
        return tuple(dict.fromkeys(RULES[each].family if each in RULES else each for each in self.held_by))

    @property
    def is_planned(self) -> bool:
        """Whether no rule holds it yet."""
        return not any(of_family(family) for family in self.families)


def asked(number: int, words: str, held_by: str, also: str = "", *, guard: str = "") -> Requirement:
    """A requirement; what holds it is given as words with blanks between them."""
    return Requirement(
        number=number, words=words, held_by=tuple(held_by.split()), also=tuple(also.split()), guard=guard
    )


REQUIREMENTS: dict[str, tuple[Requirement, ...]] = {
    "Presentation": (
        asked(
            1,
            "In canal or bone, benign or malignant, primary or secondary: all three are labelled.",
            "EVAL STG",
            "tnm_8_spine",
        ),
        asked(2, "Pain, deficit and loss of function are recorded each.", "RED EVAL EVAL-01", "nrs isncsci"),
        asked(3, "Compartment: outside the dura, inside it, or inside the cord.", "IMG IMG-01 INTRA", "compartment"),
        asked(4, "That metastases are far commoner is a prior and never a diagnosis.", "BX IMG-04"),
        asked(5, "Behaviour from benign to highly invasive.", "STG STG-01 STG-02 PRIM", "enneking"),
        asked(6, "Primary bone tumours go to a specialist centre.", "MDT MDT-02"),
        asked(
            7, "Acute compression of the cord by tumour is an emergency.", "RED RED-01 RED-04 RED-10 STER DEC DEC-01"
        ),
    ),
    "Evaluation": (
        asked(8, "History, examination and neurology before an operation.", "EVAL EVAL-01", "isncsci frankel"),
        asked(
            9,
            "Images, tissue, stability, compression, neurology and stage together.",
            "EVAL EVAL-03 EVAL-04 NOMS",
            "sins escc",
        ),
        asked(
            10,
            "In metastases performance status and primary tumour drive surgery.",
            "NOMS NOMS-17 DEC DEC-03",
            "karnofsky ecog",
        ),
        asked(11, "General health shapes the approach.", "EVAL EVAL-01 APP", "cci mfi5"),
        asked(12, "Type, place and extent are known before planning.", "STG STG-03 STG-09", "wbb measurements"),
    ),
    "Imaging": (
        asked(
            13,
            "MRI, CT and where needed angiography show place, size and character.",
            "IMG IMG-01 IMG-07 EMB EMB-01",
            "measurements",
        ),
        asked(14, "MRI and CT are needed for compression and stability.", "IMG IMG-01 IMG-03", "measurements"),
        asked(15, "High resolution is part of every evaluation.", "IMG IMG-03 IMG-08"),
        asked(16, "That precise localisation is needed may decide for open surgery.", "APP MIS MIS-02"),
    ),
    "Biopsy and diagnosis": (
        asked(17, "Tissue gives histology, grade and strategy.", "BX BX-01"),
        asked(18, "Through the skin: accurate, and with fewer complications than open.", "BX BX-04"),
        asked(19, "An open cut into a lesion that wants en bloc resection brings it back.", "BX STOP-01 STOP-20"),
        asked(20, "A wrong first operation may cost the cure.", "PRIM STOP-01 STOP-02"),
        asked(21, "The first treatment has to be the right one.", "MDT MDT-01 MDT-02"),
        asked(
            22,
            "Where removal is too dangerous a biopsy may be all that is done.",
            "DEC",
            guard="No rule says so yet: the nearest are the rules on when not to operate.",
        ),
    ),
    "Staging": (
        asked(
            23,
            "Primary bone tumours are resected by Enneking.",
            "STG STG-01 STG-02 PRIM",
            "enneking enneking_appropriate",
        ),
        asked(24, "Staging is part of evaluation.", "STG", "tomita_surgical"),
        asked(25, "Whole removal or debulking is decided beforehand.", "STG STG-04 STG-07 DEC", "wbb"),
    ),
    "Board": (
        asked(26, "Surgeons and oncologists decide together.", "MDT MDT-01 MDT-03 MDT-04"),
        asked(27, "Primary and secondary tumours both need several disciplines.", "MDT MDT-01 MDT-02"),
        asked(28, "Radiology, physiatry and palliative care belong to the team.", "MDT REHAB PALL"),
        asked(29, "A complex tumour may need several surgical specialties at one operation.", "MDT APP APP-13"),
        asked(30, "Patient and team talk it through and decide together.", "EDU EDU-01"),
    ),
    "Decision": (
        asked(31, "Surgery is often a first option in primary bone tumours.", "PRIM"),
        asked(
            32,
            "Whole removal for benign, debulking for malignant tumours.",
            "PRIM",
            guard="The goals are reversed in the source: the rules follow 35 to 37, and this stays a flagged conflict.",
        ),
        asked(33, "A vertebra weakened by tumour is stabilised.", "STAB STAB-09", "sins"),
        asked(34, "En bloc: high morbidity, often the best control.", "PRIM PRIM-31 COMP COMP-02"),
        asked(35, "Malignant primary tumours of the column: en bloc.", "PRIM PRIM-01 PRIM-06 PRIM-27"),
        asked(36, "Benign primary tumours: intralesional as a rule.", "PRIM PRIM-14 PRIM-18"),
        asked(37, "En bloc is preferred for primary bone tumours, against recurrence.", "PRIM PRIM-01 PRIM-06 PRIM-31"),
        asked(38, "Modern radiotherapy as the less morbid way in some resistant tumours.", "RT RT-08 DISAGREE-7"),
        asked(39, "Longer life is weighed against its quality.", "DEC DEC-03 PALL PALL-04", "sosgoq2_physical eq5d_5l"),
        asked(40, "Surgery for severe pain, for a deficit, for instability.", "DEC DEC-01 DEC-04 NOMS", "sins escc"),
        asked(41, "Osteogenic tumours and sarcomas: local control needs surgery.", "PRIM PRIM-08 PRIM-09"),
        asked(42, "Surgery where the patient may gain from it.", "DEC DEC-01 DEC-04"),
        asked(43, "Benign without symptoms: observe with serial images.", "PRIM PRIM-28 FU FU-12"),
        asked(44, "Benign with symptoms: gross total or marginal excision.", "PRIM PRIM-18 INTRA INTRA-01 INTRA-04"),
        asked(45, "Malignant, or metastasis with symptoms: treatments are combined.", "NOMS PRIM PRIM-08 PRIM-09 SYS"),
        asked(
            46,
            "Metastases: performance status and pathology make the difference.",
            "NOMS NOMS-17",
            "ecog katagiri_2014",
        ),
        asked(47, "Aims: less tumour, free cord and roots, a stable column, relief.", "DEC DEC-04 DEC-07"),
        asked(48, "As much as is safe, with neurology kept.", "RES INTRA INTRA-06 INTRA-10", "mccormick_1990"),
    ),
    "Approach": (
        asked(49, "From behind, from in front or both, by extent.", "APP", "boriani_2018"),
        asked(50, "Open for an extensive resection or precise localisation.", "APP MIS MIS-02"),
        asked(
            51,
            "Open surgery means more exposure.",
            "MIS MIS-02",
            guard="A description: the rule says when open surgery is called for.",
        ),
        asked(52, "Sagittal resection is a technique of its own.", "STG STG-05 APP APP-11"),
        asked(53, "So is resection of the posterior arch.", "STG STG-06 APP APP-11"),
        asked(54, "So is en bloc vertebrectomy.", "STG STG-04 APP APP-05"),
        asked(55, "The tumour's own features choose the approach.", "APP"),
        asked(56, "Roots and vessels may have to go for the margin.", "NERV VASC"),
        asked(
            57,
            "Navigation spares nerves.",
            "RES RES-01",
            guard="The rule limits the error of registration; that navigation spares nerves is not claimed.",
        ),
    ),
    "Preparation": (
        asked(58, "Fitness is improved and comorbidity treated first.", "ANES ANES-03", "asa cci"),
        asked(59, "The patient learns of procedure, risks and what follows.", "EDU EDU-01"),
        asked(60, "General anaesthesia is the usual one.", "ANES ANES-01"),
        asked(61, "Least risk, nerves kept, an informed decision.", "EDU EDU-01"),
    ),
    "Resection": (
        asked(
            62,
            "Benign tumours within the dura often come out whole and seldom return.",
            "INTRA INTRA-01 INTRA-04",
            guard="The recurrence figure of the source is not printed.",
        ),
        asked(63, "Malignant primary tumours: wide or en bloc controls best.", "PRIM PRIM-01 PRIM-27", "margin"),
        asked(64, "Small decompression, intralesional or en bloc, as feasible.", "RES RES-02 DECOMP-01"),
        asked(65, "As much as is safe, with function kept.", "RES RES-01 RES-03 INTRA-06"),
        asked(
            66, "Intralesional alone lets primary bone tumours recur.", "PRIM PRIM-06 PRIM-31", "enneking_appropriate"
        ),
    ),
    "Decompression and stabilisation": (
        asked(67, "Tumour that presses on cord or roots is taken away.", "DECOMP DECOMP-01 DECOMP-02", "escc"),
        asked(68, "Stabilise by how much is removed and which columns are involved.", "STAB STAB-01 STAB-06"),
        asked(69, "Rods, screws and cages.", "STAB STAB-01 STAB-03 STAB-05 STAB-06"),
        asked(70, "Instability is scored.", "NOMS NOMS-16 STAB STAB-09", "sins"),
    ),
    "Small approaches and needles": (
        asked(71, "Small approaches for selected patients.", "MIS MIS-01"),
        asked(
            72,
            "Their aim: less damage, less pain, an earlier recovery.",
            "MIS",
            guard="An aim without a rule of its own.",
        ),
        asked(73, "Some tumours inside and outside the dura come out through a tube or endoscope.", "MIS MIS-03"),
        asked(74, "Short incisions.", "MIS", guard="A description without a rule of its own."),
        asked(
            75,
            "Said to be commoner than open surgery.",
            "MIS",
            guard="A claim about frequency, not a rule: it is no prior anywhere.",
        ),
        asked(
            76,
            "Home on the same day.",
            "MIS-OUT",
            guard="Said of most patients in the source: here a test that a patient has to pass.",
        ),
        asked(77, "Cement relieves the pain of a fracture by tumour.", "PERC PERC-01"),
        asked(
            78,
            "Vertebroplasty: relief, no further collapse, mobility.",
            "PERC",
            guard="The technique has no rule of its own: its indications, limits and leaks have.",
        ),
        asked(
            79,
            "Kyphoplasty: a cavity first; relief and stability.",
            "PERC PERC-01",
            guard="The evidence is for less pain, not for an end of it.",
        ),
        asked(
            80,
            "Cement in certain benign or metastatic fractures.",
            "PERC STOP-01 STOP-09",
            guard="Cement before tissue in a lesion that looks benign or may be primary is a stop.",
        ),
        asked(81, "Heat, cold and cement palliate painful metastases.", "PERC PERC-06 PERC-07"),
        asked(82, "Chemoembolisation through the groin.", "EMB-TACE"),
    ),
    "Pathology and after surgery": (
        asked(83, "Tissue goes for type, grade and margins.", "PATH PATH-01", "margin"),
        asked(84, "The wound is closed.", "CLOS CLOS-02"),
        asked(85, "Close watch in recovery.", "POST POST-01"),
        asked(86, "Pain, nerves and infection after surgery.", "POST POST-01 POST-03 ANES-05"),
    ),
    "Rehabilitation": (
        asked(87, "Therapy begins for mobility.", "REHAB REHAB-01 REHAB-02"),
        asked(88, "Physical and occupational therapy for the deficit.", "REHAB REHAB-01"),
        asked(89, "A programme: mobility, pain, daily life, patient and carers taught.", "REHAB REHAB-04 EDU"),
    ),
    "Radiotherapy, drugs, steroid": (
        asked(90, "Steroid in compression.", "STER"),
        asked(
            91,
            "Sensitive tumours answer to radiotherapy, above all where surgery is not feasible.",
            "RT RT-04 NOMS NOMS-01 NOMS-05",
        ),
        asked(
            92,
            "Machines for photons and protons.",
            "RT RT-08",
            guard="A head frame does not reach the thoracolumbar spine: the device is free text, not a rule.",
        ),
        asked(93, "Radiotherapy after incomplete resection, or where none is possible.", "RT PRIM PRIM-02 PRIM-07"),
        asked(94, "Chemotherapy in selected primary tumours, on weak evidence.", "SYS PRIM-08 PRIM-09"),
        asked(
            95,
            "Drugs in Ewing sarcoma and chordoma.",
            "SYS PRIM-05 PRIM-09",
            guard="Cytotoxic drugs have no established role in conventional chordoma.",
        ),
        asked(96, "Denosumab for giant cell tumour that cannot be resected.", "PRIM-11 PRIM-12 PRIM-13 STOP-26"),
        asked(97, "Radiotherapy or drugs after surgery, by tumour.", "RT SYS POST-04"),
    ),
    "Follow-up, complications, palliative care": (
        asked(98, "Regular follow-up, and the plan adapted.", "FU"),
        asked(99, "A watch for recurrence and progression.", "FU FU-15", "spino recist_bone"),
        asked(100, "Serial images of an observed benign lesion.", "FU FU-12"),
        asked(
            101,
            "Infection, bleeding, deficit, anaesthesia: told and tracked.",
            "COMP COMP-01 COMP-03 COMP-05 COMP-13 POST ANES",
            "clavien_dindo saves_v2",
        ),
        asked(102, "En bloc vertebrectomy can harm.", "COMP COMP-02 PRIM-31"),
        asked(103, "A second operation after a failed first is worse.", "COMP COMP-02 PRIM-30 STOP-01 STOP-02"),
        asked(104, "Palliative care in advanced disease.", "PALL PALL-01", "esas"),
        asked(
            105,
            "Best result, least risk, nerves kept.",
            "DEC",
            guard="An aim that every rule serves; none states it by itself.",
        ),
    ),
}
"""Every requirement, by the stage of care that it belongs to."""

EVERY: tuple[Requirement, ...] = tuple(each for those in REQUIREMENTS.values() for each in those)

HEAD = """# Requirements

What the software was asked to cover, from referral to follow-up, in short, and what holds it. Rendered by
`python -m tests.docs.requirements`; a test holds the page to the rules. The families are where a requirement is judged;
rules named beside their family answer most directly. In italics stands an error of its source that is guarded against,
or what no rule says. How far each rule was compared with its source: [evidence](../evidence/README.md)."""


# --- page -------------------------------------------------------------------------------------------------------------
def page() -> str:
    """The page as it should stand."""
    return "\n".join([*_page()]) + "\n"


def _page() -> Iterator[str]:
    planned = [f"REQ-{each.number}" for each in EVERY if each.is_planned]
    left = f"planned: {', '.join(planned)}" if planned else "none without a rule"
    yield from (HEAD, "", f"{len(EVERY)} requirements, {left}.")
    for stage, those in REQUIREMENTS.items():
        yield from ("", f"## {stage}", "", "| requirement | in short | held by | also |", "| --- | --- | --- | --- |")
        yield from (_row(each) for each in those)
    yield from ("", "## Where each family is held", "", "| family | rules | modules | tests |")
    yield "| --- | --- | --- | --- |"
    for family in sorted({family for each in EVERY for family in each.families}):
        yield _held(family)


def _row(one: Requirement) -> str:
    also = [_beside(each) for each in one.also]
    words = f"{one.words} *{one.guard}*" if one.guard else one.words
    return f"| REQ-{one.number} | {words} | {'; '.join(_holds(one))} | {', '.join(also)} |"


def _holds(one: Requirement) -> Iterator[str]:
    """Each family with its count, and after it the rules of it that are named."""
    for family in one.families:
        named = [_linked(RULES[each]) for each in one.held_by if each in RULES and RULES[each].family == family]
        if family not in one.held_by:
            yield ", ".join(named)
            continue
        yield f"{_family(family)} ({', '.join(named)})" if named else _family(family)


def _linked(rule: Rule) -> str:
    return f"[{rule.id}](../evidence/{step_of(rule.family).slug}.md#{anchor(rule)})"


def _family(family: str) -> str:
    if not (rules := of_family(family)):
        return f"{family}: planned"
    return f"[{family}](../evidence/{step_of(family).slug}.md#{family.lower()}): {counted(rules, 'rule')}"


def _beside(name: str) -> str:
    folder = "" if name == "measurements" else "instruments/"
    return f"[`{name}`]({folder}{name}.md)" if folder else f"[{name}]({name}.md)"


def _held(family: str) -> str:
    rules = of_family(family)
    if not rules:
        return f"| {family} | planned: {PLANNED.get(family, 'no rule yet')} | | |"
    modules = dict.fromkeys(f"`{module_of(rule.id)}.py`" for rule in rules)
    tests = (f"`{each}`" for each in held_in(family))
    return f"| {family} | {counted(rules, 'rule')} | {', '.join(sorted(modules))} | {', '.join(tests)} |"


def held_in(family: str) -> tuple[str, ...]:
    """The tests that hold a family: the tables with a row of one of its rules, and the modules that name one."""
    rules = {rule.id for rule in of_family(family)}
    tables = (
        f"rows/{each.__name__.rpartition('.')[2]}.py" for each in ROWS if any(row[0] in rules for row in each.ROWS)
    )
    named = (name for name, ids in _named().items() if ids & rules)
    return (*tables, *named)


@cache
def _named() -> dict[str, frozenset[str]]:
    """The rules that each module of tests names."""
    folder = ROOT / "tests" / "decide"
    return {
        path.name: frozenset(re.findall(r"\b[A-Z]+(?:-[A-Z]+)?-[T]?\d+\b", path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("test_*.py"))
    }


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
