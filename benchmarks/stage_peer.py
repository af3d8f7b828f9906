"""SINS, the revised Tokuhashi score and NESMS written out in plain numpy: what somebody would write for one table.

No answer is checked: a misspelt word has no points, a number off its scale counts, a missing one ends in nonsense.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[Any]]


def by_word(column: NDArray[Any], points: dict[str, int]) -> NDArray[np.int64]:
    return np.select([column == word for word in points], list(points.values()))


def plain_sins(table: Columns) -> NDArray[np.int64]:
    total = by_word(table["location"], {"rigid": 0, "semirigid": 1, "mobile": 2, "junctional": 3})
    total += by_word(table["pain"], {"none": 0, "not mechanical": 1, "mechanical": 3})
    total += by_word(table["bone"], {"blastic": 0, "mixed": 1, "lytic": 2})
    total += by_word(table["alignment"], {"normal": 0, "new deformity": 2, "subluxation": 4})
    collapse = {"none": 0, "none, over half of the body involved": 1, "under half": 2, "over half": 3}
    total += by_word(table["collapse"], collapse)
    return total + by_word(table["posterolateral"], {"none": 0, "unilateral": 1, "bilateral": 3})


def plain_tokuhashi(table: Columns) -> NDArray[np.int64]:
    primary = {"lung": 0, "osteosarcoma": 0, "stomach": 0, "bladder": 0, "oesophagus": 0, "pancreas": 0, "liver": 1}
    primary |= {"gallbladder": 1, "unidentified": 1, "other": 2, "colon": 2, "kidney": 3, "uterus": 3, "rectum": 4}
    primary |= {"thyroid": 5, "breast": 5, "prostate": 5, "carcinoid": 5}
    total = by_word(table["primary"], primary)
    total += np.digitize(table["karnofsky"], [50, 80])
    total += 2 - np.digitize(table["extraspinal_bone"], [1, 3])
    total += 2 - np.digitize(table["vertebrae"], [2, 3])
    total += by_word(table["organs"], {"unremovable": 0, "removable": 1, "none": 2})
    return total + by_word(table["frankel"], {"A": 0, "B": 0, "C": 1, "D": 1, "E": 2})


def plain_nesms(table: Columns) -> NDArray[np.int64]:
    walks = (table["walking"] == "independent") | (table["walking"] == "with an aid, judged independent")
    total: NDArray[np.int64] = 2 * (table["bauer"] >= 3) + walks + (table["albumin"] >= 3.5)
    return np.minimum(3, total)


PLAIN = {"sins": plain_sins, "tokuhashi_2005": plain_tokuhashi, "nesms": plain_nesms}
