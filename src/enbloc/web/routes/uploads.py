"""Uploads: files on their way into a case."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from enbloc.web.problem import Problem
from enbloc.web.rules import Function
from enbloc.web.services import Given
from enbloc.web.signed_in import Signed, signed
from enbloc.web.strict import too_large
from enbloc.web.transit import Transit, Uploaded

uploads = APIRouter(tags=["uploads"])

Name = Annotated[str, Query(min_length=1, max_length=400, description="Only its ending is kept.")]
_BODY = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}}


@uploads.post("/uploads", status_code=201, openapi_extra=_BODY)
async def upload(
    name: Name, request: Request, signed: Annotated[Signed, signed(Function.BRING)], services: Given
) -> Uploaded:
    """Send a file: a zip of a DICOM series or of a case folder, NIfTI, NRRD or DICOM SEG. It is kept for a day."""
    if request.headers.get("content-type", "").partition(";")[0].strip().casefold() != "application/octet-stream":
        raise Problem(415, "A file is sent as it is.", "Send it as application/octet-stream.")
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said) > services.largest_upload:
        raise too_large(services.largest_upload)
    transit = Transit(services.folder, signed.centre, signed.person)
    return await transit.take(name, request.stream(), largest=services.largest_upload, now=services.clock())
