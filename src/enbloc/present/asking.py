"""Stops that cannot be excluded, put together by what to ask for: each stop once, each question once, none left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from enbloc.decide.decision import Act, Holds, Statement
from enbloc.decide.recommendation import Decision, Option, Recommended, Standing
from enbloc.present.counsel import OpenStop, OpenTopic
from enbloc.present.rules import about_words
from enbloc.value import value

TOPICS: dict[str, tuple[str, ...]] = {
    "decision and clock": ("STOP-04", "STOP-08"),
    "consent and record": ("STOP-28", "STOP-32", "STOP-35", "STOP-36"),
    "diagnosis": ("STOP-01", "STOP-02", "STOP-20", "STOP-23", "STOP-24", "STOP-37", "STOP-38", "STOP-42"),
    "imaging and level": ("STOP-03", "STOP-05", "STOP-29", "STOP-30", "STOP-31"),
    "drugs, blood, allergy": (
        *("STOP-10", "STOP-16", "STOP-17", "STOP-26", "STOP-27", "STOP-33", "STOP-34", "STOP-39"),
    ),
    "operation": (
        *("STOP-06", "STOP-07", "STOP-09", "STOP-13", "STOP-14"),
        *("STOP-15", "STOP-19", "STOP-21", "STOP-22", "STOP-40"),
    ),
    "radiotherapy": ("STOP-11", "STOP-12", "STOP-18", "STOP-25", "STOP-41"),
}
"""What each stop of the pathway asks about."""

OTHER = "other"
_TOPIC_OF = {stop: topic for topic, stops in TOPICS.items() for stop in stops}


@value
class Stopping:
    """One stop about one lesion: what it says, and the options that it concerns; none if it is about the case."""

    stop: Statement
    acts: tuple[Act, ...]
    among: tuple[Act, ...]  # the acts of all options of the lesion
    standings: tuple[Standing, ...]

    @property
    def is_aside(self) -> bool:
        """Whether it concerns nothing but options that are rejected or that no rule speaks for: it stands on them."""
        return bool(self.standings) and set(self.standings) <= {Standing.UNSUPPORTED, Standing.REJECTED}

    @property
    def leads(self) -> bool:
        """Whether it is about the case or about the leading option."""
        return not self.acts or Standing.LEADING in self.standings

    @property
    def of(self) -> str:
        """The acts in words; empty where it is about the case or about every option."""
        return "" if set(self.among) <= set(self.acts) else words_of_acts(self.acts, self.among)


def stoppings(decision: Decision, holds: Holds) -> tuple[Stopping, ...]:
    """Every stop that holds, or that cannot be excluded, once a lesion."""
    return tuple(one for lesion in decision.lesions for one in _of_lesion(lesion, holds))


def _of_lesion(lesion: Recommended, holds: Holds) -> Iterator[Stopping]:
    of_case = {one.rule: one for one in lesion.stops if one.holds is holds}
    found: dict[str, list[tuple[Option, Statement]]] = {}
    for option in lesion.options:
        for stop in option.stops:
            if stop.holds is holds and stop.rule not in of_case:
                found.setdefault(stop.rule, []).append((option, stop))
    among = tuple(option.act for option in lesion.options)
    yield from (Stopping(stop=stop, acts=(), among=among, standings=()) for stop in of_case.values())
    for each in found.values():
        yield Stopping(
            stop=_whole([stop for _, stop in each]),
            acts=tuple(option.act for option, _ in each),
            among=among,
            standings=tuple(option.standing for option, _ in each),
        )


def _whole(those: Sequence[Statement]) -> Statement:
    """What a stop says of several acts: as of the first, with the questions of all."""
    return replace(those[0], ask=tuple(dict.fromkeys(ask for one in those for ask in one.ask)))


def open_topics(those: Iterable[Stopping]) -> tuple[OpenTopic, ...]:
    """By what to ask for: the stops of the leading option first, each question where it is asked first."""
    asked: set[str] = set()
    found: dict[str, list[Stopping]] = {}
    for one in sorted(those, key=lambda one: (not one.leads, one.stop.rule)):
        found.setdefault(one.stop.rule, []).append(one)
    made = []
    for topic in (*TOPICS, OTHER):
        mine = [each for stop, each in found.items() if _TOPIC_OF.get(stop, OTHER) == topic]
        if mine:
            made.append(OpenTopic(topic=topic, stops=tuple(_stop(each, asked) for each in mine)))
    return tuple(made)


def _stop(each: Sequence[Stopping], asked: set[str]) -> OpenStop:
    """One stop, of one lesion or of several, with the questions that none before it asked."""
    stop = _whole([one.stop for one in each])
    fresh = [ask for ask in stop.ask if ask not in asked]
    asked.update(fresh)
    acts = dict.fromkeys(one.of for one in each)
    differing = "; ".join(f"{one.stop.about}: {one.of or 'all'}" for one in each)
    return OpenStop(
        id=stop.rule,
        about=about_words(stop.about),
        is_draft=stop.is_draft,
        of=differing if len(acts) > 1 else next(iter(acts)),
        questions=shortened(fresh) if fresh else ("as asked above",) if stop.ask else (),
    )


_FIRST = 2


def shortened(questions: Sequence[str]) -> tuple[str, ...]:
    """The first questions, and how many more the annex has.

    Examples
    --------
    >>> shortened(["a", "b", "c", "d"])
    ('a', 'b', 'and 2 more, in the annex')
    """
    more = len(questions) - _FIRST
    return tuple(questions) if more < 2 else (*questions[:_FIRST], f"and {more} more, in the annex")


# --- acts in words ----------------------------------------------------------------------------------------------------
SHORT = {
    Act.SEPARATION: "separation surgery",
    Act.EN_BLOC: "en bloc",
    Act.RADIOTHERAPY: "radiotherapy",
    Act.BIOPSY: "biopsy",
    Act.INTRALESIONAL: "intralesional",
    Act.INTRADURAL: "intradural",
    Act.CEMENT: "cement",
    Act.ABLATION: "ablation",
    Act.SYSTEMIC: "systemic therapy",
    Act.PALLIATIVE: "palliative care",
}
"""Names of acts where room is short; the others keep theirs."""

_FEW = 2


def short_act(act: Act) -> str:
    """The name of an act in a word or two."""
    return SHORT.get(act, act.value)


def words_of_acts(acts: Sequence[Act], among: Sequence[Act]) -> str:
    """These acts of all ``among`` them, in as few words as say it.

    Examples
    --------
    >>> words_of_acts((Act.EN_BLOC, Act.STABILISATION), (Act.EN_BLOC, Act.STABILISATION, Act.CEMENT))
    'surgery'
    >>> words_of_acts((Act.CEMENT, Act.SYSTEMIC), (Act.CEMENT, Act.SYSTEMIC, Act.OBSERVATION))
    'not observation'
    """
    for name, kind in _KINDS.items():
        if len(acts) > 1 and set(acts) == {act for act in among if kind(act)}:
            return name
    left_out = [act for act in among if act not in acts]
    if len(left_out) < min(len(acts), _FEW + 1):
        return f"not {' or '.join(short_act(act) for act in left_out)}"
    return ", ".join(short_act(act) for act in acts)


_NOT_LOCAL = (Act.SYSTEMIC, Act.PALLIATIVE, Act.OBSERVATION)

_KINDS: dict[str, Callable[[Act], bool]] = {
    "surgery": lambda act: act.is_surgery,
    "radiotherapy": lambda act: act.is_radiotherapy,
    "radiosurgery": lambda act: act.is_radiosurgery,
    "needle": lambda act: act.is_percutaneous,
    "surgery or needle": lambda act: act.is_surgery or act.is_percutaneous,
    "surgery or radiosurgery": lambda act: act.is_surgery or act.is_radiosurgery,
    "surgery or radiotherapy": lambda act: act.is_surgery or act.is_radiotherapy,
    "surgery or embolisation": lambda act: act.is_surgery or act is Act.EMBOLISATION,
    "surgery, cement or ablation": lambda act: act.is_surgery or act in (Act.CEMENT, Act.ABLATION),
    "local treatment": lambda act: act not in _NOT_LOCAL,
}
"""Words for several acts at once."""
