"""case.yaml: the record as a person writes it (YAML 1.2, UTF-8), read as strictly as a form or the web."""

from __future__ import annotations

import errno
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError, SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.representer import SafeRepresenter

from enbloc.case.case import SCHEMA, Case
from enbloc.errors import FaultsError, RecordError
from enbloc.exchange.document import from_json

Noun = TypeVar("Noun")

NAME = "case.yaml"
LARGEST_RECORD_BYTES = 4_000_000
DEEPEST_NESTING = 40
UNKNOWN = "unknown"


class _Text(SafeConstructor):
    """Plain values only; a date stays the text that it is."""


class _Block(dict[str, Any]):
    """A mapping that is written one key a line, however short it is."""


class _Blocks(SafeRepresenter):
    """Writes the outermost mapping as a block, and the innermost ones on one line."""

    def ignore_aliases(self, data: Any) -> bool:
        """Every value is written out: a record refers to nothing."""
        return True

    def represent_block(self, block: _Block) -> Any:
        return self.represent_mapping("tag:yaml.org,2002:map", block, flow_style=False)

    def represent_text(self, text: str) -> Any:
        if text.isprintable() and text[:1].isalnum():
            return self.represent_str(text)
        lines = text.split("\n")
        # A block keeps what a person wrote in paragraphs; anything odder is written with escapes.
        tidy = (
            len(lines) > 1
            and all(line.isprintable() and line == line.strip() for line in lines)
            and lines[0]
            and lines[-1]
        )
        return self.represent_scalar("tag:yaml.org,2002:str", text, style="|" if tidy else '"')


_Blocks.add_representer(_Block, _Blocks.represent_block)
_Blocks.add_representer(str, _Blocks.represent_text)
_Text.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


def content_of(path: Path) -> bytes:
    """The bytes of the record of the case folder at ``path``.

    Raises
    ------
    RecordError
        If there is no such folder, no record in it, or it may not be read.
    """
    file = path / NAME
    try:
        if not path.is_dir():
            raise RecordError("There is no such folder.", remedy="Make one with 'enbloc new'.", where=path.name)
        if not file.is_file():
            raise RecordError(f"There is no {NAME} in it.", remedy="Make one with 'enbloc new'.", where=path.name)
        return file.read_bytes()
    except OSError as fault:
        unheard_of = fault.errno == errno.ENAMETOOLONG
        what = "There is no such folder; the name is too long." if unheard_of else "It may not be read."
        raise RecordError(what, remedy="Check the name, and who may read it.", where=path.name or NAME) from None


def case_from(content: bytes) -> Case:
    r"""Read a case from the bytes of its ``case.yaml``.

    Raises
    ------
    RecordError
        If the bytes are not UTF-8, not YAML, name a key twice, or belong to a newer schema.
    FaultsError
        If the record contradicts the schema or itself: every fault with its place.

    Examples
    --------
    >>> case_from(b"schema: enbloc/case/1\nid: 2f41\npatient: {sex: female, birth_year: unknown}").patient
    Patient(birth_year=None, sex=<Sex.FEMALE: 'female'>)
    """
    return read_yaml(content, Case, name=NAME, first=_this_schema)


def read_block(content: bytes, *, name: str) -> dict[str, Any]:
    """The keys and values of a small YAML or JSON file called ``name``; duplicate keys are refused.

    Raises
    ------
    RecordError
        If it is not UTF-8, not YAML, or no block of keys.
    """
    try:
        block = _as_json(_loaded(_text(content)), "")
        if not isinstance(block, dict):
            raise _fault("It holds no answers.", remedy="Write it as 'key: value', one a line.")
    except RecordError as fault:
        raise _in_file(fault, name) from None
    return block


def bytes_of(file: Path) -> bytes:
    """All of a file that a person named.

    Raises
    ------
    RecordError
        If there is no such file.
    """
    try:
        return file.read_bytes()
    except OSError:
        raise RecordError("There is no such file.", remedy="Check its name.", where=file.name) from None


