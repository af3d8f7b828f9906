"""The pages of the evidence: each step of the pathway, and the families of rules that belong to it."""

from __future__ import annotations

from collections.abc import Mapping

from enbloc.value import value


@value
class Step:
    """A page: a step of the pathway, and the families of rules that belong to it, each in words."""

    slug: str
    title: str
    families: Mapping[str, str]


STOPS, DISAGREEMENTS = "stops", "disagreements"

STEPS: tuple[Step, ...] = (
    Step(slug="red-flags", title="Red flags and clocks", families={"RED": "red flags and the time they leave"}),
    Step(slug="data-set", title="Data set", families={"EVAL": "what has to be known"}),
    Step(slug="imaging", title="Imaging", families={"IMG": "which image, how, and how old"}),
    Step(slug="biopsy", title="Biopsy", families={"BX": "whether, where and how tissue is taken"}),
    Step(slug="staging", title="Staging", families={"STG": "extent and stage"}),
    Step(slug="board", title="Board", families={"MDT": "who decides together, and where"}),
    Step(
        slug="frameworks",
        title="Frameworks for metastases",
        families={"NOMS": "by the four axes of NOMS", "LMNOP": "by those of LMNOP", "ISOC": "by the consortium"},
    ),
    Step(
        slug="steroid", title="Steroid", families={"STER": "steroid in compression, before tissue, with radiotherapy"}
    ),
    Step(slug="metastases", title="Metastases", families={"DEC": "whether to operate", "MET": "by primary"}),
    Step(slug="primary-tumours", title="Primary tumours", families={"PRIM": "by histology and stage"}),
    Step(slug="intradural-tumours", title="Intradural tumours", families={"INTRA": "within the dura, within the cord"}),
    Step(slug="monitoring", title="Neuromonitoring", families={"IONM": "what to monitor, and what to do on a loss"}),
    Step(slug="roots", title="Nerve roots", families={"NERV": "what a root costs when it is cut"}),
    Step(
        slug="vessels",
        title="Vessels and embolisation",
        families={"VASC": "vessels", "EMB": "embolisation", "EMB-TACE": "transarterial chemoembolisation"},
    ),
    Step(slug="approach", title="Approach", families={"APP": "the way in, by zone and level"}),
    Step(
        slug="preparation",
        title="Preparation of the patient",
        families={"ANES": "anaesthesia and fitness", "ERAS": "enhanced recovery", "EDU": "education and consent"},
    ),
    Step(slug="resection", title="Resection", families={"RES": "resection", "DECOMP": "decompression"}),
    Step(slug="stabilisation", title="Stabilisation", families={"STAB": "what a construct spans and where it ends"}),
    Step(
        slug="percutaneous",
        title="Minimally invasive and percutaneous procedures",
        families={"MIS": "minimally invasive or open", "MIS-OUT": "home on the same day", "PERC": "cement and heat"},
    ),
    Step(
        slug="after-surgery",
        title="After surgery",
        families={
            "PATH": "pathology",
            "CLOS": "closure",
            "POST": "the first days",
            "VTE": "thrombosis",
            "REHAB": "rehabilitation",
        },
    ),
    Step(
        slug="radiotherapy", title="Radiotherapy", families={"RT": "dose and timing", "OAR": "organs", "CTV": "target"}
    ),
    Step(slug="systemic-drugs", title="Systemic drugs", families={"SYS": "drugs around an operation"}),
    Step(
        slug="follow-up", title="Follow-up and complications", families={"FU": "what is due", "COMP": "complications"}
    ),
    Step(slug="palliative-care", title="Palliative care", families={"PALL": "comfort and the patient's veto"}),
    Step(slug=STOPS, title="Stops", families={"STOP": "what blocks a plan"}),
    Step(slug=DISAGREEMENTS, title="Where sources disagree", families={"DISAGREE": "both positions"}),
)
FURTHER = Step(slug="further", title="Further rules", families={})
"""Where a family goes that belongs to no step yet: nothing that was declared is left out."""
