"""Published instruments, pure; one file each."""

from enbloc.stage.score import Item, Score
from enbloc.stage.scoring import scores

__all__ = ["Item", "Score", "scores"]
