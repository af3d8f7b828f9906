"""The classes beside the scores: what is known of a lesion, and nothing where nothing is."""

from __future__ import annotations

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.finding import Findings, measured
from enbloc.case.table import TomitaSite
from enbloc.stage import PARAMETERS, classes
from tests.strategies import a_case


def test_each_class_is_given_where_something_is_known_of_it() -> None:
    found = Findings(
        found=(
            measured(f.TOMITA_SITES, "A", (TomitaSite.BODY,)),
            measured(f.EXTRADURAL_SHARE, "A", 100.0, low=99.0, high=100.0),
            measured(f.LOSS_ANTERIOR, Level.T8, 32.0, low=28.0, high=36.0),
            measured(f.LOSS_MIDDLE, Level.T8, 16.0, low=12.0, high=20.0),
            measured(f.LOSS_POSTERIOR, Level.T8, 0.0, low=-4.0, high=4.0),
            measured(f.TRANSLATION, Level.T8, 6.0, low=5.0, high=7.0),
            measured(f.SLIP, Level.T8, 18.0, low=15.0, high=21.0),
        )
    )
    made = classes(a_case(), found)
    assert [(one.instrument, one.at, one.categories) for one in made] == [
        ("tomita", "T8", ("type 1",)),
        ("compartment", "T8", ("extradural",)),
        ("genant", "T8", ("grade 2 wedge",)),
        ("meyerding", "T8", ("I",)),
    ]
    assert all(one.cites and one.version and not one.totals for one in made)


def test_nothing_known_is_no_class() -> None:
    assert classes(a_case(), Findings()) == ()


def test_every_threshold_is_named_once() -> None:
    names = [one.name for one in PARAMETERS]
    assert len(set(names)) == len(names)
    assert "translation that may be a subluxation" in names
