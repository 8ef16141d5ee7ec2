"""A small invented company of garden tools, its documents, and an encoder made of word hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from assistant.knowledge.terms import terms
from assistant.workspace.company import Attribute, Catalog, Document, Family, Product, Relation

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")

CATALOG = Catalog(
    families={
        "mower": Family("mower", {"zh": "割草机", "en": "mower"}, {"zh": ("割草机",), "en": ("mower", "mowers", "lawn mower")}),
        "blade": Family("blade", {"zh": "刀片", "en": "blade"}, {"zh": ("刀片",), "en": ("blade", "blades")}),
    },
    attributes={
        "width": Attribute("width", {"zh": "割幅", "en": "cutting width"}, {"zh": ("割幅", "割多宽"), "en": ("cutting width",)}, "cm", "higher"),
        "noise": Attribute("noise", {"zh": "噪声", "en": "noise"}, {"zh": ("噪声", "噪音"), "en": ("noise", "how loud")}, "dB", "lower"),
        "weight": Attribute("weight", {"zh": "重量", "en": "weight"}, {"zh": ("重量", "多重"), "en": ("weight", "how heavy")}, "kg", "lower"),
        "steel": Attribute("steel", {"zh": "钢种", "en": "steel grade"}, {"zh": ("钢种",), "en": ("steel grade",)}),
    },
    relations={"blade": Relation("blade", {"zh": "刀片", "en": "blade"}, {"zh": ("刀片",), "en": ("blade", "blades")})},
    products={
        "M-40": Product(
            "M-40", {"zh": "M-40 割草机", "en": "M-40 mower"}, "mower", 49900, {"zh": "台", "en": "piece"}, ("M40",), False, 24,
            {"width": "40 cm", "noise": "88 dB", "weight": "18 kg"}, {"blade": ("B-40",)}, "m-40",
        ),
        "M-52": Product(
            "M-52", {"zh": "M-52 割草机", "en": "M-52 mower"}, "mower", 79900, {"zh": "台", "en": "piece"}, ("M52",), False, 24,
            {"width": "52 cm", "noise": "92 dB", "weight": "27 kg"}, {"blade": ("B-52",)}, "m-52",
        ),
        "B-40": Product("B-40", {"zh": "B-40 刀片", "en": "B-40 blade"}, "blade", 2900, {"zh": "片", "en": "piece"}, (), False, 6, {"steel": "65Mn"}),
        "B-52": Product("B-52", {"zh": "B-52 刀片", "en": "B-52 blade"}, "blade", 3900, {"zh": "片", "en": "piece"}, (), True, 6, {"steel": "65Mn"}),
    },
)  # fmt: skip

RETURNS_EN = """# Returns

## Return window
Unused tools can be returned within 20 days of delivery. Used tools cannot be returned.

## How to return
1. Write to us with the order number.
2. Put the label on the box.
3. Hand the box to the carrier.
"""
RETURNS_ZH = """# 退货

## 退货期限
未使用的工具在送达后 20 天内可以退货。用过的不能退。
"""
MANUAL = """# Mowers: care

## Sharpening
Sharpen the blade of the M-40 every 25 hours. The blade of the M-52 needs it every 40 hours.

## Torque
| Part | M-40 | M-52 |
|---|---|---|
| blade bolt | 35 N·m | 50 N·m |
| wheel nut | 20 N·m | 22 N·m |
"""


class HashEncoder:
    """Unit vectors of summed word hashes: texts that share words are near. Counts what it is asked."""

    name = "hash"
    version = "1"
    dimension = 64

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.texts += texts
        rows = np.stack([self._vector(text) for text in texts]) if texts else np.empty((0, self.dimension))
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return (rows / lengths).astype(np.float32)

    def _vector(self, text: str) -> npt.NDArray[np.float64]:
        total = np.full(self.dimension, 1e-3)
        for term in terms(text):
            seed = int.from_bytes(hashlib.sha256(term.encode()).digest()[:4], "big")
            total = total + np.random.default_rng(seed).standard_normal(self.dimension)
        return total


class Still:
    """A clock that stands."""

    def now(self) -> datetime:
        return NOW


def document(name: str, body: str, language: str = "en", **fields: Any) -> Document:
    """A public document of the enterprise level, valid for ever."""
    title = fields.pop("title", body.split("\n")[0].lstrip("# "))
    return Document(name, title, fields.pop("level", "enterprise"), language, f"corpus/{name}.{language}.md", body, 1, **fields)


def documents() -> tuple[Document, ...]:
    return (
        document("returns", RETURNS_EN),
        document("returns", RETURNS_ZH, "zh"),
        document("care", MANUAL, level="product", products=("M-40", "M-52")),
        document("old-returns", "# Returns\n\n## Return window\nTools can be returned within 7 days.", valid_until=date(2025, 12, 31)),
        document("coming", "# News\n\n## Return window\nFrom July tools can be returned within 60 days.", valid_from=date(2026, 7, 1)),
        document("desk", "# Desk\n\n## Late returns\nThe desk may accept unused tools up to 45 days late.", audience="internal"),
    )


def workspace(root: Path, found: Sequence[Document] | None = None, catalog: Catalog = CATALOG) -> Any:
    """As much of a workspace as the room reads."""
    return SimpleNamespace(
        root=root, catalog=catalog, documents=tuple(documents() if found is None else found), zone=ZONE, languages=("zh", "en"), currency="USD",
        calibration={}, ideas=(), reviews={}, settings=SimpleNamespace(workspace=SimpleNamespace(id="garden")),
    )  # fmt: skip


def changed(found: Document, body: str) -> Document:
    return replace(found, body=body)
