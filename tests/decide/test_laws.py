"""Laws of the whole pathway and of the decision, on records drawn over the whole vocabulary.

What they are asked of is in `records`; `dangers` and `forgetting` name each exception with the letter of its row.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.finding import Finding
from enbloc.decide import decide
from enbloc.decide.decision import Act, Degree, Holds, Statement
from enbloc.decide.families import ACT_RULES, CASE_RULES, RULES
from enbloc.decide.histology import histologies, look_up
from enbloc.decide.recommendation import Decision, Option, Recommended
from enbloc.value import value
from tests.decide.dangers import DANGERS, Danger
from tests.decide.forgetting import EXCEPTED, is_excepted, together
from tests.decide.mirror import bag, mirrored, text
from tests.decide.records import Record, of_tumour, record, records
from tests.decide.rows import ROWS
from tests.decide.rows.row import Row
from tests.decide.situations import said, seen
from tests.sampling import IS_SWEEP, sampled

Place = tuple[str, Act | None, str]
"""A lesion, the act that is judged or none, and a rule."""


def examples(few: int) -> settings:
    """So many drawn records, and ten times as many in a sweep."""
    return settings(max_examples=few * 10 if IS_SWEEP else few)


@value
class Heard:
    """What is said of each lesion and of each act, and which acts are judged; a rule that is silent is not there."""

    every: dict[Place, Statement]
    judged: frozenset[tuple[str, Act | None]]

    @property
    def stops(self) -> set[Place]:
        """Every stop that holds or cannot be excluded."""
        return {place for place, one in self.every.items() if one.degree is Degree.STOP}

    @property
    def rules(self) -> set[str]:
        return {place[2] for place in self.every}


def heard(given_: Record) -> Heard:
    """What the pathway says of a record."""
    every: dict[Place, Statement] = {}
    judged: set[tuple[str, Act | None]] = set()
    for lesion in given_.heard.lesions:
        for act, group in ((None, lesion.said), *((one.act, one.said) for one in lesion.acts)):
            judged.add((lesion.about, act))
            every |= {(lesion.about, act, one.rule): one for one in group.every}
    return Heard(every=every, judged=frozenset(judged))


# --- adding a danger --------------------------------------------------------------------------------------------------
def without_it(given_: Record, danger: Danger) -> Iterator[tuple[Record, bool]]:
    """The record without a danger: with each harmless answer, and with none, which is said."""
    stated = danger.stated(danger.worse)
    yield from ((given_.with_(danger.stated(answer)), False) for answer in danger.harmless)
    yield given_.without((stated.fact, stated.about)), True


@examples(25)
@given(records, st.lists(st.sampled_from(DANGERS), min_size=4, max_size=4, unique_by=lambda one: one.words))
def test_a_danger_never_closes_a_stop(seed: int, those: list[Danger]) -> None:
    drawn = record(seed)
    for danger in those:
        worse = heard(drawn.with_(danger.stated(danger.worse)))
        for before, is_unknown in without_it(drawn, danger):
            gone = {place for place in heard(before).stops - worse.stops if place[:2] in worse.judged}
            named = danger.closes.keys() | (danger.settles.keys() if is_unknown else set())
            assert {place[2] for place in gone} <= named, (danger.words, gone)


def test_every_danger_is_read_by_a_stop_and_every_exception_names_one() -> None:
    for danger in DANGERS:
        assert danger.worse not in danger.harmless, danger.words
        assert {id for id in (*danger.closes, *danger.settles) if RULES[id].degree is not Degree.STOP} == set()
        assert all((*danger.closes.values(), *danger.settles.values())), "each with its letter"


# --- knowing less -----------------------------------------------------------------------------------------------------
@examples(40)
@given(records, st.randoms(use_true_random=False))
def test_knowing_less_never_makes_an_answer_more_certain(seed: int, dice: Any) -> None:
    drawn = record(seed)
    before = heard(drawn)
    known = [(one.fact, one.about) for one in drawn.findings.found]
    for fact, about in dice.sample(known, min(3, len(known))):
        now = heard(drawn.without(*((each, about) for each in together(fact))))
        for place in _settled(before, now):
            assert is_excepted(place[2], fact), (fact, *place, before.every.get(place), now.every.get(place))


def _settled(before: Heard, now: Heard) -> Iterator[Place]:
    """Where a rule came to an answer that it did not have."""
    both = before.judged & now.judged
    for place in sorted(before.every.keys() | now.every.keys(), key=str):
        then, since = before.every.get(place), now.every.get(place)
        is_open = since is not None and since.holds is Holds.UNKNOWN
        same = (then and then.holds) == (since and since.holds)
        if place[:2] in both and not same and not is_open:
            yield place


@pytest.mark.parametrize("row", sampled(ROWS, 300), ids=lambda row: f"{row[0]}: {row[1]}")
def test_one_answer_of_a_row_hidden_leaves_what_its_rule_says_or_opens_it(row: Row) -> None:
    id, _, known, more, verdict = row
    about = seen(known, **more)
    about.findings.taken()
    rules = CASE_RULES if about.plan is None else ACT_RULES
    next((one for one in rules if one.id == id), RULES[id])(about)
    read = {fact for fact, _ in about.findings.taken()}
    is_scored = any(fact.startswith("score.") for fact in read)  # a score reads what the rule itself does not
    for hidden in (one for one in known if known[one] is not None and (is_scored or one.id in read)):
        less: dict[Any, Any] = {one: held for one, held in known.items() if one.id not in together(hidden.id)}
        statement = said(id, seen(less, **more))
        now = statement.holds if statement else None
        assert now in {verdict, Holds.UNKNOWN} or is_excepted(id, hidden.id), hidden.id


def test_every_exception_names_rules_that_there_are_and_a_reason() -> None:
    families = {rule.family for rule in RULES.values()}
    for one in EXCEPTED:
        assert set(one.rules) <= RULES.keys() | families
        assert set(one.facts) <= f.FACTS.keys()
        assert one.because
        assert one.rules or one.facts, "nothing is excepted altogether"


# --- sides ------------------------------------------------------------------------------------------------------------
def told(lesion: Recommended) -> dict[tuple[str, str], Statement]:
    """Every statement about a lesion by the option that it stands under."""
    groups = (("", (*lesion.said.every, *lesion.stops)), *((one.act.value, one.every) for one in lesion.options))
    return {(where, one.rule): one for where, group in groups for one in group}


@examples(20)
@given(records)
def test_sides_exchanged_in_the_case_are_exchanged_in_the_advice(seed: int) -> None:
    drawn = record(seed)
    for one, other in zip(drawn.decided.lesions, mirrored(drawn).decided.lesions, strict=True):
        assert [(each.act, each.standing) for each in one.options] == [
            (each.act, each.standing) for each in other.options
        ]
        before, after = told(one), told(other)
        assert before.keys() == after.keys()
        for place, one_way in before.items():
            turned = after[place]
            assert (one_way.holds, one_way.degree) == (turned.holds, turned.degree), place
            for words, then in ((one_way.do, turned.do), (one_way.because, turned.because)):
                assert bag(text(words)) == bag(then), place


# --- order ------------------------------------------------------------------------------------------------------------
def in_any_order(lesion: Recommended) -> dict[str, Any]:
    """What is said of a lesion, whichever of several is named first in a sentence."""
    return {
        "options": [(one.act, one.standing, one.because) for one in lesion.options],
        "told": {
            place: (one.holds, bag(one.do), bag(one.because), sorted(one.ask), sorted(one.read))
            for place, one in told(lesion).items()
        },
        "stops": {one.rule for one in lesion.stops},
        "overridden": {(one.stop.rule, one.by.because) for one in lesion.overridden},
        "blocked": {(one.act, stop.rule) for one in lesion.options for stop in one.stops},
    }


@examples(8)
@given(records, st.randoms(use_true_random=False))
def test_no_order_of_lesions_findings_treatments_or_overrides_matters(seed: int, dice: Any) -> None:
    drawn = record(seed, lesions=3)
    case, found = drawn.case, drawn.findings
    first = {one.about: in_any_order(one) for one in drawn.decided.lesions}
    for mixed in (
        replace(drawn, case=replace(case, lesions=_mixed(case.lesions, dice))),
        replace(drawn, findings=replace(found, found=_mixed(found.found, dice))),
        replace(
            drawn,
            case=replace(case, treatments=_mixed(case.treatments, dice), overrides=_mixed(case.overrides, dice)),
        ),
    ):
        for lesion in mixed.decided.lesions:
            assert in_any_order(lesion) == first[lesion.about]


def _mixed(those: tuple[Any, ...], dice: random.Random) -> tuple[Any, ...]:
    return tuple(dice.sample(those, len(those)))


# --- branches (pathway, section E, note 7) ----------------------------------------------------------------------------
OF_METASTASIS = ("NOMS", "LMNOP", "ISOC", "DEC", "MET")
WITHOUT_A_BRANCH = {f.PRIMARY_SITE, f.CNS_GRADE, f.DUMBBELL, f.FORAMEN_LEFT, f.FORAMEN_RIGHT}
SHARES = {f.EXTRADURAL_SHARE, f.EXTRAMEDULLARY_SHARE, f.INTRAMEDULLARY_SHARE}

ALLOWED: dict[str, set[str]] = {
    # a selected solitary metastasis is the one row of B10 that is made for metastases
    "metastatic": {*OF_METASTASIS, "PRIM-29"},
    "primary_haem": {"NOMS", "LMNOP", "ISOC", "DEC", "MET-11", "MET-17", "PRIM-24", "PRIM-26"},
    "primary": {"PRIM"},
    "primary_or_metastatic": {"NOMS", "LMNOP", "ISOC", "DEC", "PRIM-29", "PRIM-39"},
    # what every primary tumour has: a name that fits no row, and a child or a pregnancy
    "intradural": {"INTRA", "PRIM-41", "PRIM-42"},
    "intradural metastasis": {"INTRA"},
    "either side of the dura": {"PRIM", "INTRA"},
}


def branch(origin: str, is_intradural: bool | None) -> str:
    if is_intradural is True:
        return "intradural metastasis" if origin == "metastatic" else "intradural"
    return "either side of the dura" if is_intradural is None and origin == "primary" else origin


@examples(30)
@given(records, st.sampled_from(histologies()))
def test_each_branch_keeps_to_its_own_rules(seed: int, tumour: Any) -> None:
    drawn = record(seed, may_state=lambda named: named not in WITHOUT_A_BRANCH | SHARES)
    assume(drawn.case.lesions[0].levels)  # without a level a name may be of two tumours, and every branch is open
    branched = {
        id for id in heard(of_tumour(drawn, tumour)).rules if RULES[id].family in {*OF_METASTASIS, "PRIM", "INTRA"}
    }
    mine = ALLOWED[branch(tumour.origin, tumour.is_intradural)]
    strange = {id for id in branched if id not in mine and RULES[id].family not in mine}
    assert not strange, tumour.key


@pytest.mark.parametrize(("age", "is_adult"), [(5.0, False), (17.0, False), (30.0, True)])
def test_of_a_child_with_neuroblastoma_only_its_own_rule_speaks(age: float, is_adult: bool) -> None:
    tumour = look_up("Neuroblastoma (dumbbell/metastatic)", levels=())
    assert tumour is not None
    may_state = WITHOUT_A_BRANCH | SHARES | {f.AGE}
    drawn = [record(seed, may_state=lambda one: one not in may_state, age=age) for seed in range(4)]
    for each in (heard(of_tumour(one, tumour)).rules for one in drawn):
        assert bool([id for id in each if RULES[id].family in {"NOMS", "DEC"}]) is is_adult
        assert ("PRIM-39" in each) is not is_adult


# --- overrides --------------------------------------------------------------------------------------------------------
def standing(decision: Decision) -> list[Any]:
    """Everything but what blocks."""
    options = [[replace(one, stops=(), overridden=()) for one in lesion.options] for lesion in decision.lesions]
    return [(lesion.said, each) for lesion, each in zip(decision.lesions, options, strict=True)]


def blocking(decision: Decision) -> Iterator[tuple[set[str], set[str]]]:
    """The stops that block, and those that a person overrode, of each lesion and each option."""
    those: list[Recommended | Option] = [*decision.lesions, *decision.options]
    for one in those:
        yield {each.rule for each in one.stops}, {each.stop.rule for each in one.overridden}


@examples(15)
@given(records)
def test_an_override_changes_what_blocks_and_nothing_else_and_stays_printed(seed: int) -> None:
    drawn = record(seed, overridden=True)
    bare = replace(drawn, case=replace(drawn.case, overrides=()))
    assert standing(drawn.decided) == standing(bare.decided)
    for (open_, met), (every, none) in zip(blocking(drawn.decided), blocking(bare.decided), strict=True):
        assert not none
        assert not open_ & met
        assert open_ | met == every, "what was overridden stays printed"
    for lesion in drawn.decided.lesions:
        assert all(met.stop in option.every for option in lesion.options for met in option.overridden)


# --- the decision as a whole ------------------------------------------------------------------------------------------
@examples(4)
@given(records)
def test_the_whole_decision_says_what_the_pathway_says(seed: int) -> None:
    drawn = record(seed)
    whole = decide(drawn.case, drawn.findings, drawn.scores, circumstances=drawn.circumstances)
    assert whole.contradictions == (), "what contradicts itself was withheld before"
    assert whole.lesions == drawn.decided.lesions
    assert whole.timeline == drawn.decided.timeline


def _answers(found: tuple[Finding[Any], ...]) -> set[tuple[str, str]]:
    return {(one.fact, one.about) for one in found}


def test_records_are_drawn_over_the_whole_vocabulary_and_the_same_each_time() -> None:
    drawn = [record(seed, lesions=1 + seed % 2) for seed in range(30)]
    assert drawn[7] == record(7, lesions=2)
    stated = {fact for one in drawn for fact, _ in _answers(one.findings.found)}
    assert len(stated) > 400
    assert {len(one.case.lesions) for one in drawn} == {1, 2}
    assert any(one.case.treatments for one in drawn)
    assert any(one.case.overrides for one in drawn)
