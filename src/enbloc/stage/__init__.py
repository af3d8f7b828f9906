"""Published instruments, pure; one file each."""

from enbloc.stage.classes import classes, wbb_readings
from enbloc.stage.parameters import PARAMETERS
from enbloc.stage.score import Item, Score
from enbloc.stage.scoring import scores

__all__ = ["PARAMETERS", "Item", "Score", "classes", "scores", "wbb_readings"]
