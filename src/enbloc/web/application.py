"""The application: routes, pages, and what stands before them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.types import ASGIApp

from enbloc import __version__
from enbloc.web.guarding import Guard
from enbloc.web.pages import pages
from enbloc.web.problem import tell_problems
from enbloc.web.routes.arranging import arranging
from enbloc.web.routes.audit import audit
from enbloc.web.routes.bench import benches
from enbloc.web.routes.bench_edits import bench_edits
from enbloc.web.routes.bench_plans import bench_plans
from enbloc.web.routes.bench_saving import bench_saving
from enbloc.web.routes.board_documents import board_documents
from enbloc.web.routes.cases import cases
from enbloc.web.routes.decisions import decisions
from enbloc.web.routes.enrolling import enrolling
from enbloc.web.routes.events import events
from enbloc.web.routes.health import health
from enbloc.web.routes.jobs import jobs
from enbloc.web.routes.meetings import meetings
from enbloc.web.routes.people import people
from enbloc.web.routes.results import results
from enbloc.web.routes.second_looks import second_looks
from enbloc.web.routes.session import session
from enbloc.web.routes.storage import storage
from enbloc.web.routes.tasks import tasks
from enbloc.web.routes.tour import tour
from enbloc.web.routes.uploads import uploads
from enbloc.web.routes.vocabulary import vocabulary
from enbloc.web.routes.worklist import worklist
from enbloc.web.services import Services

PREFIX = "/api/v1"
ROUTERS: tuple[APIRouter, ...] = (
    health,
    enrolling,
    session,
    worklist,
    uploads,
    cases,
    results,
    arranging,
    benches,
    bench_edits,
    bench_plans,
    bench_saving,
    meetings,
    decisions,
    board_documents,
    second_looks,
    tasks,
    jobs,
    events,
    vocabulary,
    people,
    audit,
    storage,
)
"""The nouns of the API, in the order of its description."""


class Guarded(FastAPI):
    """The application behind its guard, which finishes the answer to a fault of the program too."""

    def build_middleware_stack(self) -> ASGIApp:
        """The guard before everything else."""
        return Guard(super().build_middleware_stack(), services=self.state.services)


def create_app(services: Services) -> FastAPI:
    """The application with these services; its own description is not public."""
    app = bare_app()
    app.state.services = services
    return app


def bare_app() -> FastAPI:
    """The routes alone, as the description of the API needs them."""
    app = Guarded(
        title="enbloc",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=_with_runner,
        generate_unique_id_function=_name_of,
        redirect_slashes=False,
    )
    tell_problems(app)
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX)
    app.include_router(tour)
    app.include_router(pages)
    return app


@asynccontextmanager
async def _with_runner(app: FastAPI) -> AsyncIterator[None]:
    services: Services = app.state.services
    await to_thread.run_sync(services.runner.start)
    try:
        yield
    finally:
        services.live.end()
        await to_thread.run_sync(services.benches.stop)
        await to_thread.run_sync(services.runner.stop)


def _name_of(route: APIRoute) -> str:
    return route.name
