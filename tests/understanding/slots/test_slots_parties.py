"""E-mail addresses, phones, tax ids and invoice titles, with and without the question for them."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

SHOP = runpy.run_path(str(Path(__file__).with_name("slots_shop.py")))
values = SHOP["values"]


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("13800000000", "13800000000"), ("+86 138-0013-8000", "+8613800138000"), ("手机号１３５００００５５５５", "13500005555"),
        ("回电0512-68881234", "051268881234"), ("my number is 512.555.0147", "5125550147"),
        ("call me at (512) 555-0147", "5125550147"), ("+49 40 1234567", "+49401234567"), ("+44 20 7946 0958", "+442079460958"),
        ("my number is 5551234", "5551234"),
        ("打我手机一三八零零零零一一一一", "13800001111"), ("400-800-1234", "4008001234"),
    ],
)  # fmt: skip
def test_phones(text: str, phone: str) -> None:
    assert values(text, "phone") == [phone]
    assert values(text, "order") == []


@pytest.mark.parametrize("text", ["40017 40018", "2026-06-15", "账号6222021234567890123", "+10台", "税号9132050012345678"])
def test_no_phones(text: str) -> None:
    assert values(text, "phone") == []


def test_a_phone_that_was_asked_for() -> None:
    assert values("5550147", "phone", expecting="phone") == ["5550147"]
    assert values("5550147", "phone") == []
    assert values("40017", "phone", expecting="phone") == []


def test_email() -> None:
    assert values("send the quote to purchasing@northwind.example.", "email") == ["purchasing@northwind.example"]
    assert values("王芳 13711112222 wangfang@hongda.example", "email") == ["wangfang@hongda.example"]


@pytest.mark.parametrize(
    ("text", "tax_id"),
    [
        ("税号91320500123456789X", "91320500123456789X"), ("税号9132050012345678", "9132050012345678"),
        ("９１３２０５００１２３４５６７８９Ｘ", "91320500123456789X"),
        ("税号:91320500 12345678 9X", "91320500123456789X"), ("税号:9132 0500 1234 5678 9X", "91320500123456789X"),
        ("税号 91320500123456789x，抬头华峰", "91320500123456789X"),
        ("VAT DE811234567", "DE811234567"), ("tax id is 12-3456789", "123456789"), ("VAT number GB 123 4567 89", "GB123456789"),
        ("统一社会信用代码 91320500MA1WXYZ12K", "91320500MA1WXYZ12K"),
        ("税号不是91320500123456789X,是91320500123456789Y", "91320500123456789Y"),
    ],
)  # fmt: skip
def test_tax_ids_keep_every_length(text: str, tax_id: str) -> None:
    assert values(text, "tax_id") == [tax_id]
    assert values(text, "order") == []


def test_a_tax_id_that_was_asked_for() -> None:
    assert values("DE811234567", "tax_id", expecting="tax_id") == ["DE811234567"]
    assert values("DE811234567", "tax_id") == []
    assert values("没有税号", "tax_id", expecting="tax_id") == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("抬头是广州宏达物流有限公司", "广州宏达物流有限公司"), ("91320500123456789X,抬头苏州华峰机械有限公司", "苏州华峰机械有限公司"),
        ("bill to: Atlas Pumps GmbH", "Atlas Pumps GmbH"),
        ("invoice to Northwind Fabrication LLC please", "Northwind Fabrication LLC"), ("made out to Atlas Pumps GmbH & Co. KG", "Atlas Pumps GmbH & Co. KG"),
        ("invoice title: Suzhou Huafeng Machinery Co., Ltd.", "Suzhou Huafeng Machinery Co., Ltd."),
        ("发票抬头写个人", "个人"),
        ("开票给广州宏达物流有限公司", "广州宏达物流有限公司"), ("91320500123456789X 苏州华峰机械有限公司", "苏州华峰机械有限公司"),
        ("开票名称写成华锋了，应该是华峰", "华峰"), ("you billed it to Northwind Fab but it must be Northwind Fabrication LLC", "Northwind Fabrication LLC"),
        ("公司名称：宏达物流（广州）有限公司", "宏达物流（广州）有限公司"), ("开票单位名称：苏州华峰机械有限公司", "苏州华峰机械有限公司"),
        ("受票方：上海明达机电有限公司", "上海明达机电有限公司"), ("bill it under the name Lone Star Hydraulics Inc.", "Lone Star Hydraulics Inc."),
    ],
)  # fmt: skip
def test_titles(text: str, title: str) -> None:
    assert values(text, "title") == [title]


@pytest.mark.parametrize(
    "text",
    [
        "抬头是什么",
        "title?",
        "发票抬头开错了，重开一张",
        "wrong company name on the invoice, please redo it",
        "我是苏州华峰机械有限公司的李伟",
        "send the invoice to max@x.example",
    ],
)
def test_no_titles(text: str) -> None:
    assert values(text, "title") == []


def test_a_title_that_was_asked_for() -> None:
    for text, title in {
        "就写华峰机械": "华峰机械",
        "Northwind Fabrication": "Northwind Fabrication",
        "it's Atlas Pumps GmbH": "Atlas Pumps GmbH",
        "个人": "个人",
    }.items():
        assert values(text, "title", expecting="title") == [title], text
    for text in ("same as last time", "KX-300多少钱?", "取消", "no idea"):
        assert values(text, "title", expecting="title") == [], text
