"""Figures in a text: each once, as what it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assistant.evaluation.figures import figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-06-15", [("date", date(2026, 6, 15))]),
        ("2026年6月15日（周一）", [("date", date(2026, 6, 15))]),
        ("6月15日", [("date", (6, 15))]),
        ("Mon 15 Jun 2026", [("date", date(2026, 6, 15))]),
        ("June 15, 2026 at 09:00", [("date", date(2026, 6, 15)), ("time", "09:00")]),
        ("2026-02-31", [("number", Decimal(20260231))]),
        ("US$1,600.00", [("money", Decimal("1600.00"))]),
        ("5 % 折扣", [("percent", Decimal(5))]),
        ("10 台 P-100", [("number", Decimal(10)), ("code", "P100")]),
        ("1.6 MPa, 32m", [("number", Decimal("1.6")), ("number", Decimal(32))]),
        ("1) 甲; 2) 乙", []),
        ("138****0000", [("masked", "138****0000")]),
        ("税号 91320500123456789X", [("code", "91320500123456789X")]),
        ("１２３４５号", [("number", Decimal(12345))]),
    ],
)
def test_figures(text: str, expected: list[tuple[str, Any]]) -> None:
    assert [(figure.kind, figure.value) for figure in figures(text)] == expected
