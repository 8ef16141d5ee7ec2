"""Documents that disagree are told with both quotes; documents that agree, or are never in force together, are not."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.knowledge.contradictions import Contradiction, contradictions
from assistant.knowledge.library import sync_all
from assistant.store.engine import SqlStore
from tests.knowledge.garden import document, documents
from tests.knowledge.shelf import shelf

TABLE = "# {0}\n\n## Data\n\n| | M-40 |\n|---|---|\n| noise | {1} |\n"


def found(store: SqlStore, root: Path, *given: Any) -> tuple[Contradiction, ...]:
    library = shelf(store, root, list(given))
    sync_all(library)
    return contradictions(library)


def test_the_company_agrees_with_itself(store: SqlStore, tmp_path: Path) -> None:
    assert found(store, tmp_path, *documents()) == ()


def test_another_value_of_the_same_attribute(store: SqlStore, tmp_path: Path) -> None:
    page = document("sheet", TABLE.format("Sheet", "91 dB"), level="product", products=("M-40",))
    (one, *_) = [each for each in found(store, tmp_path, page) if "noise" in each.text]
    assert sum("91 dB" in quote for _, quote in one.quotes) == 1
    assert sum("88 dB" in quote for _, quote in one.quotes) == 1


def test_the_same_value_in_another_unit_is_the_same(store: SqlStore, tmp_path: Path) -> None:
    page = document("sheet", "# Sheet\n\n## Data\n\n| | M-40 |\n|---|---|\n| cutting width | 400 mm |\n", level="product", products=("M-40",))
    assert found(store, tmp_path, page) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Unused tools can be returned within 20 days of delivery.", "Unused tools can be returned within 30 days of delivery."),
        ("Small orders pay a handling fee of 5 percent.", "Small orders pay a handling fee of 8 percent."),
        ("未使用的工具在送达后 20 天内可以退货。", "未使用的工具在送达后 15 天内可以退货。"),
    ],
)
def test_the_same_rule_with_another_window(store: SqlStore, tmp_path: Path, one: str, other: str) -> None:
    language = "en" if one.isascii() else "zh"
    made = [document(name, f"# {name}\n\n## Rules\n\n{text}", language) for name, text in (("alpha", one), ("beta", other))]
    (only,) = found(store, tmp_path, *made)
    assert [quote for _, quote in only.quotes] == [one, other]


def test_rules_that_are_never_in_force_together_may_differ(store: SqlStore, tmp_path: Path) -> None:
    rule = "# {}\n\n## Rules\n\nUnused tools can be returned within {} days of delivery."
    old = document("alpha", rule.format("alpha", 20), valid_until=date(2026, 6, 30))
    new = document("beta", rule.format("beta", 30), valid_from=date(2026, 7, 1))
    inner = document("gamma", rule.format("gamma", 40), audience="internal")
    assert found(store, tmp_path, old, new, inner) == ()


def test_two_products_may_differ(store: SqlStore, tmp_path: Path) -> None:
    body = "# {0}\n\n## Sharpening\n\nSharpen the blade of this machine every {1} hours of work."
    one = document("alpha", body.format("Care one", 25), level="product", products=("M-40",))
    other = document("beta", body.format("Care two", 40), level="product", products=("M-52",))
    assert found(store, tmp_path, one, other) == ()


Pair = tuple[str, str, str, str]
# heading and sentence of two documents
CLASH: tuple[Pair, ...] = (
    ("Lead time", "The lead time of the DS-9 is 10 working days.", "DS-9", "The lead time of the DS-9 is 25 working days."),
    ("Returns", "Goods may be returned within 30 days.", "How long can I return goods?", "You can return goods within 14 days."),
    ("Warranty of the M-40", "The warranty of the M-40 is 24 months.", "How long is the M-40 under warranty?", "The M-40 has a warranty of 36 months."),
    ("Warm-up", "Warm up the balance for 60 minutes before weighing.", "Before weighing", "Warm the balance up for 30 minutes before weighing."),
    ("Minimum order", "The minimum order is 50 pieces per article.", "MOQ", "Minimum order quantity: 80 pieces per article."),
    ("Payment", "Invoices are payable within 30 days.", "Paying", "Our invoices must be paid within 14 days."),
    ("Freight", "Orders over 500 USD ship free of freight.", "Delivery charges", "Orders above 800 USD ship free of freight."),
    ("Complaints", "Defects must be reported within 7 days of delivery.", "Defects", "Please report defects within 10 days of receipt."),
    ("Deposit", "A deposit of 30 % is due when the order is placed.", "Deposits", "A deposit of 50 % is due when an order is placed."),
    ("Samples", "Samples cost 15 USD each.", "Sample price", "Each sample costs 20 USD."),
    ("起订量", "每个货号起订 50 条。", "起订", "每个货号起订 80 条。"),
    ("质量异议", "质量异议应在收货后 7 天内提出。", "质量异议期限", "质量异议请在收货后 10 天内提出。"),
    ("退货", "未使用的商品 30 天内可以退货。", "退货期限", "未使用的商品可在 21 天内退货。"),
    ("预热", "开机后需预热 60 分钟。", "使用前", "开机后请预热 30 分钟。"),
    ("交期", "标准交期为 15 个工作日。", "多久交货", "标准交期是 20 个工作日。"),
    ("定金", "下单时须支付 30% 的定金。", "付款", "下单时支付 50% 定金。"),
    ("保修", "M-40 的保修期为 24 个月。", "M-40", "M-40 保修期 12 个月。"),
    ("运费", "订单满 5000 元免运费。", "运费说明", "订单满 3000 元免运费。"),
    ("样品", "样品费每件 80 元。", "样品收费", "每件样品费 100 元。"),
    ("账期", "账期为 30 天。", "结算", "账期 60 天。"),
    ("Returns", "Unused goods can be returned within 30 days of delivery.", "Returns", "Goods can be returned within 21 days."),
    ("质量异议", "收货后 7 天内书面提出，逾期视为合格。", "质量异议期限", "质量异议请在收货后 10 天内提出。"),
    ("克重", "毛巾克重为 500 克。", "毛巾", "毛巾的克重是 550 克。"),
    ("Torque", "Tighten the bolts to 60 N·m.", "Bolts", "The bolts are tightened to 80 N·m."),
)
# another product, case, attribute, start or state; a range that holds the value; the same value in other units
AGREE: tuple[Pair, ...] = (
    ("Lead time", "The lead time of the M-40 is 10 working days.", "M-52", "The lead time of the M-52 is 25 working days."),
    ("Delivery", "Delivery takes 5 working days.", "Express", "Express delivery takes 2 working days."),
    ("Standard", "Standard delivery takes 5 working days.", "Express", "Express delivery takes 2 working days."),
    ("Weight", "The M-40 weighs 12 kg.", "Noise", "The M-40 carries 40 kg."),
    ("Lead time", "Delivery takes 10 to 15 working days.", "Delivery", "Delivery takes 12 working days."),
    ("Width", "The cutting width of the M-40 is 400 mm.", "Width", "The cutting width of the M-40 is 40 cm."),
    ("Storage", "Store the oil at up to 40 °C.", "Storing", "Store the oil at 20 °C."),
    ("Returns", "Unopened goods may be returned within 30 days.", "Returns of opened goods", "Opened goods may be returned within 7 days."),
    ("Payment", "Gold customers pay within 60 days.", "Payment", "New customers pay within 14 days."),
    ("Restocking", "The restocking fee is 10 %.", "Calibration", "The calibration fee is 15 %."),
    ("交期", "M-40 的交期为 10 个工作日。", "交期", "M-52 的交期为 25 个工作日。"),
    ("加急", "加急订单 3 个工作日发货。", "发货", "普通订单 7 个工作日发货。"),
    ("发货", "订单 7 个工作日内发货。", "加急", "加急订单 3 个工作日内发货。"),
    ("退货", "未拆封商品 30 天内可以退货。", "退货", "已拆封商品 7 天内可以退货。"),
    ("预热", "开机后预热 30 至 60 分钟。", "使用", "开机后预热 45 分钟。"),
    ("长度", "M-40 的割幅为 400 毫米。", "割幅", "M-40 的割幅是 40 厘米。"),
    ("储存", "储存温度不超过 40 °C。", "储存", "储存温度为 20 °C。"),
    ("保修", "整机保修 24 个月。", "保修", "易损件保修 6 个月。"),
    ("起订", "定制产品每个货号起订 500 条。", "起订", "现货每个货号起订 50 条。"),
    ("账期", "金牌客户账期 60 天。", "账期", "新客户账期 15 天。"),
    ("Cleaning", "Clean the filter every 200 hours.", "Oil", "Change the oil every 400 hours."),
    ("Returns", "Goods may be returned within 30 days.", "Returns", "Goods may be returned within one month."),
    ("免运费", "上海地区订单满 1000 元免运费。", "免运费", "新疆地区订单满 5000 元免运费。"),
    ("Returns", "Unopened goods can be returned within 30 days.", "Returns", "Used goods can be returned within 7 days."),
    ("Returns", "Unused goods can be returned within 30 days.", "Returns", "Sale goods can be returned within 7 days."),
    ("Delivery", "Delivery takes 5 working days after payment.", "Delivery", "Delivery takes 8 working days after ordering."),
    ("Opening hours", "The shop opens at 9:00 on 1 May 2026.", "Opening hours", "The shop opens at 10:00 on 3 June 2027."),
    ("Step 1", "Press button 3 on the panel.", "Step 2", "Press button 4 on the panel."),
    ("规格", "毛巾克重 500 克。", "规格", "浴巾克重 700 克。"),
)


def between(store: SqlStore, root: Path, pair: Pair) -> list[Contradiction]:
    language = "zh" if re.search(r"[\u3400-\u9fff]", pair[1]) else "en"
    made = [document(name, f"# {name}\n\n## {head}\n\n{text}", language) for name, head, text in (("alpha", *pair[:2]), ("beta", *pair[2:]))]
    return [each for each in found(store, root, *made) if {quote for _, quote in each.quotes} <= {pair[1], pair[3]}]


@pytest.mark.parametrize("pair", CLASH)
def test_the_same_thing_said_with_another_figure(store: SqlStore, tmp_path: Path, pair: Pair) -> None:
    assert len(between(store, tmp_path, pair)) == 1


@pytest.mark.parametrize("pair", AGREE)
def test_two_things_that_may_both_be_so(store: SqlStore, tmp_path: Path, pair: Pair) -> None:
    assert between(store, tmp_path, pair) == []
