"""How a case answers what survival scores ask about a patient's state: Karnofsky, ECOG, walking.

A Karnofsky status is never read off an ECOG status in silence, nor the other way round. Where only the other one is
known, the item is every status that any published table allows, and a flag names the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from enbloc.case import fact as vocabulary
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings
from enbloc.case.neurology import Ambulation
from enbloc.errors import RecordError
from enbloc.stage.form import Reads
from enbloc.stage.performance.crosswalk import any_of, ecog_by_mapping, in_words, karnofsky_by_mapping
from enbloc.stage.reading import Reading

PATIENT = "patient"


def karnofsky(cuts: Sequence[float]) -> Reads:
    """Reads the Karnofsky status; where only ECOG is known, one status of every band that a published table allows."""

    def read(case: Case, findings: Findings, lesion: str) -> Reading:
        status = findings.value(vocabulary.KARNOFSKY, PATIENT)
        if status is not None:
            return _observed(vocabulary.KARNOFSKY, status, is_death=status == 0)
        ecog = findings.value(vocabulary.ECOG, PATIENT)
        if ecog is None:
            return _unknown(vocabulary.KARNOFSKY)
        tables = karnofsky_by_mapping(ecog)
        alive = [each for each in any_of(tables) if each]
        flag = f"Karnofsky derived from ECOG {ecog} under all published tables: {in_words(tables)}"
        return _derived(vocabulary.KARNOFSKY, vocabulary.ECOG, _one_of_each_band(alive, cuts), flag)

    return read


def ecog(cuts: Sequence[float], low: float) -> Reads:
    """Reads the ECOG status, at least ``low``; where only Karnofsky is known, as `karnofsky` does.

    A status below ``low`` is refused: nobody of the cohort had one.
    """

    def read(case: Case, findings: Findings, lesion: str) -> Reading:
        status = findings.value(vocabulary.ECOG, PATIENT)
        if status is not None:
            if status < low:
                raise _outside(f"ECOG {status}", low)
            return _observed(vocabulary.ECOG, status, is_death=status == 5)
        karnofsky = findings.value(vocabulary.KARNOFSKY, PATIENT)
        if karnofsky is None:
            return _unknown(vocabulary.ECOG)
        tables = ecog_by_mapping(karnofsky)
        reached = [each for each in any_of(tables) if low <= each < 5]
        if not reached:
            raise _outside(f"Karnofsky {karnofsky}, by every published table an ECOG status outside,", low)
        flag = f"ECOG derived from Karnofsky {karnofsky} under all published tables: {in_words(tables)}"
        return _derived(vocabulary.ECOG, vocabulary.KARNOFSKY, _one_of_each_band(reached, cuts), flag)

    return read


def walks(case: Case, findings: Findings, lesion: str) -> Reading:
    """Whether the patient walks; with an aid it stays open, for no paper read here says how an aid was counted."""
    stated = findings.value(vocabulary.AMBULATION, PATIENT)
    if stated is None:
        return _unknown(vocabulary.AMBULATION)
    values = {Ambulation.INDEPENDENT.value: (True,), Ambulation.NONE.value: (False,)}.get(stated, (False, True))
    ask = "walks with an aid: does that count as walking here?" if len(values) > 1 else ""
    return Reading(
        name="ambulatory", values=values, facts=(vocabulary.AMBULATION.id,), ask=ask, note=f"walking: {stated}"
    )


def walking(by_word: dict[Ambulation, tuple[Enum, ...]]) -> Reads:
    """Reads an instrument's own words for walking; several where the word of the record does not tell them apart."""

    def read(case: Case, findings: Findings, lesion: str) -> Reading:
        stated = findings.value(vocabulary.AMBULATION, PATIENT)
        if stated is None:
            return _unknown(vocabulary.AMBULATION)
        values = by_word[Ambulation(stated)]
        ask = "walks with an aid: judged independent or not?" if len(values) > 1 else ""
        return Reading(
            name="walking", values=values, facts=(vocabulary.AMBULATION.id,), ask=ask, note=f"walking: {stated}"
        )

    return read


def female(case: Case, findings: Findings, lesion: str) -> Reading:
    """Whether the patient is female."""
    sex = findings.value(vocabulary.SEX, PATIENT)
    values = () if sex is None else (sex.value == "female",)
    return Reading(name="female", values=values, facts=(vocabulary.SEX.id,), ask=vocabulary.SEX.ask)


def _observed(named: Fact[int], status: int, *, is_death: bool) -> Reading:
    if is_death:
        raise RecordError(
            f"A {named.words} of {status} is death: no survival score speaks of it.", remedy=f"Correct {named.id}."
        )
    return Reading(name=named.id, values=(status,), facts=(named.id,))


def _unknown(named: Fact[int] | Fact[str]) -> Reading:
    return Reading(name=named.id, values=(), facts=(named.id,), ask=named.ask)


def _derived(named: Fact[int], source: Fact[int], values: tuple[int, ...], flag: str) -> Reading:
    return Reading(name=named.id, values=values, facts=(source.id,), ask=named.ask, note=flag, flags=(flag,))


def _one_of_each_band(statuses: Iterable[int], cuts: Sequence[float]) -> tuple[int, ...]:
    """The lowest status of each band that the statuses lie in: the others of the band count alike."""
    by_band: dict[int, int] = {}
    for status in sorted(statuses):
        by_band.setdefault(sum(status >= cut for cut in cuts), status)
    return tuple(by_band.values())


def _outside(what: str, low: float) -> RecordError:
    return RecordError(
        f"{what} is not within this score: nobody of its cohort had an ECOG status below {low:g}.",
        remedy="Use another score.",
    )
