"""The classes beside the scores: what is known of a lesion, and nothing where nothing is."""

from __future__ import annotations

from enbloc.case import fact as f
from enbloc.case.anatomy import Level, sector
from enbloc.case.finding import Findings, measured
from enbloc.case.table import TomitaSite
from enbloc.stage import PARAMETERS
from enbloc.stage.classes import classes, wbb_score
from enbloc.stage.wbb_form import NONE_ALLOWED
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
        ("tomita_surgical", "T8", ("type 1",)),
        ("compartment", "T8", ("extradural",)),
        ("genant", "T8", ("grade 2 wedge",)),
        ("meyerding", "T8", ("I",)),
    ]
    assert all(one.cites and one.version and not one.totals for one in made)


def test_resections_that_half_a_voxel_decides_stand_as_open_beside_none_at_all() -> None:
    involved = measured(f.WBB_SECTORS, "A", tuple(sector(number) for number in (5, 6, 7, 8)))
    open_ = measured(f.WBB_SECTORS_OPEN, "A", (sector(9),))
    layers = measured(f.WBB_LAYERS, "A", ("B",))
    settled = wbb_score(a_case(), Findings(found=(involved, layers)), "A")
    assert settled is not None
    assert settled.categories == ("en bloc vertebrectomy", "anterior-only resection (type 1)")
    assert [(one.values, one.borderline) for one in settled.items] == [(("allowed",), False)] * 2
    assert (settled.at, settled.missing) == ("T8", ())

    some = wbb_score(a_case(), Findings(found=(involved, open_, layers)), "A")
    assert some is not None
    assert [(one.name, one.is_settled, one.borderline) for one in some.items] == [
        ("en bloc vertebrectomy", True, False),
        ("anterior-only resection (type 1)", False, True),
    ]
    assert NONE_ALLOWED not in some.categories

    pedicles = measured(f.WBB_SECTORS_OPEN, "A", (sector(4), sector(9)))
    none = wbb_score(a_case(), Findings(found=(involved, pedicles)), "A")
    assert none is not None
    anterior = "anterior-only resection (type 1)"  # the layers may be A and B only
    assert none.categories == ("en bloc vertebrectomy", anterior, NONE_ALLOWED)
    assert [(one.ask, one.borderline) for one in none.items] == [("", True), (none.missing[0], False)]
    assert none.missing == ("layers of the tumour (A to F)",)


def test_nothing_known_is_no_class() -> None:
    assert classes(a_case(), Findings()) == ()


def test_every_threshold_is_named_once() -> None:
    names = [one.name for one in PARAMETERS]
    assert len(set(names)) == len(names)
    assert "translation that may be a subluxation" in names
