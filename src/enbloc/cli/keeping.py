"""The commands about the record: make or migrate it, back it up, restore it, check it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from enbloc.cli.options import AsJson
from enbloc.cli.telling import tell

if TYPE_CHECKING:
    from enbloc.record import Deed, Verified

keeping = typer.Typer(
    help="Keep cases: make the record or migrate it, back it up, restore it, check it.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

DataFolder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The data folder.", show_default=False)]
Database = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        envvar="ENBLOC_DATABASE",
        show_envvar=True,
        help="The database, as postgresql://user@host/name; a SQLite file in the folder if left out.",
    ),
]
By = Annotated[str | None, typer.Option(metavar="NAME", help="Who does it, for the audit; the account if left out.")]
MOST_TOLD = 20


@keeping.command(epilog="Example: enbloc record migrate data")
def migrate(folder: DataFolder, database: Database = None, as_json: AsJson = False) -> None:
    """Make a record where there is none, or bring it to this version of enbloc. Back it up first."""
    from enbloc import record

    before, now = record.migrate(database, folder)
    done = "already" if before == now else "made" if before is None else f"migrated from {before}"
    tell(as_json, {"before": before, "revision": now}, f"The record is at revision {now} ({done}).")


@keeping.command(epilog="Example: enbloc record backup data --out backups/2026-11-20")
def backup(
    folder: DataFolder,
    out: Annotated[Path, typer.Option(help="The new folder of the backup.")],
    database: Database = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Write everything as it is now to a new folder, and check what was written. The record may be in use."""
    from contextlib import closing

    from enbloc.record import back_up, open_record

    with closing(open_record(database, folder)) as opened:
        _told(back_up(opened, out, _deed(by)), as_json)


@keeping.command(epilog="Example: enbloc record restore backups/2026-11-20 data")
def restore(
    backup: Annotated[Path, typer.Argument(metavar="BACKUP", help="The folder of the backup.", show_default=False)],
    folder: DataFolder,
    database: Database = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Put a backup into an empty place, and check what is there then."""
    from enbloc.record import restore as restored

    _told(restored(backup, database, folder, _deed(by)), as_json)


@keeping.command(epilog="Example: enbloc record verify data")
def verify(folder: DataFolder, database: Database = None, as_json: AsJson = False) -> None:
    """Check every chain, document, row, file and reference. Exit code 2 if anything is wrong."""
    from contextlib import closing

    from enbloc.record import open_record
    from enbloc.record import verify as verified

    with closing(open_record(database, folder)) as opened:
        found = verified(opened)
    _told(found, as_json)
    if found.faults:
        raise typer.Exit(2)


def _deed(by: str | None) -> Deed:
    """Who, and now: the audit of the record is of the hours of this world, and this is the edge to it."""
    import getpass

    from enbloc.record import Deed

    return Deed(by=by or getpass.getuser(), now=datetime.now(UTC))


def _told(found: Verified, as_json: bool) -> None:
    from enbloc.cli.telling import say

    told: dict[str, Any] = {
        "is_whole": found.is_whole,
        "cases": found.cases,
        "versions": found.versions,
        "results": found.results,
        "files": found.files,
        "entries": found.entries,
        "heads": dict(found.heads),
        "faults": [{"where": fault.where, "what": fault.what} for fault in found.faults],
        "remarks": list(found.remarks),
    }
    counts = (("case", found.cases), ("version", found.versions), ("result", found.results), ("file", found.files))
    said = ", ".join(f"{number} {noun}{'' if number == 1 else 's'}" for noun, number in counts)
    is_so = "whole" if found.is_whole else f"damaged in {len(found.faults)} places"
    tell(
        as_json,
        told,
        f"The record is {is_so}: {said}, {found.entries} entries of audit.",
        *(f"Chain of {centre} ends at {head}" for centre, head in found.heads.items()),
        *(f"Left over: {remark}." for remark in found.remarks),
    )
    for fault in found.faults[:MOST_TOLD]:
        say(f"enbloc: {fault.words}.")
    if len(found.faults) > MOST_TOLD:
        say(f"enbloc: {len(found.faults) - MOST_TOLD} more; --json lists them.")
