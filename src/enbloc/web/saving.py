"""What differs between a case and what somebody saves: which functions that takes, and who signs what is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import TypeVar

from enbloc.case.case import Case
from enbloc.case.confirmation import Confirmation, Confirmed
from enbloc.case.filled import FilledForm
from enbloc.case.finding import Entry
from enbloc.case.override import Override
from enbloc.errors import RecordError
from enbloc.record import Overtaken, Saved, UnitOfWork
from enbloc.value import value
from enbloc.web.listing import Listing, measured
from enbloc.web.rules import Function

Signable = TypeVar("Signable", Entry, FilledForm, Override, Confirmation)
FIXED = ("id", "schema", "origin", "images", "labels")
"""What no save changes: scans and label maps come by an intake."""
_OWN = ("findings", "overrides", "confirmations")
"""What has functions of its own; all else of a case is entered."""


@value
class Signature:
    """Who saves, as printed, and the day."""

    by: str
    on: date


def refuse_fixed(before: Case, after: Case) -> None:
    """Refuse what is no part of saving.

    Raises
    ------
    RecordError
        If it differs.
    """
    for name in FIXED:
        if getattr(before, name) != getattr(after, name):
            raise RecordError(
                "This cannot be changed here.", remedy="Leave it as it is; images and labels are brought.", where=name
            )


def signed_anew(before: Case, after: Case, signature: Signature) -> Case:
    """The case as it is saved: what is new or changed bears this signature, whatever it came with.

    An entry whose value was left as it was keeps the signature that it has. Who overrides a stop brings the case to
    that day.
    """
    signed = replace(
        after,
        findings=_signed(before.findings, after.findings, lambda one: (one.fact, one.about), signature),
        forms=_signed(before.forms, after.forms, lambda one: (one.instrument, one.about), signature),
        overrides=_signed(before.overrides, after.overrides, lambda one: (one.stop, one.about, one.act), signature),
        confirmations=_signed(before.confirmations, after.confirmations, lambda one: (one.of, one.sha256), signature),
    )
    is_overriding = any(one not in before.overrides for one in signed.overrides)
    return standing_at(signature.on, signed) if is_overriding else signed


def standing_at(day: date, case: Case) -> Case:
    """The case at this day if it stood at an earlier one: what is overridden today is void in a case of yesterday."""
    return replace(case, as_of=day) if case.as_of is not None and case.as_of < day else case


def _signed(
    before: Iterable[Signable], after: Iterable[Signable], key: Callable[[Signable], object], signature: Signature
) -> tuple[Signable, ...]:
    held = {key(one): one for one in before}
    return tuple(_one_signed(held.get(key(one)), one, signature) for one in after)


def _one_signed(before: Signable | None, after: Signable, signature: Signature) -> Signable:
    if before is not None and replace(after, by=before.by, on=before.on) == before:
        return before
    return replace(after, by=signature.by, on=signature.on)


def needed(before: Case, after: Case, seen: Listing | None) -> frozenset[Function]:
    """The functions that it takes to save ``after`` in the place of ``before``; ``seen`` is the latest work-up.

    Taking something away takes the same function as putting it there.
    """
    return frozenset(_needed(before, after, frozenset(seen.measured) if seen else frozenset()))


def _needed(before: Case, after: Case, seen: frozenset[str]) -> Iterator[Function]:
    if any(getattr(before, each.name) != getattr(after, each.name) for each in fields(Case) if each.name not in _OWN):
        yield Function.ENTER
    for one in _differing(before.findings, after.findings):
        yield Function.OVERRULE if one.because or measured(one.fact, one.about) in seen else Function.ENTER
    if before.findings != after.findings:
        yield Function.ENTER  # also where only their order is another
    if before.overrides != after.overrides:
        yield Function.OVERRIDE
    if before.confirmations != after.confirmations:
        yield Function.CONFIRM


def _differing(before: Iterable[Entry], after: Iterable[Entry]) -> Iterator[Entry]:
    earlier, later = list(before), list(after)
    yield from (one for one in later if one not in earlier)
    yield from (one for one in earlier if one not in later)


def refuse_unseen(before: Case, after: Case, seen: Listing | None) -> None:
    """Refuse a new confirmation of labels or a level that are not those of the latest work-up.

    Raises
    ------
    RecordError
        If it names another hash: then the person looked at something else.
    """
    for one in after.confirmations:
        if one in before.confirmations:
            continue
        hashes = {Confirmed.LABELS: seen.labels_sha256, Confirmed.LEVEL: seen.level_sha256} if seen else {}
        if not one.sha256 or hashes.get(one.of) != one.sha256:
            raise RecordError(
                f"The {one.of.value} confirmed here are not those of the case now.",
                remedy="Look at them again once it is worked up, and confirm then.",
                where="confirmations",
            )


def names_since(work: UnitOfWork, done: Saved | Overtaken | None) -> Mapping[str, str]:
    """How those are printed who saved meanwhile."""
    return work.names(one.line.by for one in done.since) if isinstance(done, Overtaken) else {}
