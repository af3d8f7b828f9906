"""The description of the API (OpenAPI 3.1): ``python -m enbloc.web.openapi`` prints it with its keys sorted.

FastAPI describes paths and answers; bodies are read by ``strict`` and described here from the same classes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from enbloc.web.application import PREFIX, ROUTERS, bare_app
from enbloc.web.problem import MEDIA_TYPE
from enbloc.web.routes.results import PAGE
from enbloc.web.signed_in import SignedIn
from enbloc.web.strict import StrictBody

_SCHEMAS = "#/components/schemas/"
_PROBLEM = {
    "type": "object",
    "description": "What is wrong, and what to do about it (RFC 9457).",
    "required": ["type", "title", "status", "detail", "remedy"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "remedy": {"type": "string"},
        "where": {"type": "string"},
        "faults": {"type": "array", "items": {"$ref": f"{_SCHEMAS}Fault"}},
    },
    "additionalProperties": True,
}
_FAULT = {
    "type": "object",
    "required": ["where", "what", "remedy"],
    "properties": {name: {"type": "string"} for name in ("where", "what", "remedy")},
}
_SESSION = {"type": "apiKey", "in": "cookie", "name": "enbloc"}


def described(app: FastAPI | None = None) -> dict[str, Any]:
    """The whole description: every path with its parameters, body, answers and problems."""
    app = app or bare_app()
    made = get_openapi(title=app.title, version=app.version, routes=app.routes)
    schemas: dict[str, Any] = made.setdefault("components", {}).setdefault("schemas", {})
    made["paths"][f"{PREFIX}{PAGE}"]["get"]["responses"]["200"] |= _page(schemas)
    for path, method, calls in operations():
        operation = made["paths"][path][method]
        for body in (call for call in calls if isinstance(call, StrictBody)):
            operation["requestBody"] = _body(body, schemas)
        if any(isinstance(call, SignedIn) for call in calls):
            operation["security"] = [{"session": []}]
        operation["responses"] = _answers(operation["responses"])
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas |= {"Problem": _PROBLEM, "Fault": _FAULT}
    made["components"]["securitySchemes"] = {"session": _SESSION}
    sorted_: dict[str, Any] = json.loads(json.dumps(made, sort_keys=True))
    return sorted_


def operations() -> Iterator[tuple[str, str, tuple[object, ...]]]:
    """Every path and method of the API, with what is called before its route."""
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, APIRoute) and route.include_in_schema:
                calls = tuple(_calls(route.dependant))
                path = f"{PREFIX}{route.path_format}"
                yield from ((path, method.lower(), calls) for method in sorted(route.methods or ()))


def _calls(dependant: Dependant) -> Iterator[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)


def _body(body: StrictBody[Any], schemas: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, **_json(body.noun, schemas, "validation")}


def _page(schemas: dict[str, Any]) -> dict[str, Any]:
    """The page of a case is answered as a worker wrote it; its class loads what draws, which the server does not."""
    from enbloc.present.case_page import CasePage

    return _json(CasePage, schemas, "serialization")


def _json(noun: type, schemas: dict[str, Any], mode: JsonSchemaMode) -> dict[str, Any]:
    """The content of a body or answer that is a value of this class; the schemas get those that it is made of."""
    made = TypeAdapter(noun).json_schema(ref_template=_SCHEMAS + "{model}", mode=mode)
    inner = {**made.pop("$defs", {}), noun.__name__: made}
    renamed = _conflicts(inner, schemas)
    schemas |= {renamed.get(name, name): _pointed(schema, renamed) for name, schema in inner.items()}
    schema = {"$ref": _SCHEMAS + renamed.get(noun.__name__, noun.__name__)}
    return {"content": {"application/json": {"schema": schema}}}


def _conflicts(inner: dict[str, Any], schemas: dict[str, Any]) -> dict[str, str]:
    """What is called like something else in an answer (there every key is present), with its name as an input."""
    renamed: dict[str, str] = {}
    while True:
        more = {
            name: f"{name}Input"
            for name, schema in inner.items()
            if name not in renamed and name in schemas and _pointed(schema, renamed) != schemas[name]
        }
        if not more:
            return renamed
        renamed |= more


def _pointed(schema: Any, renamed: dict[str, str]) -> Any:
    """The schema with references to the renamed."""
    if isinstance(schema, list):
        return [_pointed(item, renamed) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _pointed(item, renamed) for key, item in schema.items()}
    named = str(made.get("$ref", "")).removeprefix(_SCHEMAS)
    return made | {"$ref": _SCHEMAS + renamed[named]} if named in renamed else made


def _answers(responses: dict[str, Any]) -> dict[str, Any]:
    """Every fault is a problem; which ones there are is told by their words, not by a list for each path."""
    problem = {"description": "A problem", "content": {MEDIA_TYPE: {"schema": {"$ref": f"{_SCHEMAS}Problem"}}}}
    return {status: told for status, told in responses.items() if status != "422"} | {"default": problem}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(described(), indent=2, sort_keys=True) + "\n")
