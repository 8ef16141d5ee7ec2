"""A sum that a reply shows is founded only when it is right and each of its terms is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.evaluation.grounding import _sums_shown


@pytest.mark.parametrize(
    ("reply", "missing", "founded"),
    [
        ("In total: US$4,800.00 + US$90.00 = US$4,890.00.", {"4890.00"}, True),
        ("合计：US$4,800.00 + US$90.00 + US$12.00 = US$4,902.00。", {"4902.00"}, True),
        ("In total: US$4,800.00 + US$90.00 = US$4,980.00.", {"4980.00"}, False),
        ("In total: US$4,800.00 + US$95.00 = US$4,895.00.", {"4895.00", "95.00"}, False),
        ("In total US$4,890.00.", {"4890.00"}, False),
    ],
)
def test_only_a_right_sum_of_founded_terms_counts(reply: str, missing: set[str], founded: bool) -> None:
    values = {Decimal(value) for value in missing}
    assert bool(_sums_shown(reply, values)) is founded
