"""Every list of worked examples that the two specifications print, and the instruments whose rows execute it.

Read it beside the specifications, section by section: a number that no row executes is a failure, unless it is said
where else it is executed. Every registered instrument stands here, with its examples or with the reason for none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from enbloc.value import value


@value
class Printed:
    """One list of examples: its section, how many it holds, and which of them each instrument executes."""

    section: str
    examples: int
    by: Mapping[str, tuple[int, ...]]  # instrument id: numbers of the examples
    elsewhere: Mapping[int, str] = field(default_factory=dict)  # number: the test that executes it, and why not a row

    @property
    def everything(self) -> tuple[int, ...]:
        """The numbers of all its examples."""
        return tuple(range(1, self.examples + 1))


def _all(section: str, examples: int, *instruments: str) -> Printed:
    """Each of the instruments executes every example."""
    every = tuple(range(1, examples + 1))
    return Printed(section=section, examples=examples, by=dict.fromkeys(instruments, every))


_PROFILE = "tests/stage/outcome/test_eq5d.py: four digits are no form with an open item but a profile that is refused"

PROGNOSIS = (
    _all("prognosis 1.1", 4, "tokuhashi_2005"),
    _all("prognosis 1.2", 4, "tomita_2001"),
    _all("prognosis 1.3", 3, "bauer_modified_2008"),
    _all("prognosis 1.4", 3, "sioutos_1995"),
    _all("prognosis 1.5", 3, "van_der_linden_2005"),
    _all("prognosis 1.6 (2008)", 3, "rades_2008"),
    _all("prognosis 1.6 (short)", 3, "rades_2013_short"),
    _all("prognosis 1.7 (2014)", 4, "katagiri_2014"),
    _all("prognosis 1.7 (2005)", 3, "katagiri_2005"),
    _all("prognosis 1.8", 4, "bollen_2014"),
    _all("prognosis 1.9", 3, "osri_2013"),
    _all("prognosis 1.10 (2023)", 3, "sbrt_os_2023"),
    _all("prognosis 1.10 (Chao)", 3, "chao_rpa_2012"),
    _all("prognosis 1.10 (Balagamwala)", 3, "balagamwala_rpa_2018"),
    _all("prognosis 1.11", 3, "prism"),
    _all("prognosis 1.12", 4, "nesms"),
    _all("prognosis 1.14", 3, "lent_2014"),
    _all("prognosis 2.1 (mFI-5)", 3, "mfi5"),
    _all("prognosis 2.1 (mFI-11)", 3, "mfi11"),
    _all("prognosis 2.2", 3, "mstfi_2016"),
    _all("prognosis 2.3", 3, "stfi_2017"),
    _all("prognosis 2.3a", 3, "rai"),
    Printed(section="prognosis 2.4", examples=4, by={"cci": (1, 2, 3, 4), "cci_age": (1, 2, 3)}),
    _all("prognosis 2.5 (ASA)", 5, "asa"),
    _all("prognosis 2.5 (Edmonton)", 3, "efs"),
    _all("prognosis 2.6", 3, "psoas"),
    _all("prognosis 3 (Sahgal)", 3, "vcf_after_sbrt"),
    _all("prognosis 3 (Kowalchuk)", 3, "vcf_kowalchuk_2022"),
    _all("prognosis 5 (Clavien-Dindo)", 4, "clavien_dindo"),
    _all("prognosis 5 (SAVES)", 3, "saves_v1"),
    _all("prognosis 5 (Caprini)", 3, "caprini"),
    Printed(section="prognosis 8 (EQ-5D)", examples=3, by={"eq5d_5l": (1,), "eq5d_3l": (2,)}, elsewhere={3: _PROFILE}),
    _all("prognosis 8 (NDI)", 3, "ndi"),
    _all("prognosis 8 (ODI)", 3, "odi"),
    Printed(section="prognosis 8 (linear)", examples=3, by={"sosgoq2_pain": (1, 3), "sosgoq2_social": (2,)}),
)

STAGING = (
    _all("staging 1.5", 6, "sins"),
    _all("staging 2.5", 6, "escc"),
    _all("staging 3.5", 5, "enneking", "enneking_appropriate"),
    _all("staging 3.6", 4, "tnm_8_spine"),
    _all("staging 4.5", 6, "wbb"),
    _all("staging 5", 6, "tomita_surgical"),
    _all("staging 6", 4, "compartment"),
    _all("staging 7.1", 4, "kostuik"),
    _all("staging 7.2", 5, "taneichi"),
    _all("staging 7.3", 4, "genant"),
    _all("staging 7.4", 4, "harrington"),
    _all("staging 8.1", 5, "isncsci"),
    _all("staging 8.2", 4, "frankel"),
    _all("staging 8.3", 5, "mccormick_modified"),
    _all("staging 8.4", 4, "nurick"),
    _all("staging 8.5", 4, "mjoa"),
    Printed(section="staging 9", examples=4, by={"karnofsky": (1, 2), "ecog": (3, 4)}),
    Printed(
        section="staging 10",
        examples=6,
        by={
            "cobb": (1,),
            "height_loss": (2,),
            "canal_compromise": (3,),
            "maximum_canal_compromise": (4,),
            "maximum_cord_compression": (5,),
            "cord_compression_ratio": (6,),
        },
    ),
    _all("staging 11.1", 5, "recist_bone"),
    _all("staging 11.2", 5, "mda_bone"),
    _all("staging 11.3", 4, "spino"),
    _all("staging 11.4", 3, "vcf_after_sbrt"),
    _all("staging 11.5", 4, "bridwell"),
)

CHECKLIST = (*PROGNOSIS, *STAGING)

NO_FORM = {
    "prognosis 0": "how the specification is to be read; no example",
    "prognosis 1.13": "models that must not be computed: no example",
    "prognosis 4": "figures of local recurrence for the registry: no example",
    "prognosis 5 (infection, blood loss)": "figures only: no example",
    "prognosis 6": "statistics of the registry (Kaplan-Meier, Aalen-Johansen, concordance, net benefit, Brier): they "
    "are computed from a table of patients and not from a form, and belong to the registry",
    "prognosis 7": "refers to SINS: no example",
    "staging 7.5": "pedicle involvement is recorded: no example",
}
"""The sections that print no example of an instrument, with the reason."""

NO_EXAMPLE = {
    "bartels": "prognosis 1.13: recorded as obtained elsewhere and never computed",
    "boriani_2018": "staging 4.4 gives the criteria alone; the type 1 that 4.5 names is executed with wbb",
    "bpi_interference": "prognosis 8 gives the rule alone",
    "bpi_severity": "prognosis 8 gives the rule alone",
    "cfs": "prognosis 2.5 gives the classes alone",
    "chondrosarcoma_nomogram": "prognosis 1.13: recorded as obtained elsewhere and never computed",
    "chordoma_nomogram": "prognosis 1.13: recorded as obtained elsewhere and never computed",
    "cord_area_ratio": "staging 10 names the measure alone",
    "eq5d_vas": "prognosis 8 gives the range alone",
    "esas": "prognosis 8 gives the scale alone",
    "fluid_round_cord": "staging 10 names the measure alone",
    "gstsg": "prognosis 1.13: recorded as obtained elsewhere and never computed",
    "local_kyphosis": "staging 10 gives the definition alone",
    "lsms_2023": "prognosis 1.13: recorded as obtained elsewhere and never computed",
    "margin": "staging 3.2 gives the definitions alone; the examples of 3.5 are executed with enneking_appropriate",
    "mccormick_1990": "staging 8.3 prints examples of the modified scale alone",
    "meyerding": "no example is printed",
    "nrs": "prognosis 8 gives the range alone",
    "pain_response": "staging 11.3 gives the criteria alone",
    "pathfx_3": "prognosis 1.13: recorded as obtained elsewhere and never computed",
    "pedicle": "staging 7.5 gives the grades alone",
    "promis": "prognosis 8 gives the scale alone",
    "rades_2008_ambulation": "prognosis 1.6 gives the bands alone",
    "rades_2012_unknown_primary": "prognosis 1.6 gives the bands alone",
    "rades_2013_long_term": "prognosis 1.6 gives the bands alone",
    "rades_elderly": "prognosis 1.6 gives the bands alone",
    "sacral_resection": "staging 10 gives the types and figures alone",
    "saves_v2": "prognosis 5 prints examples of the first version alone",
    "smii": "prognosis 1.13: recorded as obtained elsewhere and never computed",
    "sorg_mla_2019": "prognosis 1.13: recorded as obtained elsewhere and never computed",
    "sorg_nomogram_2016": "prognosis 1.13: recorded as obtained elsewhere and never computed",
    "sosgoq2_mental": "a domain like the others: the examples of the transform are executed with two of them",
    "sosgoq2_physical": "a domain like the others: the examples of the transform are executed with two of them",
    "translation": "staging 10 gives the definition alone",
    "vas": "prognosis 8 gives the range alone",
}
"""The instruments of which neither specification prints an example, with the reason."""
