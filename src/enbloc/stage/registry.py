"""Every instrument that is declared in one shape, by its id; each is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib import import_module

from enbloc.errors import RecordError
from enbloc.stage.instrument import Instrument

RESERVED = ("all", "survival")
"""Words that name several instruments at once."""

_TABLE = {
    "sins": "sins",
    "escc": "escc",
    "wbb_form": "wbb",
    "boriani": "boriani_2018",
    "tomita": "tomita_surgical",
    "compartment_form": "compartment",
    "genant": "genant",
    "meyerding": "meyerding",
    "survival": (
        "sioutos_1995 tomita_2001 tokuhashi_2005 van_der_linden_2005 katagiri_2005 bauer_modified_2008 "
        "rades_2008 chao_rpa_2012 rades_2013_short osri_2013 bollen_2014 katagiri_2014 lent_2014 nesms prism "
        "balagamwala_rpa_2018 sbrt_os_2023"
    ),
    "neurology": "isncsci frankel",
    "function": "mccormick_1990 mccormick_modified nurick mjoa",
    "outcome": (
        "sosgoq2_physical sosgoq2_pain sosgoq2_mental sosgoq2_social odi ndi eq5d_3l eq5d_5l eq5d_vas nrs vas "
        "bpi_severity bpi_interference promis esas"
    ),
    "surgical": "enneking margin enneking_appropriate tnm_8_spine pedicle",
    "frailty": "mfi5 mfi11 mstfi_2016 stfi_2017 cci cci_age efs rai psoas asa cfs",
    "stability": "harrington kostuik taneichi",
    "fracture": "vcf_kowalchuk_2022",
    "response": "recist_bone mda_bone spino pain_response vcf_after_sbrt bridwell",
    "performance": "karnofsky ecog",
    "complication": "clavien_dindo saves_v1 saves_v2 caprini",
    "radiographic": (
        "cobb local_kyphosis height_loss canal_compromise maximum_canal_compromise maximum_cord_compression "
        "cord_compression_ratio cord_area_ratio fluid_round_cord translation sacral_resection"
    ),
    "external": (
        "bartels sorg_nomogram_2016 sorg_mla_2019 pathfx_3 lsms_2023 rades_2008_ambulation rades_elderly "
        "rades_2012_unknown_primary rades_2013_long_term chordoma_nomogram chondrosarcoma_nomogram smii gstsg"
    ),
}
"""The module or subpackage that declares an instrument, and the ids, in the order in which a list shows them.

Loading all of them takes most of a second, and a command asks for one.
"""

_HOMES = {id: home for home, ids in _TABLE.items() for id in ids.split()}


class _Registry(Mapping[str, Instrument]):
    """All instruments; a module is imported when the first of its instruments is asked for."""

    def __init__(self) -> None:
        self._loaded: dict[str, Instrument] = {}

    def __getitem__(self, id: str) -> Instrument:
        if id not in self._loaded:
            held = vars(import_module(f"enbloc.stage.{_HOMES[id]}"))
            those = held.get("INSTRUMENTS", [one for one in held.values() if isinstance(one, Instrument)])
            self._loaded |= {one.id: one for one in those}
        return self._loaded[id]

    def __contains__(self, id: object) -> bool:
        return id in _HOMES

    def __iter__(self) -> Iterator[str]:
        return iter(_HOMES)

    def __len__(self) -> int:
        return len(_HOMES)


INSTRUMENTS: Mapping[str, Instrument] = _Registry()
"""All of them, in the order in which a list shows them."""


def instrument(id: str) -> Instrument:
    """The instrument with this id.

    Raises
    ------
    RecordError
        If there is none; the remedy names the nearest.
    """
    if id in INSTRUMENTS:
        return INSTRUMENTS[id]
    near = get_close_matches(id, INSTRUMENTS, n=3, cutoff=0.4)
    hint = f"Did you mean {' or '.join(near)}?" if near else "'enbloc stage --list' lists them."
    raise RecordError(f"There is no instrument {id!r}.", remedy=hint)
