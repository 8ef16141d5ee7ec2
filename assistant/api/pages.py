"""The page at / with its files, and what operators look at: alive, ready, counted."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles

from assistant.api.deps import Here
from assistant.api.shapes import Health

WEB = Path(__file__).parent / "web"
router = APIRouter()


def assets() -> StaticFiles:
    """The page's modules, styles and strings."""
    return StaticFiles(directory=WEB)


@router.get("/", include_in_schema=False)
async def page() -> FileResponse:
    """The chat beside the trace of its turns."""
    return FileResponse(WEB / "index.html", media_type="text/html; charset=utf-8")


@router.get("/favicon.ico", include_in_schema=False)
async def icon() -> FileResponse:
    return FileResponse(WEB / "icon.svg", media_type="image/svg+xml")


@router.get("/live", tags=["operations"], response_model=Health, summary="The process answers")
async def alive() -> dict[str, object]:
    return {"status": "ok", "checks": {}}


@router.get(
    "/ready",
    tags=["operations"],
    response_model=Health,
    summary="Every part behind the server answers",
    responses={503: {"model": Health, "description": "A part has a problem"}},
)
async def ready(here: Here) -> JSONResponse:
    checks = dict(await here.assistant.ready())
    well = all(line.startswith("ok") for line in checks.values())
    return JSONResponse({"status": "ok" if well else "not ready", "checks": checks}, status_code=200 if well else 503)


@router.get(
    "/metrics",
    tags=["operations"],
    response_class=Response,
    summary="Counters for Prometheus",
    responses={200: {"description": "The exposition format", "content": {"text/plain": {}}}},
)
async def metrics(here: Here) -> Response:
    return Response(here.metrics.text(), media_type=CONTENT_TYPE_LATEST)
