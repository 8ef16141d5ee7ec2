"""Spreadsheet values as a reader sees them."""

from __future__ import annotations

import pytest

from assistant.knowledge.load.cells import shown


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("0.30000000000000004", "", "0.3"),
        ("25", "General", "25"),
        ("1e-05", "", "0.00001"),
        ("0.15", "0%", "15%"),
        ("1234.5", '"¥"#,##0.00', "¥1,234.50"),
        ("1234.5", '[$€-407] #,##0.0;[Red]-#,##0.0', "€ 1,234.5"),
        ("-5", "#,##0;[Red]-#,##0", "-5"),
        ("25", '0" m³/h"', "25 m³/h"),
        ("45717", "yyyy-mm-dd", "2025-03-01"),
        ("45717", 'yyyy"年"m"月"d"日"', "2025-03-01"),
        ("45717.5", "m/d/yy h:mm", "2025-03-01 12:00"),
        ("0.375", "h:mm", "09:00"),
        ("1.5", "[h]:mm", "36:00"),
        ("45717", "mmm-yy", "2025-03"),
        ("007", "@", "007"),
        ("text", "0.00", "text"),
    ],
)  # fmt: skip
def test_values_are_shown_as_in_the_sheet(value: str, code: str, text: str) -> None:
    assert shown(value, code) == text
