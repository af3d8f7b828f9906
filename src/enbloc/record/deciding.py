"""What the board decided: each decision stays as it was written, and a later one replaces it by naming it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, insert, literal, outerjoin, select, tuple_

from enbloc.case.board import Way
from enbloc.errors import RecordError, SettledError
from enbloc.record.board_rows import decision_row, disagreement_rows, likeness
from enbloc.record.board_tables import DECISIONS, DISAGREEMENTS, RATIFICATIONS
from enbloc.record.board_values import DecisionLine, DisagreementLine
from enbloc.record.documents import fingerprint
from enbloc.record.meetings import OPEN, PAGE, Meetings
from enbloc.record.searching import asked_words
from enbloc.record.words import key, moment, moment_if, no_such_decision, page_of

Spot = tuple[str, str, int]
FIRST: Spot = ("", "", -1)
"""Before every disagreement."""


class Deciding(Meetings):
    """What is done with decisions."""

    def decide(self, document: str) -> DecisionLine:
        """Keep a decision, the JSON of a ``Decision``; it is about the case that it names.

        Raises
        ------
        RecordError
            If it is none, or there is no such case or version.
        SettledError
            If it replaces another without naming it, names one that does not stand, or its meeting is not open.
        """
        row = decision_row(document)
        case_id, decision_id = row["case_id"], key("decision", row["decision_id"])
        self._there("decide", case_id)
        self._there("decide", case_id, row["version"])
        if row["way"] == Way.MEETING.value:
            self._refuse_not_open("decide", row["meeting_id"], case_id)
        held = self._decision_rows(case_id)
        if decision_id in {one.decision_id for one in held}:
            raise RecordError("There is a decision of this id.", remedy="Take another.")
        self._refuse_unnamed(held, row["lesion"], row["supersedes"])
        row |= {"decided_by": self._link.actor, "decided_at": self._link.at}
        told = {"case_id": case_id, "version": row["version"], "decision": decision_id, "is_now": likeness(row)}
        self._write(insert(DECISIONS), [{"centre": self._centre, **row, "entry": self._wrote("decide", **told)}])
        here = {"centre": self._centre, "case_id": case_id, "decision_id": decision_id}
        if rows := list(disagreement_rows(document)):
            self._write(insert(DISAGREEMENTS), [{**here, **one} for one in rows])
        return next(one for one in self._decision_lines(case_id) if one.decision_id == decision_id)

    def decisions(self, case_id: str) -> tuple[DecisionLine, ...]:
        """Every decision about a case, the oldest first."""
        self._there("list decisions", case_id)
        self._read("list decisions", case_id=case_id)
        return self._decision_lines(case_id)

    def decision(self, case_id: str, decision_id: str) -> DecisionLine:
        """One decision about a case."""
        self._there("read decision", case_id)
        self._read("read decision", case_id=case_id, decision=key("decision", decision_id))
        return self._decision_line(case_id, decision_id)

    def decisions_of(self, meeting_id: str) -> tuple[DecisionLine, ...]:
        """What was decided in a meeting about the cases that the person may see, the oldest first."""
        self._meeting_row(meeting_id)
        self._read("list decisions of meeting", meeting=meeting_id)
        mine = (DECISIONS.c.centre == self._centre, DECISIONS.c.meeting_id == meeting_id, self._seen(DECISIONS))
        cases = self._rows(select(DECISIONS.c.case_id).where(*mine).distinct())
        lines = (line for row in cases for line in self._decision_lines(row.case_id))
        found = (line for line in lines if line.meeting_id == meeting_id)
        return tuple(sorted(found, key=lambda line: (line.at, line.case_id, line.decision_id)))

    def ratify(self, case_id: str, decision_id: str, meeting_id: str) -> DecisionLine:
        """The board stands by what a quorum decided by phone.

        Raises
        ------
        SettledError
            If it was not decided so, is ratified or replaced already, or the meeting is not open.
        """
        self._there("ratify decision", case_id)
        line = self._decision_line(case_id, decision_id)
        if line.way != Way.QUORUM.value:
            raise SettledError("A meeting decided this.", remedy="It needs no ratification.")
        if line.superseded_by or line.ratified_in:
            was = f"ratified by {line.ratified_by}" if line.ratified_in else "replaced by a later decision"
            raise SettledError(f"This was {was} already.", remedy="Read the decisions again.")
        self._refuse_not_open("ratify decision", meeting_id, case_id)
        row = {"case_id": case_id, "decision_id": decision_id, "meeting_id": meeting_id}
        row |= {"ratified_by": self._link.actor, "ratified_at": self._link.at}
        told = {"case_id": case_id, "decision": decision_id, "meeting": meeting_id, "is_now": likeness(row)}
        entry = self._wrote("ratify decision", **told)
        self._write(insert(RATIFICATIONS), [{"centre": self._centre, **row, "entry": entry}])
        return self._decision_line(case_id, decision_id)

    def disagreements(
        self, *, rule: str = "", words: str = "", after: Spot = FIRST, limit: int = PAGE
    ) -> tuple[DisagreementLine, ...]:
        """A page of the rules that somebody did not agree with, of the cases that the person may see.

        ``words`` are beginnings of words of rule, name or reason; each must be found.
        """
        found = asked_words(words)
        asked = disagreed_after(self._centre, rule, after, page_of(limit))
        asked = asked.where(self._seen(DISAGREEMENTS), *(DISAGREEMENTS.c.words.like(f"% {word}%") for word in found))
        rows = self._rows(asked)
        self._read("list disagreements", words=len(found), shown=len(rows))
        names = ("case_id", "decision_id", "rule", "name", "because")
        return tuple(
            DisagreementLine(
                position=int(row.position),
                by=row.decided_by,
                at=moment(row.decided_at),
                **{name: getattr(row, name) for name in names},
            )
            for row in rows
        )

    # --- below --------------------------------------------------------------------------------------------------------

    def _decision_rows(self, case_id: str) -> Sequence[Row[Any]]:
        ratified = (RATIFICATIONS.c.ratified_by, RATIFICATIONS.c.ratified_at, RATIFICATIONS.c.meeting_id)
        of_it = and_(
            RATIFICATIONS.c.centre == DECISIONS.c.centre,
            RATIFICATIONS.c.case_id == DECISIONS.c.case_id,
            RATIFICATIONS.c.decision_id == DECISIONS.c.decision_id,
        )
        asked = select(DECISIONS, *(column.label(f"then_{column.name}") for column in ratified))
        asked = asked.select_from(outerjoin(DECISIONS, RATIFICATIONS, of_it))
        mine = (DECISIONS.c.centre == self._centre, DECISIONS.c.case_id == case_id)
        return self._rows(asked.where(*mine).order_by(DECISIONS.c.entry))

    def _decision_lines(self, case_id: str) -> tuple[DecisionLine, ...]:
        rows = self._decision_rows(case_id)
        after = {row.supersedes: row.decision_id for row in rows if row.supersedes}
        return tuple(_line(row, after.get(row.decision_id, "")) for row in rows)

    def _decision_line(self, case_id: str, decision_id: str) -> DecisionLine:
        for line in self._decision_lines(case_id):
            if line.decision_id == decision_id:
                return line
        raise no_such_decision()

    def _refuse_not_open(self, act: str, meeting_id: str, case_id: str) -> None:
        row = self._on_agenda(act, meeting_id, case_id)
        self._refuse_closed(row)
        if row.state != OPEN:
            raise SettledError("The meeting is not open.", remedy="Open it first.")

    def _refuse_unnamed(self, held: Sequence[Row[Any]], lesion: str, named: str) -> None:
        """One decision about a lesion stands at a time, so that nobody follows the one that another has replaced."""
        replaced = {row.supersedes for row in held}
        stands = next((row for row in held if row.lesion == lesion and row.decision_id not in replaced), None)
        if stands is None and named:
            raise SettledError("There is no decision here to replace.", remedy="Read the decisions again.")
        if stands is not None and named != stands.decision_id:
            said = f"{stands.decided_by} decided this on {moment(stands.decided_at):%Y-%m-%d at %H:%M} UTC"
            remedy = "Read that decision, and name it if yours is to replace it."
            raise SettledError(f"{said}.", remedy=remedy, where="supersedes")


def _line(row: Row[Any], superseded_by: str) -> DecisionLine:
    if fingerprint(row.document) != row.sha256:
        raise RecordError(
            "A decision of the record is damaged.", remedy="Run 'enbloc record verify', and restore a backup."
        )
    return DecisionLine(
        case_id=row.case_id,
        decision_id=row.decision_id,
        lesion=row.lesion,
        way=row.way,
        meeting_id=row.meeting_id,
        document=row.document,
        by=row.decided_by,
        at=moment(row.decided_at),
        superseded_by=superseded_by,
        ratified_in=row.then_meeting_id or "",
        ratified_by=row.then_ratified_by or "",
        ratified_at=moment_if(row.then_ratified_at or ""),
    )


def disagreed_after(centre: str, rule: str, after: Spot, limit: int) -> Any:
    """A page of disagreements, with who decided when."""
    own = DISAGREEMENTS.c
    of_it = and_(
        DECISIONS.c.centre == own.centre,
        DECISIONS.c.case_id == own.case_id,
        DECISIONS.c.decision_id == own.decision_id,
    )
    spot = (own.case_id, own.decision_id, own.position)
    mine = [own.centre == centre, *([own.rule == rule] if rule else [])]
    asked = select(DISAGREEMENTS, DECISIONS.c.decided_by, DECISIONS.c.decided_at).join(DECISIONS, of_it)
    later = and_(own.case_id >= after[0], tuple_(*spot) > tuple_(*map(literal, after)))
    return asked.where(*mine, later).order_by(*spot).limit(limit)
