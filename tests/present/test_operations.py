"""A sheet says what an operation comes to, what it takes, how it leaves, and what is not known of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from enbloc.case.anatomy import Level, Side, Structure, StructureKind
from enbloc.case.answer import unknown
from enbloc.case.sided import Root
from enbloc.decide.decision import Degree
from enbloc.plan.cutting.certificate import Clearance
from enbloc.plan.delivery.delivery import Delivery, Move, Outcome
from enbloc.plan.price.opening import LAMINAE, Opening, Unopened
from enbloc.plan.price.price import Price
from enbloc.plan.price.roots import Roots, RootTaken
from enbloc.plan.proposal import Plan
from enbloc.present.html import report_html
from enbloc.present.operations import foremost, sheet, sheets
from enbloc.present.planned import Block, Line
from enbloc.present.prices import sides
from enbloc.present.words import THIN
from tests.present import decided, patients
from tests.present.operated import (
    ARCH,
    ARTERIES_OF_FOUR,
    DURAL,
    OBSERVED,
    PLAN,
    PRICE,
    RESECTED,
    SAGITTAL,
    STUCK,
    with_margin,
)

CAVA = Structure(kind=StructureKind.VENA_CAVA)


def _block(plan: Plan, title: str) -> Block:
    return next(one for one in sheet(plan).blocks if one.title == title)


def _line(plan: Plan, title: str, label: str) -> Line:
    return next(line for line in _block(plan, title).lines if line.label == label)


def _priced(**more: Any) -> Plan:
    return replace(PLAN, price=replace(PRICE, **more))


# --- which sheets -----------------------------------------------------------------------------------------------------
def test_only_what_is_feasible_has_a_sheet_and_the_drawn_one_stands_first() -> None:
    told = sheets(patients.workup(plans=(OBSERVED, ARCH, SAGITTAL, PLAN)))

    assert [one.id for one in told] == ["sagittal resection T8 left", "observation", "en bloc vertebrectomy T8"]
    assert [one.is_foremost for one in told] == [True, False, False]


def test_the_foremost_is_looked_up_by_lesion() -> None:
    other = replace(PLAN, about="B")
    two = patients.workup(plans=(ARCH, other))

    assert foremost(two, "A") is None
    assert foremost(two, "B") is other


def test_while_stops_of_the_case_stand_no_sheet_is_ready() -> None:
    ready = replace(PLAN, stops=(), not_ready=())

    assert sheet(ready).is_ready
    held = sheet(ready, case_stops=(decided.STOP,))
    assert not held.is_ready
    assert held.not_ready == ("1 stop of the case or of its options are not resolved",)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (PLAN, "feasible"),
        (replace(PLAN, is_draft=True), "feasible; its criterion is a draft, not yet source-checked"),
        (SAGITTAL, "borderline: feasible only if it turns out so"),
        (ARCH, "not feasible"),
    ],
)
def test_feasible_never_sounds_surer_than_it_is(plan: Plan, said: str) -> None:
    assert sheet(plan).feasibility == said


# --- cuts and faces ---------------------------------------------------------------------------------------------------
def test_a_cut_has_its_interval_certificate_risks_and_what_it_comes_near_to() -> None:
    row = sheet(PLAN).cuts[0]

    assert (row.margin, row.span, row.kerf) == (f"3.5{THIN}mm", f"2.5–4.0{THIN}mm", f"1.5{THIN}mm")
    assert row.proof == "proved within 0.05 cc"
    assert row.entries == (f"9{THIN}%", f"26{THIN}%"), "probabilities are rounded up"
    assert [(one.structure, one.said.replace(THIN, " "), one.unseen) for one in row.near] == [
        ("cord", "8.0 mm", ""),
        ("dura", "0.5 mm, held away", ""),
        ("vessels", "not known", "no label: aorta"),
    ]


def test_of_many_roots_and_vessels_the_nearest_stands_and_what_has_no_label() -> None:
    def root(level: Level, side: Side, mm: float) -> Clearance:
        named = Structure(kind=StructureKind.NERVE_ROOT, level=level, side=side)
        return Clearance(structure=named, at_least_mm=1.0, mm=mm, is_labelled=True, is_shielded=mm > 1.0)

    near = (root(Level.T7, Side.LEFT, 5.0), root(Level.T8, Side.LEFT, 0.6), root(Level.T9, Side.RIGHT, 1.2))
    known = replace(RESECTED.cuts[0].clearances[2], structure=CAVA, mm=12.3, is_labelled=True)
    one = replace(RESECTED.cuts[0], clearances=(*near, RESECTED.cuts[0].clearances[2], known))
    roots, vessels = sheet(with_margin(DURAL, cuts=(one,))).cuts[0].near

    assert (roots.said, roots.degree) == (f"0.5{THIN}mm T8 left", Degree.STOP)
    assert (vessels.said, vessels.unseen) == (f"12.0{THIN}mm vena cava", "no label: aorta")


def test_a_cut_that_a_person_placed_has_no_certificate() -> None:
    placed = replace(RESECTED.cuts[0], is_placed=True, proof="")

    assert sheet(with_margin(DURAL, cuts=(placed,))).cuts[0].proof == "placed by a person, not searched"


def test_a_face_that_nothing_bounds_is_told_as_such() -> None:
    posterior, anterior, left, dural = sheet(PLAN).faces

    assert (anterior.margin, anterior.barrier) == ("no number", "no cut and no labelled barrier")
    assert anterior.classes == "not known: intralesional or marginal or wide"
    assert anterior.gauge is None
    assert posterior.degree is None
    assert left.degree is Degree.CAUTION
    assert dural.also == f"disc T8 2.0{THIN}mm (1.0–3.0{THIN}mm)"


def test_both_policies_are_judged() -> None:
    strict, spine = sheet(PLAN).judged

    assert (strict.recommended, spine.recommended) == ("wide", "marginal")
    assert strict.said == "Enneking appropriate or Enneking inappropriate"
    assert "predicted from the plan: the margin that counts is pathology's" in strict.notes


# --- the price --------------------------------------------------------------------------------------------------------
def test_bone_is_told_by_part_and_by_the_way_it_goes() -> None:
    line = _line(PLAN, "Price", "bone T8")

    assert line.said.replace(THIN, " ") == "30.8 cc (29.8–31.8 cc) of 45.0 cc, 68 %"
    assert line.notes[0].replace(THIN, " ") == "body 100 % · pedicle left < 1 %"
    assert line.notes[1].replace(THIN, " ") == (
        "24.3 cc in the specimen, 6.2 cc piecemeal on the way in; 0.4 cc lost to the blades"
    )


def test_joints_and_ligaments_stand_together_with_their_sides() -> None:
    assert _line(PLAN, "Price", "facet joints").said == "T7/T8 left and right gone"
    assert _line(PLAN, "Price", "ligaments").said == (
        "anterior longitudinal ligament T8 · ligamentum flavum T7/T8 left and right"
    )
    assert sides([("L2/L3", "right"), ("L3", "")]) == ("L2/L3 right", "L3")


def test_a_root_that_goes_is_told_with_function_and_consent() -> None:
    line = _line(PLAN, "Price", "nerve roots")

    assert line.said == "T8 left"
    assert line.notes[0].startswith("T8 left: ")
    assert any(note.startswith("To be told and signed: ") for note in line.notes)
    assert line.notes[-1] == "spared: T8 right"


def test_roots_that_need_a_signature_and_those_of_breathing_are_loud() -> None:
    def line(*names: str) -> Line:
        taken = tuple(RootTaken(root=Root(name), is_whole=True, is_certain=True, basis="its label") for name in names)
        return _line(_priced(roots=Roots(taken=taken)), "Price", "nerve roots")

    assert (line("S3 left").degree, line("S3 left").word) == (Degree.URGENT, "SIGNATURE NEEDED")
    assert line("C4 left", "C4 right").word == "BREATHING"


def test_roots_that_nobody_can_tell_are_never_none() -> None:
    held = Roots(unknown=((Root("T9 left"), "not labelled"),))
    line = _line(_priced(roots=held), "Price", "nerve roots")

    assert line.said == "not known of T9 left"
    assert line.is_unknown
    assert "T9 left: not labelled" in line.notes


def test_none_is_not_said_alone_of_roots_that_nobody_followed() -> None:
    line = _line(_priced(roots=Roots(unfollowed=((Root("T9 left"), "no label"),))), "Price", "nerve roots")

    assert line.said == "none; not followed: T9 left"
    assert "T9 left: no label" in line.notes


def test_four_levels_of_arteries_on_both_sides_are_a_stop() -> None:
    calm, loud = (_line(plan, "Price", "segmental arteries") for plan in (PLAN, _priced(arteries=ARTERIES_OF_FOUR)))

    assert (calm.said, calm.degree) == ("T8 left and right", None)
    assert loud.degree is Degree.STOP
    assert loud.notes[0] == "both sides at 4 consecutive levels, T6 to T9"


def test_what_no_label_tells_is_said_to_be_unknown() -> None:
    bare = _priced(
        bodies=unknown("label of the tumour"),
        dura=unknown("label of the thecal sac"),
        vertebral_arteries=unknown("label of the left vertebral artery"),
        unopened=(Unopened(opening=Opening(level=Level.T9, parts=LAMINAE), why="no parts"),),
        beyond=("a piece reaches above T7, where no vertebra is labelled",),
    )
    told = {line.label: line for line in _block(bare, "Price").lines}

    for label in (
        "body lost, tumour included",
        "dura",
        "vertebral arteries",
        "bone T9",
        "beyond the labels",
        "pleura, lung",
    ):
        assert told[label].is_unknown
        assert told[label].said.startswith("not known: ")


def test_what_must_be_rebuilt_is_short_and_the_list_stands_aside() -> None:
    line = _line(PLAN, "Price", "to reconstruct")
    aside = _block(PLAN, "What holds the column no more, one by one")

    assert line.said == "front of the column cut through at T8: to be bridged"
    assert line.notes == ("hold no more as they did: 1 disc, 2 facet joints, 1 pedicle or lamina and 3 ligaments",)
    assert aside.is_aside
    assert len(aside.lines) == len(PRICE.stability.to_reconstruct)


def test_an_operation_without_a_price_says_so_and_observation_takes_nothing() -> None:
    assert _block(replace(PLAN, price=None), "Price").lines[0].is_unknown
    assert _block(OBSERVED, "Price").lines[0].said == "nothing: the tumour stays"
    assert _block(OBSERVED, "Approach").lines[0].said == "none is needed"


# --- ways out and in --------------------------------------------------------------------------------------------------
def test_the_way_out_is_told_with_its_steps_and_nearest_structures() -> None:
    told = {line.label: line for line in _block(PLAN, "Way out of the specimen").lines}

    assert told["the specimen"].said == "can leave to the left in 1 move"
    assert told["the specimen"].degree is None
    assert told["nearest to it"].said.replace(THIN, " ") == "thecal sac 0.5 mm · aorta 4.0 mm"
    steps = _block(PLAN, "Way out, move by move").lines
    assert steps[0].said.replace(THIN, " ") == "to 12.0 mm left, 6.0 mm forward, turned 30° (its front to its right)"


def test_steps_in_one_direction_are_one_move() -> None:
    assert PLAN.resected is not None
    places = (*((3.0 * nth, 0.0) for nth in range(6)), (15.0, -3.0), (15.0, -6.0))
    moves = tuple(Move(turn_deg=0.0, left_mm=left, back_mm=back) for left, back in places)
    found = with_margin(DURAL, delivery=replace(PLAN.resected.delivery, moves=moves))
    told = _block(found, "Way out, move by move").lines

    assert [line.said.replace(THIN, " ") for line in told[:2]] == ["to 15.0 mm left", "to 15.0 mm left, 6.0 mm forward"]
    assert told[2].label == "thecal sac"
    assert _block(found, "Way out of the specimen").lines[0].said == "can leave to the left in 2 moves"


@pytest.mark.parametrize(
    ("found", "loud", "word"),
    [
        (STUCK, Degree.STOP, "BLOCKED"),
        (Delivery(outcome=Outcome.NOT_FOUND), Degree.CAUTION, "NO WAY FOUND"),
        (Delivery(outcome=Outcome.UNKNOWN, missing=("aorta",)), Degree.CAUTION, "NOT KNOWN"),
    ],
)
def test_a_specimen_that_cannot_leave_is_loud(found: Delivery, loud: Degree, word: str) -> None:
    line = _block(with_margin(DURAL, delivery=found), "Way out of the specimen").lines[0]

    assert (line.degree, line.word) == (loud, word)
    assert "can leave" not in line.said


def test_a_way_past_what_is_labelled_is_not_called_free() -> None:
    assert PLAN.resected is not None
    open_ = replace(PLAN.resected.delivery, outcome=Outcome.UNKNOWN, missing=("label of the aorta",))
    first, second, *_ = _block(with_margin(DURAL, delivery=open_), "Way out of the specimen").lines

    assert first.said == "past what is labelled there is a way to the left in 1 move"
    assert second.said == "not known: label of the aorta"


def test_what_blocks_the_way_and_what_would_free_it_is_named() -> None:
    told = {line.label: line.said for line in _block(SAGITTAL, "Way out of the specimen").lines}

    root = Structure(kind=StructureKind.NERVE_ROOT, level=Level.T8, side=Side.LEFT)
    assert told["in the way"] == str(root)
    assert told["would free it"] == "cutting nerve root T8 left"


def test_of_many_ways_in_the_first_stand_and_the_rest_is_aside() -> None:
    assert PLAN.approach is not None
    (first, *_) = PLAN.approach.choices
    many = replace(PLAN, approach=replace(PLAN.approach, choices=(first,) * 4))

    assert [line.label for line in _block(many, "Approach").lines] == ["1  staged", "2  staged"]
    assert _block(many, "Approach").note.startswith("2 more ways below.")
    aside = _block(many, "More ways in")
    assert (aside.is_aside, [line.label for line in aside.lines]) == (True, ["3  staged", "4  staged"])


def test_the_ways_in_carry_their_rules_and_what_is_open() -> None:
    first, second = _block(PLAN, "Approach").lines

    assert (first.label, first.said, first.is_draft) == ("1  staged", "posterior release, then anterior", False)
    assert first.notes == ("2 approaches, by APP-07", "APP-07: Plan a posterior release.")
    assert second.is_draft
    assert second.is_unknown
    assert second.notes[-1] == "if it turns out so; ask: is it a dumbbell tumour?"


# --- on the page ------------------------------------------------------------------------------------------------------
def test_the_drawn_operation_is_open_on_the_page_and_each_other_one_folded() -> None:
    page = report_html(patients.workup(plans=(PLAN, SAGITTAL)), patients.images(mm=3.0), fingerprint="")

    assert page.count('<section class="operation">') == 1
    assert page.count('<details class="operation">') == 1
    assert "Margin by face" in page.split('<section class="operation">')[1].split("</section>")[0]


def test_ribs_that_nobody_labelled_are_not_told_as_none() -> None:
    assert PLAN.price is not None
    bare = replace(PLAN, price=replace(PLAN.price, ribs=(), ribs_open=("rib T8 left",)))
    (line,) = (one for one in _block(bare, "Price").lines if one.label == "ribs cut or freed")

    assert line.said == "not known of T8 left: not labelled"
    assert line.is_unknown


def test_a_price_holds_every_kind_of_thing() -> None:
    labels = [line.label for line in _block(PLAN, "Price").lines]

    assert isinstance(PLAN.price, Price)
    assert labels == [
        "bone T8",
        "body lost, tumour included",
        "nerve roots",
        "segmental arteries",
        "facet joints",
        "discs",
        "ligaments",
        "ribs cut or freed",
        "dura",
        "pleura, lung",
        "to reconstruct",
    ]
