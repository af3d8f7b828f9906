"""Tomita's types against the worked examples, and every set of sites by complete enumeration."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations, product
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level, sector
from enbloc.case.finding import Finding, Findings, measured
from enbloc.case.lesion import Lesion
from enbloc.case.table import TomitaSite
from enbloc.errors import RecordError
from enbloc.stage.instrument import judged
from enbloc.stage.score import Score
from enbloc.stage.tomita import (
    BOTH_PEDICLES,
    OUTSIDE,
    READINGS,
    SITE_KEYS,
    SKIPS,
    TOMITA_SURGICAL,
    TWO_READINGS,
    Group,
    Spondylectomy,
    Type,
    group,
    spondylectomy,
    tomita_score,
    typed,
)
from tests.strategies import a_case, entered

SITES = tuple(TomitaSite)
EVERY = [frozenset(one) for one in chain.from_iterable(combinations(SITES, size) for size in range(1, 6))]


def at(*numbers: int) -> frozenset[TomitaSite]:
    return frozenset(SITES[number - 1] for number in numbers)


# Staging specification 5: sites, open sites, adjacent, skip, types.
WORKED = [
    ("1", at(2), at(), False, False, "1"),
    ("2", at(2, 3), at(), False, False, "2"),
    ("3", at(1, 2, 3, 4), at(), False, False, "4"),
    ("4", at(1, 5), at(), True, False, "6"),
    ("5", at(1, 4), at(), False, True, "7"),
    ("6", at(1), at(2), False, False, "12"),
]


def form(held: frozenset[TomitaSite], open_: frozenset[TomitaSite] = frozenset(), **more: bool) -> Score:
    """What the form gives for some sites, of which some are open."""
    sites = {name: site in held for name, site in SITE_KEYS.items() if site not in open_}
    return judged(TOMITA_SURGICAL, TOMITA_SURGICAL.read(sites | {"adjacent": False, "skip": False} | more))


def types(score: Score) -> str:
    return "".join(word.removeprefix("type ") for word in score.categories)


@pytest.mark.parametrize("row", WORKED, ids=[f"specification 5, row {row[0]}" for row in WORKED])
def test_worked_case(row: tuple[str, frozenset[TomitaSite], frozenset[TomitaSite], bool, bool, str]) -> None:
    _, sites, open_, adjacent, skip, reached = row
    found = form(sites, open_, adjacent=adjacent, skip=skip)
    assert types(found) == reached
    assert OUTSIDE not in found.flags


def test_every_set_of_sites() -> None:
    table = {at(1): "1", at(2): "1", at(3): "1", at(1, 2): "2", at(2, 3): "2", at(1, 2, 3): "3", at(1, 3): "23"}
    assert len(EVERY) == 31
    for held in EVERY:
        expected = "5" if SITES[4] in held else "4" if SITES[3] in held else table[held]
        found = typed(held, adjacent=False, skip=False)
        assert "".join(kind.value for kind in found.types) == expected
        assert found.is_outside == (held == at(1, 3) or not held & at(1, 2, 3))
        for adjacent in (False, True):
            assert typed(held, adjacent=adjacent, skip=True).types == (Type.TYPE_7,)
        assert typed(held, adjacent=True, skip=False).types == (Type.TYPE_6,)


def test_every_reach_is_the_union_of_its_completions() -> None:
    for states in product(range(3), repeat=5):  # absent, sure, open
        sure = frozenset(site for site, state in zip(SITES, states, strict=True) if state == 1)
        open_ = frozenset(site for site, state in zip(SITES, states, strict=True) if state == 2)
        if not sure | open_:
            continue
        completions = [held for held in EVERY if sure <= held <= sure | open_]
        plain = {kind.value for held in completions for kind in typed(held, adjacent=False, skip=False).types}
        found = form(sure, open_)
        assert set(types(found)) == plain
        assert len(found.missing) == len(open_)


def test_every_complete_form_by_the_table_and_every_case_as_its_form() -> None:
    """The 128 forms of seven yes-or-no items; where a case can say so, it gives the same."""
    table = {at(1): "1", at(2): "1", at(3): "1", at(1, 2): "2", at(2, 3): "2", at(1, 2, 3): "3", at(1, 3): "23"}
    for chosen, adjacent, skip in product(EVERY, (False, True), (False, True)):
        plain = "5" if SITES[4] in chosen else "4" if SITES[3] in chosen else table.get(chosen, "")
        found = form(chosen, adjacent=adjacent, skip=skip)
        assert types(found) == ("7" if skip else "6" if adjacent else plain)
        where = (Level.T8, *((Level.T9,) if adjacent else ()), *((Level.L3,) if skip else ()))
        score = tomita_score(a_case(), of(chosen, measured(f.LEVELS, "A", where)), "A")
        assert score is not None
        assert (score.instrument, score.categories, score.also) == ("tomita_surgical", found.categories, found.also)
        assert (score.warnings, score.checked, score.cites) == (found.warnings, found.checked, found.cites)
        assert set(found.flags) <= set(score.flags)


def test_both_readings_are_named() -> None:
    said = {one.name: one.values for one in form(at(1, 2)).also}
    first, second = (f"total en bloc spondylectomy if {words}" for words in READINGS)
    assert (said[first], said[second]) == (("relatively indicated",), ("recommended",))
    assert said["total en bloc spondylectomy"] == ("relative or recommended",)
    assert TWO_READINGS in form(at(1, 2)).flags
    apart = {one.name: one.values for one in form(at(1), skip=True).also}
    assert {apart[first], apart[second], apart["total en bloc spondylectomy"]} == {("not recommended",)}


def test_a_form_without_a_site_is_refused() -> None:
    with pytest.raises(RecordError, match="without a site"):
        form(at())


def test_more_tumour_never_lowers_the_type() -> None:
    ranks = list(Type)
    for held in EVERY:
        for more in SITES:
            now = typed(held, adjacent=False, skip=False).types
            then = typed(held | {more}, adjacent=False, skip=False).types
            assert ranks.index(then[-1]) >= ranks.index(now[0])


def test_no_site_is_refused() -> None:
    with pytest.raises(RecordError):
        typed((), adjacent=True, skip=True)


def test_groups_and_what_the_two_readings_say() -> None:
    said = [(group(kind), spondylectomy(kind)) for kind in Type]
    inside, outside = Group.INTRACOMPARTMENTAL, Group.EXTRACOMPARTMENTAL
    assert said == [
        (inside, Spondylectomy.RELATIVE),
        (inside, Spondylectomy.RELATIVE_OR_RECOMMENDED),
        (inside, Spondylectomy.RECOMMENDED),
        (outside, Spondylectomy.RECOMMENDED),
        (outside, Spondylectomy.RECOMMENDED),
        (outside, Spondylectomy.RELATIVE),
        (Group.MULTIPLE, Spondylectomy.NOT_RECOMMENDED),
    ]


def of(sites: frozenset[TomitaSite], *more: Finding[Any]) -> Findings:
    held = tuple(site for site in SITES if site in sites)
    return Findings(found=(measured(f.TOMITA_SITES, "A", held), *more))


def test_the_score_of_a_lesion_names_its_sites_and_both_readings() -> None:
    score = tomita_score(a_case(), of(at(1, 2)), "A")
    assert score is not None
    assert score.headline == "Tomita type 2"
    assert "sites 1 body, 2 pedicle; intracompartmental" in score.items[0].note
    assert "total en bloc spondylectomy relative or recommended" in score.items[0].note
    assert any("recommended for 3 to 5" in flag and "recommended for 2 to 5" in flag for flag in score.flags)
    assert SKIPS in score.flags
    seen = tomita_score(a_case(), of(at(1, 2), entered(f.WHOLE_SPINE_MRI, True, "patient")), "A")
    assert seen is not None
    assert SKIPS not in seen.flags


def test_an_open_site_and_an_open_level_keep_every_type() -> None:
    open_site = measured(f.TOMITA_SITES_OPEN, "A", (TomitaSite.PEDICLE,))
    score = tomita_score(a_case(), of(at(1, 2), open_site), "A")
    assert score is not None
    assert score.categories == ("type 1", "type 2")
    assert score.is_borderline
    levels = measured(f.LEVELS, "A", (Level.T8, Level.T9))
    score = tomita_score(a_case(), of(at(1), levels), "A")
    assert score is not None
    assert score.categories == ("type 6",)
    score = tomita_score(a_case(), of(at(1), levels, measured(f.LEVELS_OPEN, "A", (Level.T9,))), "A")
    assert score is not None
    assert score.categories == ("type 1", "type 6")


def test_vertebrae_apart_and_several_lesions_are_type_seven() -> None:
    apart = tomita_score(a_case(), of(at(1), measured(f.LEVELS, "A", (Level.T8, Level.L3))), "A")
    assert apart is not None
    assert apart.categories == ("type 7",)
    two = replace(a_case(), lesions=(*a_case().lesions, Lesion(id="B", levels=(Level.L3,))))
    several = tomita_score(two, of(at(1)), "A")
    assert several is not None
    assert several.categories == ("type 7",)


def test_what_the_table_does_not_hold_is_flagged_and_so_are_both_pedicles() -> None:
    score = tomita_score(a_case(), of(at(1, 3), measured(f.WBB_SECTORS, "A", (sector(4), sector(9)))), "A")
    assert score is not None
    assert score.categories == ("type 2", "type 3")
    assert OUTSIDE in score.flags
    assert BOTH_PEDICLES in score.flags
    assert not score.is_borderline


def test_unknown_sites_are_no_type() -> None:
    assert tomita_score(a_case(), Findings(), "A") is None