def read_yaml(
    content: bytes, noun: type[Noun], *, name: str, first: Callable[[dict[str, Any]], None] | None = None
) -> Noun:
    """Read a value of the class ``noun`` from the YAML of a file called ``name``; ``first`` looks at the blocks before.

    Raises
    ------
    RecordError
        If it cannot be read: ``FaultsError`` with every fault and its place.
    """
    try:
        record = _known(_as_json(_loaded(_text(content)), ""))
        if not isinstance(record, dict):
            raise _fault("It holds no record.", remedy="Write it as 'key: value', one a line.")
        if first is not None:
            first(record)
        return from_json(noun, json.dumps(record, ensure_ascii=False, allow_nan=False))
    except FaultsError as found:
        raise FaultsError([_in_file(fault, name) for fault in found.faults]) from None
    except RecordError as fault:
        raise _in_file(fault, name) from None


def text_of(case: Case) -> str:
    """The case as YAML that a person can read on; what is unknown is left out.

    Examples
    --------
    >>> print(text_of(Case(id="2f41")), end="")
    schema: enbloc/case/1
    id: 2f41
    origin: patient
    """
    record = {"schema": case.schema, "id": case.id, **_written(case), "origin": case.origin.value}
    first = ("schema", "id", "as_of", "origin", "story", "patient", "images", "labels", "lesions")
    ordered = {key: record.pop(key) for key in first if key in record} | record
    yaml = YAML(typ="safe", pure=True)
    yaml.Representer = _Blocks
    yaml.default_flow_style = None
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # ruamel types it as None
    yaml.width = 118
    yaml.allow_unicode = True
    out = io.StringIO()
    yaml.dump(_Block(ordered), out)
    return out.getvalue()


def amended(content: bytes, change: Callable[[Any], None]) -> str:
    """The text of a record after ``change`` was made to its blocks; comments and order stay."""
    yaml = YAML(typ="rt", pure=True)
    yaml.width = 118
    yaml.allow_unicode = True
    yaml.preserve_quotes = True
    record = yaml.load(_text(content))
    change(record)
    out = io.StringIO()
    yaml.dump(record, out)
    return out.getvalue()


# --- in ---------------------------------------------------------------------------------------------------------------


