"""Stops that cannot be excluded, by what to ask for: none is lost, none is asked twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.decide.decision import Act, Degree, Holds, Statement
from enbloc.decide.families import RULES
from enbloc.decide.recommendation import Option, Standing
from enbloc.present.asking import TOPICS, open_topics, short_act, shortened, stoppings, words_of_acts
from enbloc.present.deliberation import counsel
from tests.present import decided


def test_every_stop_of_the_pathway_has_one_topic() -> None:
    listed = [stop for stops in TOPICS.values() for stop in stops]

    assert sorted(listed) == sorted(rule.id for rule in RULES.values() if rule.degree is Degree.STOP)


def _stop(rule: str, *asks: str) -> Statement:
    return replace(decided.STOP, rule=rule, about="A", ask=asks, do=f"Find out: {' · '.join(asks)}")


def _option(act: Act, standing: Standing, *stops: Statement) -> Option:
    return Option(act=act, about="A", words=act.value, standing=standing, because="", stops=stops)


OPTIONS = (
    _option(Act.SEPARATION, Standing.LEADING, _stop("STOP-06", "which levels?"), _stop("STOP-16", "drugs?", "INR?")),
    _option(Act.EN_BLOC, Standing.POSSIBLE, _stop("STOP-06", "which levels?"), _stop("STOP-15", "which roots?")),
    _option(Act.CEMENT, Standing.UNSUPPORTED, _stop("STOP-09", "which grade?"), _stop("STOP-16", "platelets?")),
    _option(Act.OBSERVATION, Standing.POSSIBLE),
)


def test_each_stop_and_each_question_stands_once_and_the_leading_option_goes_first() -> None:
    decision = decided.decided(options=OPTIONS, speaks=(), open_stops=(_stop("STOP-08", "decided when?", "drugs?"),))
    found = stoppings(decision, Holds.UNKNOWN)
    topics = open_topics(one for one in found if not one.is_aside)

    stops = [stop for topic in topics for stop in topic.stops]
    asked = [ask for stop in stops for ask in stop.questions]
    assert [stop.id for stop in stops] == ["STOP-08", "STOP-16", "STOP-06", "STOP-15"]
    assert len(asked) == len(set(asked))
    assert set(asked) == {"decided when?", "drugs?", "INR?", "platelets?", "which levels?", "which roots?"}
    assert [one.stop.rule for one in found if one.is_aside] == ["STOP-09"]


def test_the_acts_are_named_only_where_they_differ() -> None:
    everywhere = tuple(replace(one, stops=(*one.stops, _stop("STOP-36", "who?"))) for one in OPTIONS)
    found = {one.stop.rule: one.of for one in stoppings(decided.decided(options=everywhere), Holds.UNKNOWN)}

    assert found["STOP-03"] == ""  # of the case
    assert found["STOP-36"] == ""  # of every option
    assert found["STOP-06"] == "surgery"
    assert found["STOP-15"] == "en bloc"


def test_a_stop_that_asks_nothing_new_still_stands() -> None:
    again = (_stop("STOP-11", "dose?"), _stop("STOP-12", "dose?"))
    options = (_option(Act.RADIOSURGERY, Standing.LEADING, *again),)
    (topic,) = open_topics(stoppings(decided.decided(options=options, open_stops=()), Holds.UNKNOWN))

    assert [(stop.id, stop.questions) for stop in topic.stops] == [
        ("STOP-11", ("dose?",)),
        ("STOP-12", ("as asked above",)),
    ]


def test_a_risk_of_an_emergency_is_no_stop() -> None:
    risky = replace(OPTIONS[0], stops=(), risks=(_stop("STOP-17", "last dose?"),))
    decision = decided.decided(options=(risky,), open_stops=())

    assert stoppings(decision, Holds.UNKNOWN) == ()
    assert [one.id for one in counsel(decision, as_of=None).choices[0].risks] == ["STOP-17"]


@given(st.lists(st.sampled_from(Act), unique=True, min_size=1), st.data())
def test_acts_in_words_name_these_acts_and_no_other(among: list[Act], data: st.DataObject) -> None:
    acts = data.draw(st.lists(st.sampled_from(among), unique=True, min_size=1))
    said = words_of_acts(acts, among)

    if said.startswith("not "):
        left_out = {act for act in among if act not in acts}
        assert said == f"not {' or '.join(short_act(act) for act in among if act in left_out)}"
    elif "," in said or len(acts) == 1:
        known = {"surgery, cement or ablation"}
        assert said in known or said == ", ".join(short_act(act) for act in acts)
    else:
        others = [act for act in among if act not in acts]
        assert all(words_of_acts([*acts, other], among) != said for other in others)


@pytest.mark.parametrize(("asked", "shown"), [
    ([], ()),
    (["a", "b"], ("a", "b")),
    (["a", "b", "c"], ("a", "b", "c")),
    (["a", "b", "c", "d", "e"], ("a", "b", "and 3 more, in the annex")),
])  # fmt: skip
def test_of_many_questions_the_first_are_shown_and_the_rest_counted(asked: list[str], shown: tuple[str, ...]) -> None:
    assert shortened(asked) == shown
