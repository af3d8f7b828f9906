"""The compartment of a tumour as a form: how much of it lies outside the dura, inside it, and within the cord.

A share is asked for in the three classes that count, so that the form and a measured case are judged by one rule.
"""

from __future__ import annotations

from enum import Enum
from itertools import combinations
from typing import Annotated

from enbloc.errors import RecordError
from enbloc.evidence import Checked
from enbloc.stage.compartment import ALONE_FROM, ALSO_FROM, CITES, VERSION, Compartment
from enbloc.stage.form import Ask
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value


class Share(Enum):
    """How much of the tumour lies in a compartment."""

    NEXT_TO_NOTHING = f"less than {ALSO_FROM.number:g} %"
    SOME = f"{ALSO_FROM.number:g} % to less than {ALONE_FROM.number:g} %"
    ALL = f"{ALONE_FROM.number:g} % or more"


def share_of(percent: float) -> Share:
    """The class of a share in per cent.

    Examples
    --------
    >>> share_of(4.9).value, share_of(5).value, share_of(90).value
    ('less than 5 %', '5 % to less than 90 %', '90 % or more')
    """
    if percent >= ALONE_FROM.number:
        return Share.ALL
    return Share.SOME if percent >= ALSO_FROM.number else Share.NEXT_TO_NOTHING


HELD = tuple(held for number in (1, 2, 3) for held in combinations(Compartment, number))
"""Every set of compartments that a tumour can lie in."""


def words(held: tuple[Compartment, ...]) -> str:
    """A set of compartments in words."""
    return " and ".join(one.value for one in held)


@value
class CompartmentForm:
    """Three shares, and whether the tumour runs into a foramen.

    Examples
    --------
    >>> form = CompartmentForm(
    ...     extradural=Share.SOME, extramedullary=Share.SOME, intramedullary=Share.NEXT_TO_NOTHING,
    ...     left_foramen=True, right_foramen=False,
    ... )
    >>> form.outcome.category, form.outcome.flags
    ('extradural and intradural extramedullary', ('dumbbell, in a left neural foramen',))
    """

    extradural: Annotated[Share, Ask(words="share of the tumour outside the dura")]
    extramedullary: Annotated[Share, Ask(words="share of the tumour inside the dura and outside the cord")]
    intramedullary: Annotated[Share, Ask(words="share of the tumour within the cord")]
    left_foramen: Annotated[bool, Ask(words="tumour in a left neural foramen")]
    right_foramen: Annotated[bool, Ask(words="tumour in a right neural foramen")]

    def __post_init__(self) -> None:
        """Raise RecordError where the three shares cannot make a whole."""
        all_of_it = self._shares.count(Share.ALL)
        some_of_it = self._shares.count(Share.SOME)
        if all_of_it > 1 or (not all_of_it and some_of_it < 2):
            raise RecordError("The shares of the three compartments do not make a whole.", remedy="Check the shares.")

    @property
    def _shares(self) -> tuple[Share, ...]:
        return (self.extradural, self.extramedullary, self.intramedullary)

    @property
    def compartments(self) -> tuple[Compartment, ...]:
        """The one that holds nine tenths, otherwise each that holds a sizeable share."""
        each = dict(zip(Compartment, self._shares, strict=True))
        alone = tuple(one for one, share in each.items() if share is Share.ALL)
        return alone or tuple(one for one, share in each.items() if share is Share.SOME)

    @property
    def outcome(self) -> Outcome:
        """The compartments, and on which side a tumour in two of them runs through a foramen."""
        held = self.compartments
        dumbbell = "dumbbell, " if Compartment.EXTRADURAL in held and len(held) > 1 else ""
        through = (("left", self.left_foramen), ("right", self.right_foramen))
        flags = tuple(f"{dumbbell}in a {side} neural foramen" for side, is_in in through if is_in)
        return Outcome(category=words(held), flags=flags)


_PUBLISHED = {
    Compartment.EXTRADURAL: (
        "about 55 % of spinal tumours in general hospitals: metastasis, myeloma, lymphoma, chordoma, chondrosarcoma,"
        " osteosarcoma, Ewing sarcoma, osteoid osteoma and osteoblastoma, giant cell tumour, aneurysmal bone cyst,"
        " haemangioma"
    ),
    Compartment.EXTRAMEDULLARY: (
        "about 40 %: meningioma, schwannoma, neurofibroma (55 % of this group together), myxopapillary ependymoma"
    ),
    Compartment.INTRAMEDULLARY: "about 5 %: ependymoma (adult), astrocytoma (child), haemangioblastoma, metastasis",
}

COMPARTMENT = Instrument(
    id="compartment",
    name="Compartment",
    version=VERSION,
    form=CompartmentForm,
    population="any tumour of the spine or cord",
    better=Better.NEITHER,
    categories=tuple(
        Category(word=words(held), published=_PUBLISHED[held[0]] if len(held) == 1 else "") for held in HELD
    ),
    warnings=("lymphoma may lie in all three",),
    checked=Checked.OURS,
    cites=CITES,
)
