"""Answers that are ready to be sent: asked for often, and made by ourselves, so that nobody need check them again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from fastapi import Response
from pydantic import TypeAdapter

JSON = "application/json"


def answer(noun: type, told: object) -> Response:
    """A value of this class, as its route is described."""
    return Response(_adapter(noun).dump_json(told), media_type=JSON)


def answer_with(name: str, text: str, told: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    """What is told, and under this name the JSON that is kept, as it is kept."""
    rest = json.dumps(told)
    return Response(f'{{"{name}": {text}, {rest[1:]}', headers=headers, media_type=JSON)


@cache
def _adapter(noun: type) -> TypeAdapter[Any]:
    return TypeAdapter(noun)
