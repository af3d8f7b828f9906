"""The order of options as decisions/0012 writes it, on rules made for the purpose."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.decide.decision import Act, Degree, Holds
from enbloc.decide.families import RULES
from enbloc.decide.ranking import Rank, Voice, Weighed, place, rank_of, ranked, standings
from enbloc.decide.recommendation import Standing
from enbloc.decide.rule import Rule
from enbloc.evidence import Checked

CHECKED, DRAFT = RULES["NOMS-07"], RULES["NOMS-08"]
HISTOLOGY, GENERAL, CLOCK = RULES["PRIM-01"], RULES["RT-01"], RULES["NOMS-05"]
STOP = RULES["STOP-25"]


def voice(rule: Rule, holds: Holds = Holds.YES) -> Voice:
    return Voice(rule=rule, holds=holds)


def weighed(act: Act, *supports: Voice, against: tuple[Rule, ...] = (), barred: tuple[Rule, ...] = ()) -> Weighed:
    return Weighed(act=act, supports=supports, against=tuple(voice(one) for one in against), barred=barred)


LADDER = (
    weighed(Act.SEPARATION, voice(CLOCK), voice(CHECKED)),
    weighed(Act.EN_BLOC, voice(HISTOLOGY)),
    weighed(Act.RADIOSURGERY, voice(CHECKED), voice(RULES["NOMS-03"])),
    weighed(Act.RADIOTHERAPY, voice(CHECKED)),
    weighed(Act.STABILISATION, voice(GENERAL)),
    weighed(Act.ABLATION, voice(CHECKED), against=(GENERAL,)),
    weighed(Act.CEMENT, voice(CHECKED), against=(RULES["NOMS-03"],)),
    weighed(Act.INTRALESIONAL, voice(CHECKED), against=(HISTOLOGY,)),
    weighed(Act.SYSTEMIC, voice(DRAFT)),
    weighed(Act.EMBOLISATION, voice(CHECKED, Holds.UNKNOWN)),
    weighed(Act.BIOPSY, voice(DRAFT, Holds.UNKNOWN)),
    weighed(Act.OBSERVATION),
    weighed(Act.PALLIATIVE, voice(CLOCK), barred=(STOP,)),
)
"""Every step of the order, the first first."""


def test_the_ladder_is_climbed_from_any_beginning() -> None:
    assert [one.act for one in ranked(LADDER[::-1])] == [one.act for one in LADDER]
    places = [place(one) for one in LADDER]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


def test_how_each_stands() -> None:
    found = dict(zip((one.act for one in LADDER), standings(LADDER), strict=True))
    assert found.pop(Act.SEPARATION) is Standing.LEADING
    assert found.pop(Act.OBSERVATION) is Standing.UNSUPPORTED
    assert {act for act, how in found.items() if how is Standing.REJECTED} == {Act.INTRALESIONAL, Act.PALLIATIVE}
    assert {how for act, how in found.items() if act not in (Act.INTRALESIONAL, Act.PALLIATIVE)} == {Standing.POSSIBLE}


def test_nothing_leads_where_all_is_barred_or_unsupported() -> None:
    assert Standing.LEADING not in standings((LADDER[-1], LADDER[-2]))


def test_a_draft_opposes_what_rests_on_drafts_alone() -> None:
    draft_against = replace(GENERAL, checked=Checked.FROM_MEMORY)
    assert weighed(Act.CEMENT, voice(CHECKED), against=(draft_against,)).opposition == 0
    assert weighed(Act.CEMENT, voice(DRAFT), against=(draft_against,)).opposition > 0


@pytest.mark.parametrize(("rule", "rank"), [
    ("RED-01", Rank.EMERGENCY), ("NOMS-05", Rank.EMERGENCY), ("DEC-01", Rank.EMERGENCY),
    ("PRIM-01", Rank.HISTOLOGY), ("MET-11", Rank.HISTOLOGY), ("INTRA-01", Rank.HISTOLOGY),
    ("NOMS-07", Rank.CELL), ("DEC-02", Rank.CELL), ("RT-01", Rank.GENERAL), ("BX-01", Rank.GENERAL),
])  # fmt: skip
def test_precedence_of_rules(rule: str, rank: Rank) -> None:
    assert rank_of(RULES[rule]) is rank


VOICES = st.builds(voice, st.sampled_from([CHECKED, DRAFT, HISTOLOGY, GENERAL, CLOCK]), st.sampled_from(list(Holds)))
ACTS = st.lists(st.sampled_from(list(Act)), min_size=1, max_size=5, unique=True)


@given(ACTS, st.data())
def test_laws_of_the_order(acts: list[Act], data: st.DataObject) -> None:
    some = st.lists(VOICES, max_size=3).map(tuple)
    those = tuple(
        Weighed(act=act, supports=data.draw(some),
                against=tuple(replace(one, holds=Holds.YES) for one in data.draw(some)),
                barred=data.draw(st.sampled_from([(), (STOP,)])))
        for act in acts
    )  # fmt: skip
    order = ranked(those)
    leading = [one for one, how in zip(order, standings(order), strict=True) if how is Standing.LEADING]
    assert len(leading) <= 1
    for one in leading:
        assert one.supports
        assert not one.barred
        kept = [each for each, how in zip(order, standings(order), strict=True) if how is Standing.POSSIBLE]
        if one.tier != 0:
            assert not any(each.tier == 0 for each in kept), "a checked rule that holds goes before"
    for shuffled in permutations(those):
        assert [place(one) for one in ranked(shuffled)] == [place(one) for one in order]
        break


def test_stops_that_bar_are_stops_that_speak_against_acts() -> None:
    barring = {one.id for one in RULES.values() if one.degree is Degree.STOP and one.against}
    assert barring == {f"STOP-{number}" for number in ("01", "02", "09", "23", "25", "37", "42")}
