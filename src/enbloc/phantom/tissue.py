"""How the tissues of a phantom look."""

from __future__ import annotations

from enbloc.phantom.scanner import Tissue

MUSCLE = Tissue(hu=52.0, t2=150.0)
FAT = Tissue(hu=-85.0, t2=430.0)
FLUID = Tissue(hu=14.0, t2=1000.0)
CORD = Tissue(hu=38.0, t2=400.0)
ROOT = Tissue(hu=34.0, t2=330.0)
BLOOD = Tissue(hu=48.0, t2=60.0)
DISC = Tissue(hu=85.0, t2=330.0)
CORTEX = Tissue(hu=1050.0, t2=40.0)
TRABECULAE = Tissue(hu=190.0, t2=300.0)
GROWTH = Tissue(hu=48.0, t2=580.0)
SCLEROSIS = Tissue(hu=850.0, t2=110.0)
LUNG = Tissue(hu=-840.0, t2=25.0)
AIR = Tissue(hu=-1000.0, t2=0.0)
