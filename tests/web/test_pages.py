"""The built pages: their files, their first page for every address, and nothing else of the disk."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from enbloc.web.services import Services
from tests.web.served import Served

FIRST = b"<!doctype html><title>enbloc</title>" + b" " * 2000


@pytest.fixture
def built(folder: Path) -> Iterator[Served]:
    home = folder / "pages"
    (home / "assets").mkdir(parents=True)
    (home / "index.html").write_bytes(FIRST)
    (home / "mark.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (home / "assets" / "index-1a2b.js").write_text("export {};\n" * 500)
    (home / "assets" / "plex.woff2").write_bytes(b"wOF2" + b"\0" * 100)
    (folder / "secret.txt").write_text("secret")
    (home / "link.txt").symlink_to(folder / "secret.txt")

    def prepare(services: Services) -> Services:
        return replace(services, pages=home)

    made = Served(None, folder / "data", prepare=prepare)
    yield made
    made.close()


@pytest.mark.parametrize(
    "path",
    ["/", "/case/2f41", "/case/a.b", "/administration/people", "/sign-in", "/setup/x", "/invitation/x", "/%00", "/x?y"],
)
def test_every_address_of_the_pages_has_the_first_page(built: Served, path: str) -> None:
    answer = built.anonymous().get(path)
    assert (answer.status_code, answer.content) == (200, FIRST)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_assets_stay_and_are_packed(built: Served) -> None:
    answer = built.anonymous().get("/assets/index-1a2b.js")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 500 < len(answer.content)
    plain = built.anonymous(**{"Accept-Encoding": "identity"}).get("/assets/index-1a2b.js")
    assert "content-encoding" not in plain.headers
    assert plain.content == answer.content
    assert built.anonymous().get("/assets/plex.woff2").headers["content-type"] == "font/woff2"
    assert gzip.compress(b"") != b""


def test_a_page_that_is_known_is_not_sent_again(built: Served) -> None:
    browser = built.anonymous()
    etag = browser.get("/").headers["etag"]
    again = browser.get("/", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/assets/none.js",
        "/assets/../../secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "//etc/passwd",
        "/link.txt",
        "/assets",
        "/..%5csecret.txt",
    ],
)
def test_nothing_beside_the_pages_is_opened(built: Served, path: str) -> None:
    answer = built.anonymous().get(path)
    assert b"secret" not in answer.content.replace(b"secret.txt", b"")
    assert answer.status_code in (200, 404)
    assert answer.status_code == 404 or answer.content == FIRST


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/v2/health", "/api/v1/", "/api/v1/nothing", "/api/openapi.json"]
)
def test_what_is_no_route_of_the_api_is_a_problem(built: Served, path: str) -> None:
    answer = built.anonymous().get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_the_description_is_not_public(built: Served, path: str) -> None:
    assert built.anonymous().get(path).content == FIRST


def test_without_built_pages_the_remedy_is_told(folder: Path) -> None:
    made = Served(None, folder / "data", prepare=lambda services: replace(services, pages=folder / "none"))
    answer = made.anonymous().get("/")
    made.close()
    assert answer.status_code == 503
    assert "make pages" in answer.json()["remedy"]
