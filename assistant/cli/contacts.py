"""Advice on the name of a contact that nobody has; it opens nothing."""

from __future__ import annotations

from collections.abc import Sequence

SHOWN = 3


def advice(label: str, labels: Sequence[str]) -> str:
    """The nearest names, or some of them; what to do when there are none."""
    from rapidfuzz import process
    from rapidfuzz.utils import default_process

    if not labels:
        return "this workspace has no contacts: add them to corpus/fixture/companies.yaml"
    near = [found for found, _, _ in process.extract(label, list(labels), limit=SHOWN, score_cutoff=50, processor=default_process)]
    return f"the nearest: {', '.join(near)}" if near else f"there are, among others, {', '.join(labels[:SHOWN])}"
