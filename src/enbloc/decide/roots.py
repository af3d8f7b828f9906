"""Rules about cutting nerve roots (NERV): what is lost, root by root, by side and by sacral pattern."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Side
from enbloc.case.answer import Unknown
from enbloc.case.sided import Root, root
from enbloc.decide.acts import SURGERY
from enbloc.decide.decision import Degree
from enbloc.decide.planned import ADULT_FROM, is_adult
from enbloc.decide.remembering import once
from enbloc.decide.root_table import LOSSES, NONE_PUBLISHED, Extent, Loss, extent_of, loss, pairs, span
from enbloc.decide.rule import Advice, Rule, Verdict, rule, when
from enbloc.decide.sacral_table import (
    PATTERNS,
    SACRAL,
    Cut,
    Pattern,
    bladder_range,
    pattern,
    pooled,
    sacral_cut,
    touches_sphincter,
)
from enbloc.decide.several import listed, several
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, project_value

DIAPHRAGM = span("C3", "C5")
FROM_TWO = project_value(
    "roots of C3 to C5 cut on each side from which ventilation is to be feared", 2, "roots", ">=", source="STOP-15"
)
ASK_BOARD = (*span("C3", "T1"), *span("L2", "S1"))
"""Roots of which the table is from memory and the board is asked."""


@once
def roots(about: Situation) -> tuple[Root, ...] | Unknown:
    """The roots that an operation cuts, in the order of the body."""
    stated = several(about, vocabulary.ROOTS_CUT)
    return stated if isinstance(stated, Unknown) else tuple(one for one in Root if one in stated)


def judged(about: Situation, verdict: Callable[[tuple[Root, ...]], Verdict]) -> Verdict:
    """The verdict on the roots that are cut; open while nobody says which."""
    cut = roots(about)
    return cut if isinstance(cut, Unknown) else verdict(cut)


def endangers_breathing(cut: Iterable[Root]) -> bool:
    """Both roots of C4, or at least two of C3 to C5 on each side.

    The row says "any two of C3–C5 on both sides": that two differ from side to side does not spare the diaphragm.
    """
    held = set(cut)
    each = [sum(root(nerve, side) in held for nerve in DIAPHRAGM) for side in Side]
    return pairs(["C4"]) <= held or min(each) >= FROM_TWO.number


def losses(cut: tuple[Root, ...]) -> tuple[tuple[str, Loss | None], ...]:
    """Each root pair that is cut in words (``C5 left``, ``C5 left and right``), and its row of the table."""
    found: list[tuple[str, Loss | None]] = []
    for nerve in dict.fromkeys(one.nerve for one in cut):
        extent = extent_of(nerve, cut)
        if extent is not None:
            found.append((_words(nerve, cut), loss(nerve, extent)))
    return tuple(found)


def _words(nerve: str, cut: tuple[Root, ...]) -> str:
    return f"{nerve} {listed(one.side.value for one in cut if one.nerve == nerve)}"


def expected(cut: tuple[Root, ...]) -> str:
    """The expected deficits of all roots that are cut, both sides, in a sentence."""
    each = [f"{words}: {row.lost if row else NONE_PUBLISHED}" for words, row in losses(cut)]
    return f"{'; '.join(each)}."


_STATEMENTS: dict[str, tuple[str, Degree]] = {
    "NERV-01": ("C1 and C2 may be cut with consent: occipital numbness (C2), low motor cost.", Degree.NOTE),
    "NERV-02": (
        "C3 and C4 carry part of the phrenic nerve: on one side only, and the diaphragm is tested; C3 to C5 on both "
        "sides mean a risk of ventilation.",
        Degree.CAUTION,
    ),
    "NERV-03": ("C5 is avoided: deltoid and biceps.", Degree.CAUTION),
    "NERV-04": ("C6 is avoided: wrist extension and biceps.", Degree.CAUTION),
    "NERV-05": ("C7 is avoided: triceps, finger and wrist extensors.", Degree.CAUTION),
    "NERV-06": ("C8 is avoided: grip and the intrinsic muscles of the hand.", Degree.CAUTION),
    "NERV-07": (
        "T1 is avoided, and cut on one side only with consent: part of the intrinsic muscles of the hand, Horner's "
        "syndrome.",
        Degree.CAUTION,
    ),
    "NERV-08": (
        "T2 to T12 are expendable, ligated proximal to the ganglion: intercostal numbness or neuralgia; T10 to T12 on "
        "both sides let the abdominal wall bulge.",
        Degree.NOTE,
    ),
    "NERV-09": ("L1 is acceptable on one side: groin numbness, mild weakness of hip flexion.", Degree.NOTE),
    "NERV-10": (
        "L2 and L3 are avoided on both sides; patients often adapt to one: hip flexion, adductors, part of the "
        "quadriceps.",
        Degree.CAUTION,
    ),
    "NERV-11": ("L4 is avoided: quadriceps and ankle inversion.", Degree.CAUTION),
    "NERV-12": ("L5 is avoided, or a brace is planned: foot drop and hip abductors.", Degree.CAUTION),
    "NERV-13": ("S1 is avoided on both sides: plantar flexion and gait, severe if both are cut.", Degree.CAUTION),
}


def _of_roots(id: str, statement: str, degree: Degree) -> Rule:
    nerves = {nerve for row in LOSSES if row.rule == id for nerve in row.nerves}

    def speak(cut: tuple[Root, ...]) -> Verdict:
        named = tuple(one for one in cut if one.nerve in nerves)
        do = dict.fromkeys(f"{words}: {row.do}" for words, row in losses(named) if row)
        return when(bool(named), do=" ".join(do), because=expected(named) if named else "")

    def judge(about: Situation) -> Verdict:
        return judged(about, speak)

    judge.__doc__ = statement
    declare = rule(
        id, cites=("project",), checked=Checked.FROM_MEMORY, strength="Neuroanatomy", degree=degree, acts=SURGERY
    )
    return declare(judge)


_SACRAL_DO: dict[str, tuple[str, Degree]] = {
    "NERV-14": ("Plan a colostomy and a catheter", Degree.CAUTION),
    "NERV-15": ("Give these figures at consent", Degree.NOTE),
    "NERV-16": ("Acceptable", Degree.NOTE),
    "NERV-17": ("Try to keep at least one S3", Degree.NOTE),
    "NERV-18": ("Prefer it if the margin allows", Degree.NOTE),
}


def _of_pattern(row: Pattern) -> Rule:
    advice, degree = _SACRAL_DO[row.rule]

    def judge(about: Situation) -> Verdict:
        do = f"{advice}: {row.figures}.{of_adults(about)}"
        return judged(about, lambda cut: when(pattern(sacral_cut(cut)) is row, do=do, because=_sacral_words(cut)))

    judge.__doc__ = f"Sacral roots cut {row.looks}: {row.figures}."
    declare = rule(row.rule, cites=("todd2002",), checked=Checked.READ, strength="Cohort", degree=degree, acts=SURGERY)
    return declare(judge)


def of_adults(about: Situation) -> str:
    """That figures are those of adults, said where the patient is not known to be one."""
    return (
        "" if is_adult(about) is True else f" Figures of adults: they do not apply under {ADULT_FROM.number:g} years."
    )


def _sacral_words(cut: tuple[Root, ...]) -> str:
    named = [one for one in cut if one.nerve in SACRAL]
    return f"Cut: {listed(named)}."


@rule(
    "NERV-19",
    cites=("zoccali2016", "todd2002"),
    checked=Checked.READ,
    strength="Pooled review, 244 patients",
    acts=SURGERY,
)
def range_across_sources(about: Situation) -> Verdict:
    """After sacral roots are cut the share of patients with normal bladder and walking goes by the lowest root
    spared: bladder from none without S2 to 83.3 % with both S3, walking 56.2 % with both S2 and 94.1 % with both S3;
    the range across sources is shown, and not one number.
    """

    def speak(cut: tuple[Root, ...]) -> Verdict:
        of_sacrum = sacral_cut(cut)
        found = touches_sphincter(of_sacrum)
        return when(found, do=across_sources(of_sacrum) + of_adults(about), because=_sacral_words(cut))

    return judged(about, speak)


def across_sources(cut: Cut) -> str:
    """The published figures for a sacral cut as a range; that there are none is said too."""
    shares, of_review = bladder_range(cut), pooled(cut)
    walking = None if of_review is None else of_review.walking_percent
    if not shares and walking is None:
        return "Say that no figure is published for this pattern of sacral roots."
    said = []
    if shares:
        ends = " to ".join(f"{share:g}" for share in dict.fromkeys((shares[0], shares[-1])))
        said.append(f"normal bladder {ends} %")
    said.append("normal walking: no figure" if walking is None else f"normal walking {walking:g} %")
    return f"Show the range across sources: {', '.join(said)}."


@rule("NERV-20", cites=("project",), checked=Checked.OURS, strength="Project rule", degree=Degree.CAUTION, acts=SURGERY)
def loss_of_every_root(about: Situation) -> Verdict:
    """For every root that a plan cuts the expected deficits are listed, the patient signs a statement of function, and
    the root is tested with a temporary clip before it is cut.
    """

    def speak(cut: tuple[Root, ...]) -> Verdict:
        if not cut:
            return None
        do = "Have the statement of function signed, and test each root with a temporary clip before it is cut."
        if asked := [words for words, _ in losses(cut) if words.split()[0] in ASK_BOARD]:
            do += f" Ask the board about {listed(asked)}."
        if any(row is not None and not row.checked.is_draft for _, row in losses(cut)):
            do += of_adults(about)  # the rows that were read hold figures
        return Advice(do=do, because=expected(cut))

    return judged(about, speak)


@rule(
    "NERV-21",
    cites=("project",),
    checked=Checked.FROM_MEMORY,
    strength="Neuroanatomy",
    degree=Degree.CAUTION,
    acts=SURGERY,
)
def total_sacrectomy(about: Situation) -> Verdict:
    """S1 to S5 on both sides: loss of sphincters and sexual function, plantar flexion and hip extension; walking with
    aids at best in many. It needs the written consent of the patient.
    """

    def speak(cut: tuple[Root, ...]) -> Verdict:
        all_cut = pairs(SACRAL) <= set(cut)
        do = "Plan colostomy, catheter, lumbopelvic fixation and a flap; get the written consent of the patient."
        return when(all_cut, do=do, because=_sacral_words(cut))

    return judged(about, speak)


@rule(
    "NERV-22",
    cites=("project",),
    checked=Checked.FROM_MEMORY,
    strength="Neuroanatomy",
    degree=Degree.CAUTION,
    acts=SURGERY,
)
def paralysis_of_the_diaphragm(about: Situation) -> Verdict:
    """Both roots of C4, or any two of C3 to C5 on both sides, mean paralysis of the diaphragm and a ventilator: it is
    not offered; before a cut on one side the other side is tested (sniff test or ultrasound).
    """

    def speak(cut: tuple[Root, ...]) -> Verdict:
        because = f"Cut: {listed(one for one in cut if one.nerve in DIAPHRAGM)}."
        return when(endangers_breathing(cut), do="Do not offer it (STOP-15).", because=because)

    return judged(about, speak)


@rule(
    "NERV-23",
    cites=("project",),
    checked=Checked.FROM_MEMORY,
    strength="Neuroanatomy",
    degree=Degree.CAUTION,
    acts=SURGERY,
)
def sexual_function(about: Situation) -> Verdict:
    """S2 or S3 on both sides: sexual function (erection, ejaculation, genital sensation) is lost or reduced; it is
    asked and recorded before the operation, and storage of sperm is offered.
    """

    def speak(cut: tuple[Root, ...]) -> Verdict:
        both = [nerve for nerve in span("S2", "S3") if extent_of(nerve, cut) is Extent.BOTH_SIDES]
        do = "Ask and record sexual function before the operation; offer sperm storage."
        return when(bool(both), do=do, because=f"Cut on both sides: {listed(both)}.")

    return judged(about, speak)


BY_ROOT: tuple[Rule, ...] = tuple(_of_roots(id, statement, degree) for id, (statement, degree) in _STATEMENTS.items())
BY_PATTERN: tuple[Rule, ...] = tuple(_of_pattern(row) for row in PATTERNS)

ACT_RULES: tuple[Rule, ...] = (
    *BY_ROOT,
    *BY_PATTERN,
    range_across_sources,
    loss_of_every_root,
    total_sacrectomy,
    paralysis_of_the_diaphragm,
    sexual_function,
)
PARAMETERS = (FROM_TWO,)
