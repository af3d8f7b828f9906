"""Whether the server answers."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter

from enbloc.value import value

health = APIRouter(tags=["health"])


@value
class Health:
    """It answers; nothing else is told to who is not signed in."""

    status: Literal["ok"] = "ok"


@health.get("/health")
async def read_health() -> Health:
    """Whether the server answers."""
    return Health()
