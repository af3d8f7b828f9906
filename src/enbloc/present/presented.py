"""A case as it lay before the board: who it is, how it stood and which stops held, in the words of its page."""

from __future__ import annotations

from collections.abc import Mapping

from enbloc.case.case import Case, entered, recorded
from enbloc.present import words
from enbloc.present.banner import explained
from enbloc.present.case_page import CasePage
from enbloc.present.counsel import Counsel, Held, OverrideRow
from enbloc.present.identity import identity
from enbloc.present.worklist import NOT_WORKED_UP
from enbloc.value import value


@value
class OptionName:
    """What an act is called for one lesion: radiotherapy of a primary tumour is definitive."""

    about: str
    act: str
    words: str


@value
class Presented:
    """What a meeting saw of a case. A result has its fingerprint; a case that nobody worked up has none."""

    case: str
    version: int
    as_of: str
    fingerprint: str
    banner: str  # with its meaning; empty for a patient
    identity: str
    headlines: tuple[str, ...]
    readiness: str
    held: tuple[Held, ...]  # stops that hold
    urgent: tuple[Held, ...]
    open: tuple[str, ...]  # ids of the stops that cannot be excluded
    overridden: tuple[OverrideRow, ...]
    leading: tuple[str, ...]  # by the rules
    missing: tuple[str, ...]  # what to ask for
    options: tuple[OptionName, ...] = ()

    def spoken(self, lesion: str) -> Mapping[str, str]:
        """How the options of a lesion were named when they were looked at, by their acts."""
        return {one.act: one.words for one in self.options if one.about == lesion}


def presented(page: CasePage, *, version: int) -> Presented:
    """A version of a case as its page told it."""
    told = page.report
    return Presented(
        case=told.case,
        version=version,
        as_of=told.as_of,
        fingerprint=told.fingerprint,
        banner=told.banner,
        identity=told.identity,
        headlines=told.headlines[:-1],  # the last says whether it is ready
        readiness=told.readiness,
        held=tuple(one for one in told.counsel.held if not one.rule.is_open),
        urgent=tuple(one for one in told.counsel.urgent if not one.rule.is_open),
        open=_open(told.counsel),
        overridden=told.counsel.overrides,
        leading=tuple(one.choice.words for one in told.options if one.choice.is_leading),
        missing=told.counsel.missing,
        options=tuple(
            OptionName(about=one.choice.about, act=one.choice.act, words=one.choice.words) for one in told.options
        ),
    )


def presented_alone(case: Case, *, version: int) -> Presented:
    """A version of a case that nobody worked up: what its record says."""
    return Presented(
        case=case.id,
        version=version,
        as_of=words.day(case.stands_at),
        fingerprint="",
        banner=explained(case.origin),
        identity=identity(case, recorded(case) | entered(case)),
        headlines=(),
        readiness=NOT_WORKED_UP.upper(),
        held=(),
        urgent=(),
        open=(),
        overridden=(),
        leading=(),
        missing=(),
    )


def _open(told: Counsel) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stop.id for topic in told.open for stop in topic.stops))
