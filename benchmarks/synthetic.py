"""Invented documents of any number, in Chinese and English by turns, to measure speed with; the same ones every time, and no text of any company."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.workspace.model import Document

ZH = [
    "订单",
    "仓库",
    "运费",
    "客户",
    "合同",
    "检验",
    "包装",
    "温度",
    "压力",
    "电缆",
    "阀门",
    "轴承",
    "外壳",
    "螺栓",
    "安装",
    "维护",
    "清洗",
    "报告",
    "图纸",
    "证书",
    "颜色",
    "重量",
    "长度",
    "接头",
    "过滤",
    "电机",
    "风扇",
    "屏幕",
    "按键",
    "参数",
    "报警",
    "备件",
    "费用",
    "发票",
    "期限",
    "培训",
    "现场",
    "服务",
]
EN = [
    "order",
    "warehouse",
    "freight",
    "customer",
    "contract",
    "inspection",
    "packing",
    "temperature",
    "pressure",
    "cable",
    "valve",
    "bearing",
    "housing",
    "bolt",
    "fitting",
    "maintenance",
    "cleaning",
    "report",
    "drawing",
    "certificate",
    "colour",
    "weight",
    "length",
    "connector",
    "filter",
    "motor",
    "fan",
    "screen",
    "button",
    "parameter",
    "alarm",
    "spare",
    "fee",
    "invoice",
    "period",
    "training",
    "site",
    "service",
]
PER_DOCUMENT = 20


def synthetic_documents(sections: int) -> tuple[Document, ...]:
    """Documents with `sections` sections in all, of about six sentences each."""
    return tuple(_document(number) for number in range(sections // PER_DOCUMENT))


def _document(number: int) -> Document:
    language = "zh" if number % 2 else "en"
    steps = _steps(number + 1)
    body = "\n\n".join(f"## {_heading(language, steps)} {n}\n{' '.join(_sentence(language, steps) for _ in range(6))}" for n in range(PER_DOCUMENT))
    return Document(f"synthetic-{number}", f"Synthetic {number}", "scene", language, f"synthetic-{number}.{language}.md", body, 1)


def _steps(seed: int) -> Iterator[int]:
    """A linear congruential sequence (Numerical Recipes' constants): as good as chance here, and the same everywhere."""
    while True:
        seed = (seed * 1664525 + 1013904223) % 2**32
        yield seed >> 8


def _heading(language: str, steps: Iterator[int]) -> str:
    words = ZH if language == "zh" else EN
    picked = [words[next(steps) % len(words)] for _ in range(3)]
    return "".join(picked) if language == "zh" else " ".join(picked)


def _sentence(language: str, steps: Iterator[int]) -> str:
    words = ZH if language == "zh" else EN
    picked = [words[next(steps) % len(words)] for _ in range(9)]
    value = next(steps) % 900
    if language == "zh":
        return f"{''.join(picked[:4])}的{picked[4]}为 {value} mm，{''.join(picked[5:])}。"
    return f"The {' '.join(picked[:5])} is {value} mm and the {' '.join(picked[5:])} follows."
