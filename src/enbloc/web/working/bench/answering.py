"""What a bench is asked, by the word in the head of a frame: first to show what lies on it, then whatever else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from enbloc.case.case import Case
from enbloc.exchange.document import from_json, plain
from enbloc.web.working.bench.about import told
from enbloc.web.working.bench.frames import Frame
from enbloc.web.working.bench.opened import Opened, opened
from enbloc.web.working.bench.order import BenchOrder
from enbloc.web.working.bench.parts import Portion, image_part, labels_part

if TYPE_CHECKING:
    from enbloc.web.working.bench.worked import Worked


@dataclass(eq=False, kw_only=True)
class Answering:
    """The opened case. What measures and plans is loaded when it is needed: somebody waits for the first picture."""

    case: Opened
    _worked: Worked | None = None

    @classmethod
    def opened(cls, order: BenchOrder, folder: Path, document: str) -> Answering:
        """Open the case in this folder."""
        return cls(case=opened(order, from_json(Case, document), folder))

    def answer(self, frame: Frame) -> Frame:
        """What one frame asks for.

        Raises
        ------
        EnblocError
            If it cannot be done.
        """
        does = frame.head.get("do")
        if does == "image":
            return self._of(image_part(self.case, str(frame.head["role"]), str(frame.head["part"])))
        if does == "labels":
            return self._of(labels_part(self.case, str(frame.head["part"])))
        if does == "about" and self._worked is None:
            return Frame(head=plain(told(self.case, {})))
        return self.worked.answer(frame)

    @property
    def worked(self) -> Worked:
        """What is worked out of the case; loaded when first asked for."""
        if self._worked is None:
            from enbloc.web.working.bench.worked import Worked

            self._worked = Worked(case=self.case)
        return self._worked

    def _of(self, portion: Portion) -> Frame:
        return Frame(
            head={"offset": portion.offset, "step": portion.step, "seq": self.case.seq}, payload=portion.content
        )
