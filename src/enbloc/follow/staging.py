"""Every instrument about one case: what is decided, what is open and what would narrow it, what is refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.follow.result import NotUsed, Provenance
from enbloc.stage.comparison import Comparison
from enbloc.stage.every import NothingKnown, Refused, Result, known_of
from enbloc.stage.narrowing import Narrowing, narrowings
from enbloc.stage.registry import INSTRUMENTS
from enbloc.stage.score import Score
from enbloc.value import value


@value
class OpenScore:
    """A score that can still be several, and what each answer would leave of it, the best to ask for first."""

    score: Score
    narrowing: tuple[Narrowing, ...]

    @property
    def ask_first(self) -> str:
        """What to ask for first, in words; empty if nothing that is asked for can narrow it."""
        return next((one.words for one in self.narrowing), next(iter(self.score.missing), ""))


@value
class Staging:
    """What the instruments come to in one case."""

    provenance: Provenance
    case: str
    decided: tuple[Score, ...]
    open: tuple[OpenScore, ...]
    refused: tuple[Refused, ...]
    nothing_known: tuple[NothingKnown, ...]
    said: tuple[str, ...] = ()  # what was done to the images on reading
    unused: tuple[NotUsed, ...] = ()
    schema: Literal["enbloc/stage/1"] = "enbloc/stage/1"


@value
class SurvivalStaging:
    """The survival instruments side by side, of each lesion of one case."""

    provenance: Provenance
    case: str
    comparisons: tuple[Comparison, ...]
    said: tuple[str, ...] = ()
    unused: tuple[NotUsed, ...] = ()
    schema: Literal["enbloc/survival/1"] = "enbloc/survival/1"


def staging(provenance: Provenance, case: Case, findings: Findings, results: Iterable[Result]) -> Staging:
    """The results sorted by how far they are decided; every one of them stands in one of the four groups."""
    each = tuple(results)
    scores = [one for one in each if isinstance(one, Score)]
    return Staging(
        provenance=provenance,
        case=case.id,
        decided=tuple(one for one in scores if is_decided(one)),
        open=tuple(_opened(one, case, findings) for one in scores if not is_decided(one)),
        refused=tuple(one for one in each if isinstance(one, Refused)),
        nothing_known=tuple(one for one in each if isinstance(one, NothingKnown)),
    )


def is_decided(score: Score) -> bool:
    """Whether a score has come to one category, and to one total where it has any."""
    return len(score.categories) == 1 and len(score.totals) <= 1


def _opened(score: Score, case: Case, findings: Findings) -> OpenScore:
    known = known_of(score, case, findings)
    ranked = () if known is None else narrowings(INSTRUMENTS[score.instrument], known)
    return OpenScore(score=score, narrowing=ranked)
