"""What is added to a case folder: scans, label maps and their lines of the record, all of it or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap

from enbloc.case.case import Case
from enbloc.case.image import Grid
from enbloc.case.lesion import Lesion
from enbloc.errors import OutputError, RecordError
from enbloc.exchange.case_file import NAME, amended, case_from
from enbloc.exchange.receipt import Receipt, beside, receipt_of, text_of
from enbloc.value import value


@value
class Wishes:
    """What the person said about the sources."""

    role: str | None = None
    scheme: str | None = None
    on: str | None = None
    tumour: str | None = None


class Plan:
    """What an import will write: files, receipts and lines of the record. Nothing is written before all is known."""

    def __init__(self, folder: Path, case: Case) -> None:
        self.folder = folder
        self.case = case
        self.images: dict[str, dict[str, Any]] = {}
        self.labels: dict[str, dict[str, Any]] = {}
        self.lesions: list[str] = []
        self.grids: dict[str, Grid] = {}
        self.files: dict[str, bytes] = {}
        self.receipts: list[Receipt] = []
        self.lines: list[str] = []

    def receipt(self, role: str) -> Receipt | None:
        """The receipt of an image of the case, those of this import included."""
        file = self.images[role]["file"] if role in self.images else self.case.images[role].file
        made = next((each for each in self.receipts if each.file == file), None)
        return made or receipt_of(self.folder, file)

    def wants_lesion(self, lesion: str) -> None:
        """See to it that the record has this lesion."""
        Lesion(id=lesion)
        if lesion not in [each.id for each in self.case.lesions] and lesion not in self.lesions:
            self.lesions.append(lesion)
            self.lines.append(f"{NAME}: lesion {lesion} was added; fill in what is known of it.")

    @property
    def roles(self) -> list[str]:
        """Every image of the case, those of this import included."""
        return [*self.case.images, *self.images]

    def free(self, wish: str, taken: Sequence[str]) -> str:
        """A role that is not yet taken: ``ct``, ``ct2`` …"""
        names = [wish, *(f"{wish}{count}" for count in range(2, 100))]
        return next(name for name in names if name not in taken)


def plain_role(role: str, taken: Sequence[str]) -> None:
    """Refuse a role that is no plain word, or that is taken.

    Raises
    ------
    RecordError
        If it is.
    """
    if not role.replace("-", "").replace("_", "").isalnum() or not role.isascii():
        raise RecordError("A role is one plain word.", remedy="Call it for example ct or mr-t2.")
    if role in taken:
        raise RecordError(f"The case already has {role}.", remedy="Choose another name with --role.", where=NAME)


def added(plan: Plan, content: bytes) -> tuple[str, ...]:
    """Write everything that is planned and name it in the record, whose text was ``content``; what was done, in lines.

    Comments and order of the record stay. Confirmations of earlier labels are void by this: they name other hashes.

    Raises
    ------
    RecordError
        If the record would not be right afterwards; nothing is written then.
    OutputError
        If the folder cannot be written, or a file of that name with other content stands there.
    """
    record = amended(content, lambda blocks: _named(blocks, plan))
    case_from(record.encode())
    _write(plan, record)
    return tuple(plan.lines)


def _named(blocks: Any, plan: Plan) -> None:
    for key, entries in (("images", plan.images), ("labels", plan.labels)):
        if not entries:
            continue
        if not isinstance(blocks.get(key), dict):
            blocks[key] = CommentedMap()
        blocks[key].fa.set_block_style()
        for role, entry in entries.items():
            blocks[key][role] = _on_one_line(entry)
    if plan.lesions:
        if not isinstance(blocks.get("lesions"), list):
            blocks["lesions"] = []
        blocks["lesions"].extend(_on_one_line({"id": lesion}) for lesion in plan.lesions)


def _on_one_line(entry: dict[str, Any]) -> CommentedMap:
    made = CommentedMap({key: _on_one_line(item) if isinstance(item, dict) else item for key, item in entry.items()})
    made.fa.set_flow_style()
    return made


def _write(plan: Plan, record: str) -> None:
    """Files first, each whole under a name of the draft and then its own, the record last; on a fault all go again.

    A killed import leaves no half file under a name that means something, and the next one goes on from there.
    """
    texts = {beside(receipt.file): text_of(receipt).encode() for receipt in plan.receipts}
    with _all_or_nothing() as made:
        for file, content in {**plan.files, **texts}.items():
            target = plan.folder / file
            if target.exists() and not _holds(target, content):
                raise OutputError("There is a file of that name.", remedy="Choose another --role.", where=file)
            if not target.exists():
                target.parent.mkdir(exist_ok=True)
                made.append(target)
                _placed(target, content, made)
        _placed(plan.folder / NAME, record.encode(), made)


def _placed(target: Path, content: bytes, made: list[Path]) -> None:
    draft = target.with_name(f".{target.name}.new")
    made.append(draft)
    draft.write_bytes(content)
    draft.replace(target)


def _holds(file: Path, content: bytes) -> bool:
    """Whether a file is what an import that was killed had written already."""
    return file.is_file() and file.stat().st_size == len(content) and file.read_bytes() == content


@contextmanager
def _all_or_nothing() -> Iterator[list[Path]]:
    made: list[Path] = []
    done = False
    try:
        yield made
        done = True
    except OSError as fault:
        why = fault.strerror or "the disk refused"
        raise OutputError(
            f"The case folder cannot be written ({why}).", remedy="Check the folder and the disk.", where=NAME
        ) from fault
    finally:
        for file in made if not done else ():
            file.unlink(missing_ok=True)