def _text(content: bytes) -> str:
    if len(content) > LARGEST_RECORD_BYTES:
        raise _fault(f"It is larger than {LARGEST_RECORD_BYTES} bytes.", remedy="A record holds no images.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise _fault("It is not UTF-8 text.", remedy="Save it as UTF-8.", where=f"line {line}") from None


def _loaded(text: str) -> Any:
    """The record as plain values; anchors are refused, since a few lines of them unpack to gigabytes."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)
    yaml.Constructor = _Text
    try:
        depth = 0
        for event in YAML(typ="safe", pure=True).parse(text):
            depth += {"S": 1, "E": -1}.get(_opens(type(event).__name__), 0)
            if isinstance(event, AliasEvent):
                raise _fault("It refers to an anchor (*).", remedy="Write the value out.", where=_line(event))
            if depth > DEEPEST_NESTING:
                raise _fault("It is nested too deeply.", remedy="Write it as the template shows.", where=_line(event))
        return yaml.load(text)
    except DuplicateKeyError as fault:
        raise _fault("A key stands twice.", remedy="Keep one of them.", where=_mark(fault)) from None
    except MarkedYAMLError as fault:
        what = " ".join(str(fault.problem or "it cannot be read").split())
        raise _fault(f"It is not YAML ({what}).", remedy="Check the indentation there.", where=_mark(fault)) from None
    except (YAMLError, ValueError, RecursionError, TypeError, AttributeError, KeyError, IndexError) as fault:
        if isinstance(fault, RecordError):
            raise
        # ruamel lets its own slips through on malformed text; all of them mean that it is not YAML.
        raise _fault("It is not YAML that can be read.", remedy="Compare it with 'enbloc new'.") from None


def _opens(event: str) -> str:
    if event in {"MappingStartEvent", "SequenceStartEvent"}:
        return "S"
    return "E" if event in {"MappingEndEvent", "SequenceEndEvent"} else ""


def _line(event: Any) -> str:
    return f"line {event.start_mark.line + 1}" if event.start_mark else ""


def _mark(fault: MarkedYAMLError) -> str:
    mark = fault.problem_mark or fault.context_mark
    return f"line {mark.line + 1}" if mark is not None else ""


def _as_json(item: Any, place: str) -> Any:
    """The same, if JSON can hold it; keys become text as JSON demands."""
    if isinstance(item, dict):
        made: dict[str, Any] = {}
        for key, below in item.items():
            if isinstance(key, bool) or not isinstance(key, str | int) or str(key) in made:
                raise _fault("A key here is no word, or stands twice.", remedy="Write keys as words.", where=place)
            made[str(key)] = _as_json(below, f"{place}.{key}".lstrip("."))
        return made
    if isinstance(item, list):
        return [_as_json(below, f"{place}[{at}]") for at, below in enumerate(item)]
    if isinstance(item, float) and (item != item or item in (float("inf"), float("-inf"))):
        raise _fault("This is not a number.", remedy="Leave the key out if it is unknown.", where=place)
    if isinstance(item, str) and any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in item):
        what = "This text holds a null character or half of one, which no page can show."
        raise _fault(what, remedy="Write it anew.", where=place)
    if item is None or isinstance(item, bool | int | float | str):
        return item
    raise _fault("This is no plain value.", remedy="Write text, a number, a list or a block.", where=place)


def _known(item: Any) -> Any:
    """The record without what is unknown: the word, an empty value and a key left out are the same."""
    if isinstance(item, dict):
        return {key: _known(below) for key, below in item.items() if below is not None and below != UNKNOWN}
    if isinstance(item, list):
        return [_known(below) for below in item if not _is_unanswered(below)]
    return item


def _is_unanswered(item: Any) -> bool:
    """Whether this is a finding whose value is unknown, which is the same as no finding."""
    return isinstance(item, dict) and "fact" in item and item.get("value", "") in (None, UNKNOWN)


def _this_schema(record: dict[str, Any]) -> None:
    said = record.get("schema")
    if said == SCHEMA:
        return
    if said is None:
        raise _fault("It does not say its schema.", remedy=f"Add 'schema: {SCHEMA}'.", where="schema")
    family, _, version = str(said).rpartition("/")
    if family == SCHEMA.rpartition("/")[0] and version.isdigit() and int(version) > 1:
        raise _fault(f"It is written for version {int(version)}.", remedy="Install a newer enbloc.", where="schema")
    raise _fault("It is no case of enbloc.", remedy=f"Write 'schema: {SCHEMA}'.", where="schema")


def _fault(what: str, *, remedy: str, where: str = "") -> RecordError:
    return RecordError(what, remedy=remedy, where=where)


def _in_file(fault: RecordError, name: str) -> RecordError:
    return RecordError(fault.message, remedy=fault.remedy, where=f"{name}, {fault.where}" if fault.where else name)


# --- out --------------------------------------------------------------------------------------------------------------


def _written(noun: object) -> dict[str, Any]:
    """The fields of a value that are known and not what they would be anyway."""
    return dict(_fields(noun))


def _fields(noun: object) -> Iterator[tuple[str, Any]]:
    for each in fields(noun):  # type: ignore[arg-type]  # the callers give dataclasses
        item = getattr(noun, each.name)
        usual = each.default_factory() if each.default_factory is not MISSING else each.default
        if item is not None and item != usual:
            yield each.name, _plain(item)


def _plain(item: object) -> Any:
    """Plain values for the dumper; dates stay dates, so that they are written without quotes."""
    if isinstance(item, Enum):
        return item.value
    if is_dataclass(item):
        return _written(item)
    if isinstance(item, Mapping):
        return {key: _plain(below) for key, below in item.items()}
    if isinstance(item, tuple):
        return [_plain(below) for below in item]
    return item
