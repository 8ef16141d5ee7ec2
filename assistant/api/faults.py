"""What is answered when something goes wrong: the one table from the error tree to statuses, and the one shape of an error; it logs nothing."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse

from assistant.errors import (
    AssistantError,
    BackendUnavailable,
    ChannelError,
    ConfigError,
    Conflict,
    InvalidInput,
    ModelFailed,
    NotFound,
    PermissionDenied,
    ToolFailed,
)

# the narrowest class decides
STATUS: dict[type[AssistantError], int] = {
    InvalidInput: 422,
    NotFound: 404,
    PermissionDenied: 403,
    Conflict: 409,
    ToolFailed: 502,
    ChannelError: 502,
    BackendUnavailable: 503,
    ModelFailed: 503,
    ConfigError: 500,
    AssistantError: 500,
}
# codes that HTTP has a narrower status for
STATUS_OF_CODE = {"too_long": 413, "body_too_large": 413, "attachment_too_large": 413, "attachment_type": 415}
CODE_OF_STATUS = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "body_too_large", 415: "unsupported_media_type", 422: "invalid_input"}
# what happened inside is for the log; whoever asked learns what is safe and what to do
NEUTRAL = {
    500: "Something went wrong on our side. Your message is kept; please try again.",
    502: "A system behind the assistant did not answer. Nothing is lost; please try again.",
    503: "The assistant is busy or not ready yet. Please send your message again; nothing is done twice.",
}


def status_of(error: AssistantError) -> int:
    """The status of an error of the tree; a code with a narrower status wins over its class."""
    if error.code in STATUS_OF_CODE:
        return STATUS_OF_CODE[error.code]
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def told(error: AssistantError) -> dict[str, Any]:
    """The body for an error of the tree: its own words where the caller can act on them, neutral ones for faults of ours."""
    return shape(error.code, NEUTRAL.get(status_of(error), error.message))


def shape(code: str, message: str, **more: str) -> dict[str, Any]:
    """{"error": {"code", "message"}}, with a `reference` for bugs."""
    return {"error": {"code": code, "message": message, **more}}


def refusal(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse(shape(code, message), status_code=status)


def bug(reference: str) -> dict[str, Any]:
    """The body for anything that is not in the tree: a reference that the log explains, and nothing of what happened."""
    return shape("internal", NEUTRAL[500], reference=reference)
