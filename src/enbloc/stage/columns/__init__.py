"""Whole tables at once: columns of answers in, columns of results out, the same results as form by form.

Not loaded with `enbloc.stage`: whoever scores a table imports it from here.
"""

from enbloc.stage.columns.answers import Coded
from enbloc.stage.columns.results import Contradiction, ScoreColumns
from enbloc.stage.columns.scoring import scored

__all__ = ["Coded", "Contradiction", "ScoreColumns", "scored"]
