"""One fact, and every score's own class of it; what no score lists stays open or is refused, never guessed."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.case.fact import PrimarySite
from enbloc.case.lesion import LesionKind
from enbloc.errors import RecordError
from enbloc.stage.registry import INSTRUMENTS
from enbloc.stage.survival.primary_site import HISTOLOGIES
from tests.stage.survival.cases import case, findings, known, score

ITEM = {"bollen_2014": "profile", "osri_2013": "ptp", "lent_2014": "tumour"}
GROWTHS = ("other of slow growth", "other of moderate growth", "other of rapid growth")
REFUSED = ("refused",)


def classes(id: str, facts: dict[str, Any], **record: Any) -> tuple[object, ...]:
    try:
        found = known(INSTRUMENTS[id], case(facts, **record)).get(ITEM.get(id, "primary"), ())
    except RecordError:
        return REFUSED
    return tuple(getattr(one, "value", one) for one in found)


def by_site(id: str) -> dict[str, tuple[object, ...]]:
    return {site.value: classes(id, {"tumour.primary_site": site.value}) for site in PrimarySite}


def grouped(id: str) -> dict[tuple[object, ...], set[str]]:
    groups: dict[tuple[object, ...], set[str]] = {}
    for site, found in by_site(id).items():
        groups.setdefault(found, set()).add(site)
    return groups


def test_tokuhashi_counts_what_it_does_not_list_as_other_and_colon_by_itself() -> None:
    found = by_site("tokuhashi_2005")
    own: tuple[str, ...] = (
        "lung",
        "breast",
        "prostate",
        "kidney",
        "bladder",
        "thyroid",
        "colon",
        "rectum",
        "stomach",
        "oesophagus",
    )
    own += ("pancreas", "gallbladder", "carcinoid", "osteosarcoma", "unidentified")
    assert all(found[site] == (site,) for site in own)
    assert found["liver, hepatocellular"] == found["liver, other or not stated"] == ("liver",)
    assert found["endometrium"] == found["uterus, other or not stated"] == ("uterus",)
    assert found["cervix"] == ("uterus", "other")
    others = {site for site, each in found.items() if each == ("other",)}
    assert {"other sarcoma", "myeloma", "lymphoma", "melanoma", "head and neck", "ovary"} <= others
    assert len(others) == len(PrimarySite) - len(own) - 5


def test_the_growth_that_tomita_does_not_name_is_classed_by_a_person() -> None:
    found = grouped("tomita_2001")
    assert {site for site, (one, *_) in by_site("tomita_2001").items() if one == "liver"} == {
        "liver, hepatocellular",
        "liver, other or not stated",
    }
    assert {"rectum", "melanoma", "other", "cervix", "other sarcoma"} <= found[GROWTHS]
    assert ("unidentified",) in found


def test_bauer_has_four_favourable_sites_and_cannot_say_not_lung_of_an_unidentified_one() -> None:
    found = by_site("bauer_modified_2008")
    for site in ("lung", "colon", "prostate", "breast", "kidney", "lymphoma", "myeloma"):
        assert found[site] == (site,)
    assert found["unidentified"] == ("lung", "other")
    assert found["melanoma"] == found["rectum"] == found["leukaemia"] == ("other",)


def test_sioutos_names_lung_and_colon() -> None:
    found = by_site("sioutos_1995")
    assert (found["lung"], found["colon"], found["rectum"]) == (("lung",), ("colon",), ("other",))
    assert found["unidentified"] == ("lung", "other")


@pytest.mark.parametrize("id", ["van_der_linden_2005", "rades_2008", "rades_2013_short"])
def test_radiotherapy_scores_name_few_sites(id: str) -> None:
    named = {"lung", "prostate", "breast"} | (set() if id.startswith("van") else {"myeloma", "lymphoma"})
    assert {site for site, found in by_site(id).items() if found != ("other",)} == named
    assert all(by_site(id)[site] == (site,) for site in named)


def test_katagiri_2005_leaves_a_liver_tumour_that_is_not_stated_open() -> None:
    found = by_site("katagiri_2005")
    assert found["liver, hepatocellular"] == ("hepatocellular",)
    assert found["liver, other or not stated"] == ("other", "hepatocellular")
    assert found["kidney"] == found["colon"] == found["unidentified"] == ("other",)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"tumour.primary_site": "lung"}, ("lung, molecularly targeted", "lung, without target")),
        ({"tumour.primary_site": "lung", "tumour.targetable_driver": True}, ("lung, molecularly targeted",)),
        ({"tumour.primary_site": "lung", "tumour.targetable_driver": False}, ("lung, without target",)),
        ({"tumour.primary_site": "breast", "tumour.hormone_dependent": False}, ("breast, hormone-independent",)),
        ({"tumour.primary_site": "prostate", "tumour.hormone_dependent": True}, ("prostate, hormone-dependent",)),
        ({"tumour.primary_site": "colon"}, ("colorectal",)),
        ({"tumour.primary_site": "rectum"}, ("colorectal",)),
        ({"tumour.primary_site": "bladder"}, ("urological, neither kidney nor prostate",)),
        ({"tumour.primary_site": "osteosarcoma"}, ("sarcoma",)),
        ({"tumour.primary_site": "uterus, other or not stated"}, ("sarcoma", "endometrium", "cervix")),
    ],
)
def test_katagiri_2014_goes_by_what_can_be_given(facts: dict[str, Any], found: tuple[str, ...]) -> None:
    assert classes("katagiri_2014", facts) == found


@pytest.mark.parametrize("site", ["carcinoid", "mesothelioma", "leukaemia", "other", "liver, other or not stated"])
def test_katagiri_2014_asks_about_what_it_does_not_list(site: str) -> None:
    assert len(classes("katagiri_2014", {"tumour.primary_site": site})) == 25
    asked = score(INSTRUMENTS["katagiri_2014"], case({"tumour.primary_site": site}))
    assert f"{site}: which class of this score it belongs to is not stated; ask the clinician" in asked.missing


def test_bollen_takes_three_profiles_by_example_and_refuses_what_it_left_out() -> None:
    found = grouped("bollen_2014")
    assert (found[("favourable",)], found[("moderate",)], found[("unfavourable",)]) == (
        {"breast"},
        {"prostate"},
        {"lung"},
    )
    assert found[REFUSED] == {"unidentified", "myeloma", "lymphoma", "leukaemia"}
    assert "kidney" in found[("favourable", "moderate", "unfavourable")]
    with pytest.raises(RecordError, match="its cohort left it out"):
        known(INSTRUMENTS["bollen_2014"], case({"tumour.primary_site": "unidentified"}))
    with pytest.raises(RecordError, match="not for this tumour"):
        score(INSTRUMENTS["bollen_2014"], case(kind=LesionKind.HAEMATOLOGICAL))


def test_the_points_of_the_oswestry_index_are_said_to_be_from_memory() -> None:
    found = by_site("osri_2013")
    assert (found["breast"], found["kidney"], found["melanoma"], found["lung"]) == ((1,), (2,), (4,), (5,))
    assert found["lymphoma"] == found["rectum"] == found["cervix"] == (1, 2, 4, 5)
    result = score(INSTRUMENTS["osri_2013"], case({"tumour.primary_site": "lung", "patient.karnofsky": 30}))
    assert result.totals == (7,)
    assert any("from memory" in flag for flag in result.flags)


def test_lent_has_its_own_classes() -> None:
    found = by_site("lent_2014")
    assert (found["ovary"], found["kidney"], found["leukaemia"]) == (
        ("gynaecological",),
        ("renal",),
        ("haematological",),
    )
    assert found["colon"] == found["unidentified"] == ("other",)


@pytest.mark.parametrize("word", HISTOLOGIES)
def test_a_word_of_the_histology_names_its_site_only_where_the_site_is_not_stated(word: str) -> None:
    sites = tuple(site.value for site in HISTOLOGIES[word])
    read = [classes("tokuhashi_2005", {"tumour.primary_site": site}) for site in sites]
    for written in (word, word.upper(), f"metastatic {word}"):
        assert classes("tokuhashi_2005", {}, histology=written) == tuple(one for each in read for one in each)
    assert classes("tokuhashi_2005", {"tumour.primary_site": "stomach"}, histology=word) == ("stomach",)


def test_colorectal_may_be_colon_or_rectum_and_what_would_tell_is_asked() -> None:
    record = case(histology="colorectal cancer")
    result = score(INSTRUMENTS["tokuhashi_2005"], record)
    (item,) = (one for one in result.items if one.name == "primary")
    assert item.values == ("colon", "rectum")
    assert item.note == "histology colorectal cancer read as colon or rectum"
    assert item.ask == "site of the primary tumour (unidentified: looked for and not found)"
    assert classes("katagiri_2014", {}, histology="colorectal cancer") == ("colorectal",)


@pytest.mark.parametrize("histology", [None, "chordoma", "adenocarcinoma", "carcinoma of the kidney, probably"])
def test_what_names_no_site_leaves_it_open(histology: str | None) -> None:
    for id in INSTRUMENTS:
        if INSTRUMENTS[id].is_survival and not INSTRUMENTS[id].needs:
            assert classes(id, {}, histology=histology) == ()


def test_a_site_that_is_not_listed_is_said() -> None:
    result = score(INSTRUMENTS["bauer_modified_2008"], case({"tumour.primary_site": "melanoma"}))
    assert "melanoma is not listed by the score" in [item.note for item in result.items]
    assert findings(case()).found
