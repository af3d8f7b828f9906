"""What a dose plan says of the organs: to which of them, and how much, all fractions together.

A maximum is the dose to 0.03 to 0.035 cc. Where a volume must be spared, the number is the highest dose within the
stated volume that gets least: the volume stays below a limit if this number does.
"""

from __future__ import annotations

from enum import Enum

from enbloc.case.fact.kinds import Fact, Subject, Unit, number, word


class Organ(Enum):
    """An organ at risk other than the cord and the cauda equina, which are always asked for."""

    SACRAL_PLEXUS = "sacral plexus"
    BRACHIAL_PLEXUS = "brachial plexus"
    OESOPHAGUS = "oesophagus"
    JEJUNUM = "jejunum or ileum"
    DUODENUM = "duodenum"
    STOMACH = "stomach"
    COLON = "colon or rectum"
    SKIN = "skin"
    KIDNEY = "kidney"
    LUNG = "lung"
    LIVER = "liver"
    HEART = "heart"
    VESSELS = "great vessels"
    AIRWAY = "trachea or bronchus"
    BLADDER = "bladder"


ORGANS_NEAR: Fact[Organ] = word(
    "plan.organs_near_field",
    "organs in or near the planned field",
    Organ,
    Subject.LESION,
    "organs in or near the planned field, as the physicist lists them",
    many=True,
)

_MAXIMUM = "maximum (0.03 to 0.035 cc)"
ORGANS_CLEARED: Fact[Organ] = word(
    "plan.organs_cleared",
    "organs whose dose the physicist accepts where no limit is printed, or after earlier radiotherapy",
    Organ,
    Subject.LESION,
    "organs whose dose the physicist accepts although no limit is printed or they were irradiated before",
    many=True,
)


def _dose(id: str, organ: str, measure: str) -> Fact[float]:
    words = f"{organ}, {measure}"
    return number(f"plan.{id}_gy", words, Subject.LESION, Unit.GY, 0, 150, f"{words}, Gy in all fractions together")


def _share(id: str, words: str) -> Fact[float]:
    return number(f"plan.{id}_percent", words, Subject.LESION, Unit.PERCENT, 0, 100, f"{words}, % of its volume")


CORD_DMAX = _dose("cord_dmax", "cord or its planning risk volume", _MAXIMUM)
CORD_D035CC = _dose("cord_d035cc", "cord", "dose to 0.35 cc")
CORD_D03CC = _dose("cord_d03cc", "planning risk volume of the cord", "dose to 0.3 cc")
CORD_D12CC = _dose("cord_d12cc", "cord", "dose to 1.2 cc")
CAUDA_DMAX = _dose("cauda_dmax", "cauda equina (thecal sac below the conus)", _MAXIMUM)
CAUDA_D035CC = _dose("cauda_d035cc", "cauda equina", "dose to 0.35 cc")
CAUDA_D5CC = _dose("cauda_d5cc", "cauda equina", "dose to 5 cc")
SAC_DMAX = _dose("sac_dmax", "thecal sac", _MAXIMUM)
ROOT_DMAX = _dose("root_dmax", "nerve root or plexus in the target", "maximum (0.03 cc)")
SACRAL_PLEXUS_DMAX = _dose("sacral_plexus_dmax", "sacral plexus", _MAXIMUM)
SACRAL_PLEXUS_D5CC = _dose("sacral_plexus_d5cc", "sacral plexus", "dose to 5 cc")
BRACHIAL_PLEXUS_DMAX = _dose("brachial_plexus_dmax", "brachial plexus", _MAXIMUM)
BRACHIAL_PLEXUS_D3CC = _dose("brachial_plexus_d3cc", "brachial plexus", "dose to 3 cc")
OESOPHAGUS_DMAX = _dose("oesophagus_dmax", "oesophagus", _MAXIMUM)
OESOPHAGUS_D25CC = _dose("oesophagus_d25cc", "oesophagus", "dose to 2.5 cc")
OESOPHAGUS_D38CC = _dose("oesophagus_d38cc", "oesophagus", "dose to 3.8 cc")
OESOPHAGUS_D5CC = _dose("oesophagus_d5cc", "oesophagus", "dose to 5 cc")
JEJUNUM_DMAX = _dose("jejunum_dmax", "jejunum or ileum", _MAXIMUM)
JEJUNUM_D5CC = _dose("jejunum_d5cc", "jejunum or ileum", "dose to 5 cc")
DUODENUM_DMAX = _dose("duodenum_dmax", "duodenum", _MAXIMUM)
DUODENUM_D5CC = _dose("duodenum_d5cc", "duodenum", "dose to 5 cc")
DUODENUM_D10CC = _dose("duodenum_d10cc", "duodenum", "dose to 10 cc")
STOMACH_DMAX = _dose("stomach_dmax", "stomach", _MAXIMUM)
STOMACH_D10CC = _dose("stomach_d10cc", "stomach", "dose to 10 cc")
COLON_DMAX = _dose("colon_dmax", "colon or rectum", _MAXIMUM)
COLON_D20CC = _dose("colon_d20cc", "colon or rectum", "dose to 20 cc")
SKIN_DMAX = _dose("skin_dmax", "skin", _MAXIMUM)
SKIN_D10CC = _dose("skin_d10cc", "skin", "dose to 10 cc")
KIDNEYS_COLD = _dose("kidneys_cold_200cc", "cortex of both kidneys", "highest dose to the 200 cc that get least")
KIDNEY_MEAN = _dose("kidney_mean", "kidney that gets more", "mean dose")
LUNG_MEAN = _dose("lung_mean", "lung that gets more", "mean dose")
LUNGS_COLD_1500 = _dose("lungs_cold_1500cc", "both lungs", "highest dose to the 1500 cc that get least")
LUNGS_COLD_1000 = _dose("lungs_cold_1000cc", "both lungs", "highest dose to the 1000 cc that get least")
LIVER_COLD = _dose("liver_cold_700cc", "liver", "highest dose to the 700 cc that get least")
HEART_DMAX = _dose("heart_dmax", "heart", _MAXIMUM)
HEART_D15CC = _dose("heart_d15cc", "heart", "dose to 15 cc")
VESSELS_DMAX = _dose("vessels_dmax", "great vessels", _MAXIMUM)
VESSELS_D10CC = _dose("vessels_d10cc", "great vessels", "dose to 10 cc")
AIRWAY_DMAX = _dose("airway_dmax", "trachea or bronchus", _MAXIMUM)
AIRWAY_D4CC = _dose("airway_d4cc", "trachea or bronchus", "dose to 4 cc")
BLADDER_DMAX = _dose("bladder_dmax", "bladder wall", _MAXIMUM)
BLADDER_D15CC = _dose("bladder_d15cc", "bladder wall", "dose to 15 cc")

LUNG_V20 = _share("lung_v20", "share of the lung that gets more which gets 20 Gy or more")
LUNG_V10 = _share("lung_v10", "share of the lung that gets more which gets 10 Gy or more")
LUNG_V5 = _share("lung_v5", "share of the lung that gets more which gets 5 Gy or more")
