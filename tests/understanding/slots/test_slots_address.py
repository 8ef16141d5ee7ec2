"""Addresses in Chinese and English, cut clean, and the sentences that only sound like one."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

SHOP = runpy.run_path(str(Path(__file__).with_name("slots_shop.py")))
values = SHOP["values"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("送到苏州工业园区星湖街328号", "苏州工业园区星湖街328号"),
        ("改成广州市天河区珠江新城华夏路10号,谢谢", "广州市天河区珠江新城华夏路10号"),
        ("麻烦把40017送到我们昆山新厂", "昆山新厂"),
        ("地址:苏州高新区塔园路99号2栋 邮编215011", "苏州高新区塔园路99号2栋"),
        ("收货地址是浙江省杭州市滨江区 网商路 699号 张三收 13800001111", "浙江省杭州市滨江区 网商路 699号"),
        ("請送到台北市信義區市府路45號", "台北市信義區市府路45號"),
        ("不要送苏州了,送到无锡新区", "无锡新区"),
        ("江苏省苏州市吴中区甪直镇东方大道88号", "江苏省苏州市吴中区甪直镇东方大道88号"),
        ("New dock for 40017: 9 Main St, Dallas TX 75201", "9 Main St, Dallas TX 75201"),
        ("ship it to 1200 Industrial Blvd, Suite 200, Houston, TX 77002 please", "1200 Industrial Blvd, Suite 200, Houston, TX 77002"),
        ("deliver to Hafenstraße 12, 20457 Hamburg, Germany instead", "Hafenstraße 12, 20457 Hamburg, Germany"),
        ("改送无锡：江苏省无锡市新吴区长江路8号", "江苏省无锡市新吴区长江路8号"),
        ("ship to our Houston depot: 12 Harbor Rd, Houston TX 77002", "12 Harbor Rd, Houston TX 77002"),
        ("send 12366 to 9 May Street, Dallas TX 75201", "9 May Street, Dallas TX 75201"),
        ("寄6套木纹色板给我们，地址是悉尼 Burwood Rd 200 号, NSW 2134", "悉尼 Burwood Rd 200 号, NSW 2134"),
        ("寄3套样品到广州市天河区体育西路100号", "广州市天河区体育西路100号"),
        ("40017改送到 悉尼 Railway Parade 18 号", "悉尼 Railway Parade 18 号"),
        ("改送到墨尔本 Swanston街 10号", "墨尔本 Swanston街 10号"),
        ("送到苏州星湖街328号，15号之前", "苏州星湖街328号"),
        ("change the address to 22 King's Road, Bristol BS1 4QA, United Kingdom", "22 King's Road, Bristol BS1 4QA, United Kingdom"),
        ("send the order to 500 main street springfield il 62701 by friday", "500 main street springfield il 62701"),
        ("for 40017 use 77 Airport Way, Austin please", "77 Airport Way, Austin"),
        ("Ship 40017 to our Denver CO plant instead", "Denver CO plant"),
        ("40017送广州市番禺区市桥街繁华路27号3号仓", "广州市番禺区市桥街繁华路27号3号仓"),
        ("40017货发昆山市玉山镇城北中路1288号，王工签收", "昆山市玉山镇城北中路1288号"),
        ("卸货点在天津市西青区学府工业区才智道35号院内", "天津市西青区学府工业区才智道35号院内"),
        ("提货点改成天津市滨海新区第三大街12号", "天津市滨海新区第三大街12号"),
        ("Lieferadresse: Am Sandtorkai 40, 20457 Hamburg", "Am Sandtorkai 40, 20457 Hamburg"),
        ("Ship to 9 Main St. Dallas TX 75201, not Austin", "9 Main St. Dallas TX 75201"),
    ],
)
def test_addresses_are_cut_clean(text: str, address: str) -> None:
    assert values(text, "address") == [address]


@pytest.mark.parametrize(
    "text",
    [
        "move 40017 to 21 August, our site is not ready",
        "送到哪里了", "40017送到了吗", "发到我邮箱", "地址不变", "可以换个地址吗", "改到下周三", "换成大一号的", "Move 40017 to Monday",
        "where did you ship 40017 to?", "ship it to the plant",
        "I moved to a new office", "send the quote to max@atlas.example", "running since spring 2024", "how much is freight to Texas?", "苏州的订单什么时候到",
    ],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    assert values(text, "address") == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("昆山市玉山镇新南西路18号", "昆山市玉山镇新南西路18号"),
        ("就送昆山分公司", "昆山分公司"),
        ("好的,改到无锡吧", "无锡"),
        ("Denver CO", "Denver CO"),
        ("9 main st, dallas", "9 main st, dallas"),
        ("our plant in Plainview", "plant in Plainview"),
        ("the address is 15 Mill Lane, Austin, TX 78701", "15 Mill Lane, Austin, TX 78701"),
        ("Building 4, Riverside Park", "Building 4, Riverside Park"),
    ],
)
def test_the_answer_to_the_question_for_one(text: str, address: str) -> None:
    assert values(text, "address", expecting="address") == [address]


@pytest.mark.parametrize(
    "text", ["还是原来的地址", "KX-300功率多少", "算了", "确认", "我再问问", "hmm let me check", "what about freight?", "yes", "same as before", "no idea"]
)
def test_other_answers_are_no_address(text: str) -> None:
    assert values(text, "address", expecting="address") == []


def test_numbers_of_an_address_are_nothing_else() -> None:
    text = "ship 40017 to 40018 Industrial Road, Austin TX 78701"
    assert values(text, "order") == ["40017"]
    assert values(text, "quantity") == []


def test_a_workspace_adds_its_own_places() -> None:
    using = SHOP["build_slot_lexicon"]([], [], places=["Plainview"])
    assert values("send it to plainview", "address", using=using) == ["plainview"]
    assert values("send it to plainview", "address") == []
