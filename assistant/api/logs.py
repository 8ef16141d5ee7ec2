"""How the server's log looks: one line an event on standard error, as JSON or readable; what goes into it is decided where it happens."""

from __future__ import annotations

import logging
import sys

import structlog


def configure_logs(*, level: str = "info", as_json: bool = False) -> None:
    """Sets the process's structured logging; `level` is debug, info, warning or error. Called once, by whoever starts the server."""
    shown = structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True), shown],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
