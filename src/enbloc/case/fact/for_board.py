"""What the board itself decides and writes down: the option it chose, who is responsible, and until when."""

from __future__ import annotations

from enbloc.case.fact.kinds import Fact, Subject, day

_LESION = Subject.LESION

BOARD_CHOICE: Fact[str] = Fact(
    id="board.chosen",
    words="option chosen by the board",
    type=str,
    about=_LESION,
    ask="which option did the board choose, and why?",
)
BOARD_RESPONSIBLE: Fact[str] = Fact(
    id="board.responsible",
    words="responsible for what the board decided",
    type=str,
    about=_LESION,
    ask="who is responsible for what the board decided?",
)
BOARD_DEADLINE = day(
    "board.deadline", "deadline of what the board decided", _LESION, "until when is what the board decided to be done?"
)
