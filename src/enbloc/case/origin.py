"""How a picture came about: by which machine, and whether a patient lay in it."""

from __future__ import annotations

from enum import Enum


class Modality(Enum):
    """How an image was made."""

    CT = "CT"
    MR = "MR"


class Origin(Enum):
    """Where the pictures of a case come from. What is not a patient says so on every view."""

    PATIENT = "patient"
    PAINTED = "painted"  # a real scan with a lesion painted in
    PHANTOM = "phantom"  # made from equations
    INVENTED = "invented"  # a record that somebody made up, without pictures
