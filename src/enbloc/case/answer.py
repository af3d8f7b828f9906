"""Yes, no, or what we would need to know."""

from __future__ import annotations

from typing import NoReturn

from enbloc.value import value


@value
class Unknown:
    """No answer yet; ``ask`` lists, in clinical words, what would settle it.

    Examples
    --------
    >>> all_of(True, Unknown(ask=frozenset({"pain on movement"})))
    Unknown(ask=frozenset({'pain on movement'}))
    >>> all_of(False, Unknown(ask=frozenset({"pain on movement"})))
    False
    """

    ask: frozenset[str]

    def __bool__(self) -> NoReturn:
        raise TypeError("Unknown is neither yes nor no; compare with 'is True'.")


Answer = bool | Unknown


def unknown(*ask: str) -> Unknown:
    """An unknown that ``ask`` would settle."""
    return Unknown(ask=frozenset(ask))


def all_of(*answers: Answer) -> Answer:
    """True if all are; one False settles it whatever is unknown."""
    for answer in answers:
        if answer is False:
            return False
    return _pending(answers, otherwise=True)


def any_of(*answers: Answer) -> Answer:
    """True if one is; one True settles it whatever is unknown."""
    for answer in answers:
        if answer is True:
            return True
    return _pending(answers, otherwise=False)


def negated(answer: Answer) -> Answer:
    """The opposite; what is unknown stays so."""
    return answer if isinstance(answer, Unknown) else not answer


def _pending(answers: tuple[Answer, ...], *, otherwise: bool) -> Answer:
    open_ = [answer for answer in answers if isinstance(answer, Unknown)]
    if len(open_) < 2:
        return open_[0] if open_ else otherwise
    return Unknown(ask=open_[0].ask.union(*[answer.ask for answer in open_[1:]]))
