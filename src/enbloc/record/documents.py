"""The document of a case: JSON text, kept to the byte; findings and overrides are read out of it as rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from enbloc.errors import RecordError
from enbloc.record.words import holdable

LARGEST = 16 * 2**20  # bytes
SCHEMA = "enbloc/case/"


def parsed(document: str) -> dict[str, Any]:
    """The document as Python reads it, if it is one that can be kept.

    Raises
    ------
    RecordError
        If it is no JSON object of a case, names a key twice, holds what is no number, or no database could hold it.
    """
    data = _loaded(document)
    if not isinstance(data, dict) or not str(data.get("schema")).startswith(SCHEMA) or not _is_text(data.get("id")):
        raise RecordError("This is no document of a case.", remedy="Give the JSON of a case, with its schema and id.")
    return data


def fingerprint(document: str) -> str:
    """The SHA-256 of the text."""
    return sha256(document.encode()).hexdigest()


def listing(files: Mapping[str, str]) -> str:
    """The SHA-256 of the paths and addresses of a version's files; a path may say more than an audit should."""
    return fingerprint(json.dumps(dict(files), sort_keys=True))


def _loaded(document: str) -> Any:
    try:
        size = len(document.encode())
    except UnicodeEncodeError:
        raise RecordError("The document holds half a letter.", remedy="Write it as UTF-8.") from None
    if size > LARGEST or "\0" in document:
        raise RecordError(
            f"A document of {size} bytes cannot be kept." if size > LARGEST else "The document holds a zero byte.",
            remedy=f"Keep it under {LARGEST // 2**20} MiB of text.",
        )
    try:
        return json.loads(document, object_pairs_hook=_once, parse_constant=_no_number)
    except RecordError:
        raise
    except (RecursionError, ValueError):
        raise RecordError("The document is not JSON that can be read.", remedy="Check it.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise RecordError("A key stands twice in the document.", remedy="Keep one of them.")
    return found


def _no_number(word: str) -> None:
    raise RecordError(f"{word} is not a number.", remedy="Leave the key out if it is unknown.")


def id_of(data: dict[str, Any]) -> str:
    """The id that a document gives its case."""
    return holdable(str(data["id"]))


def finding_rows(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What people entered, one row each; ``value`` is JSON, ``number`` the same where it is one."""
    for position, entry in enumerate(_blocks(data, "findings")):
        given = entry.get("value")
        yield {
            "position": position,
            "fact": _text(entry, "fact", "findings", position),
            "about": _text(entry, "about", "findings", position),
            "value": json.dumps(given, sort_keys=True),
            "number": _number(given),
            "entered_by": _optional(entry, "by"),
            "entered_on": _optional(entry, "on"),
            "because": _optional(entry, "because"),
        }


def override_rows(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The stops that were overridden, one row each."""
    for position, override in enumerate(_blocks(data, "overrides")):
        yield {
            "position": position,
            "stop": _text(override, "stop", "overrides", position),
            "about": _text(override, "about", "overrides", position),
            "act": _optional(override, "act"),
            "overridden_by": _optional(override, "by"),
            "overridden_on": _optional(override, "on"),
            "because": _optional(override, "because"),
        }


def _blocks(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    blocks = [] if data.get(name) is None else data[name]
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise RecordError("This is no list of blocks.", remedy="Give the JSON of a case.", where=name)
    return blocks


def _text(block: dict[str, Any], name: str, where: str, position: int) -> str:
    given = block.get(name)
    if not _is_text(given):
        raise RecordError("This is needed and no text.", remedy="Add it.", where=f"{where}[{position}].{name}")
    return holdable(str(given))


def _optional(block: dict[str, Any], name: str) -> str:
    given = block.get(name)
    return holdable(given) if isinstance(given, str) else ""


def _number(given: Any) -> float | None:
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    try:
        return float(given)
    except OverflowError:
        return None


def _is_text(given: Any) -> bool:
    return isinstance(given, str) and bool(given)
