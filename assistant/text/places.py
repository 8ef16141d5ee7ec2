"""First-level divisions of China, the United States and Canada under all their names, as a table; finding them in an address is `regions.py`'s work."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Division:
    """A province or state. `name` is its English name and stands for it everywhere; `zips` are (first, last) three-digit prefixes of US postal codes."""

    name: str
    country: str
    code: str
    chinese: tuple[str, ...]
    zips: tuple[tuple[int, int], ...] = ()


# administrative code of the first level | English name | Chinese names, the full one first
_CHINA = """
11|Beijing|北京市/北京
12|Tianjin|天津市/天津
13|Hebei|河北省/河北
14|Shanxi|山西省/山西
15|Inner Mongolia|内蒙古自治区/内蒙古/内蒙
21|Liaoning|辽宁省/辽宁
22|Jilin|吉林省/吉林
23|Heilongjiang|黑龙江省/黑龙江
31|Shanghai|上海市/上海
32|Jiangsu|江苏省/江苏
33|Zhejiang|浙江省/浙江
34|Anhui|安徽省/安徽
35|Fujian|福建省/福建
36|Jiangxi|江西省/江西
37|Shandong|山东省/山东
41|Henan|河南省/河南
42|Hubei|湖北省/湖北
43|Hunan|湖南省/湖南
44|Guangdong|广东省/广东
45|Guangxi|广西壮族自治区/广西省/广西
46|Hainan|海南省/海南
50|Chongqing|重庆市/重庆
51|Sichuan|四川省/四川
52|Guizhou|贵州省/贵州
53|Yunnan|云南省/云南
54|Tibet|西藏自治区/西藏
61|Shaanxi|陕西省/陕西
62|Gansu|甘肃省/甘肃
63|Qinghai|青海省/青海
64|Ningxia|宁夏回族自治区/宁夏
65|Xinjiang|新疆维吾尔自治区/新疆
71|Taiwan|台湾省/台湾
81|Hong Kong|香港特别行政区/香港
82|Macau|澳门特别行政区/澳门
"""
# postal code of the state | English name | Chinese names | prefixes of its ZIP codes (USPS publication L002)
_UNITED_STATES = """
AL|Alabama|阿拉巴马/亚拉巴马|350-352 354-369
AK|Alaska|阿拉斯加|995-999
AZ|Arizona|亚利桑那|850-853 855-857 859-860 863-865
AR|Arkansas|阿肯色|716-729
CA|California|加利福尼亚/加州|900-908 910-928 930-961
CO|Colorado|科罗拉多|800-816
CT|Connecticut|康涅狄格|60-62 64-69
DE|Delaware|特拉华|197-199
DC|District of Columbia|哥伦比亚特区/华盛顿特区|200-200 202-205
FL|Florida|佛罗里达/佛州|320-339 341-342 344-344 346-347 349-349
GA|Georgia|佐治亚|300-319 398-399
HI|Hawaii|夏威夷|967-968
ID|Idaho|爱达荷|832-838
IL|Illinois|伊利诺伊/伊利诺斯|600-620 622-629
IN|Indiana|印第安纳|460-479
IA|Iowa|艾奥瓦/爱荷华|500-516 520-528
KS|Kansas|堪萨斯|660-662 664-679
KY|Kentucky|肯塔基|400-427
LA|Louisiana|路易斯安那|700-701 703-708 710-714
ME|Maine|缅因|39-49
MD|Maryland|马里兰|206-212 214-219
MA|Massachusetts|马萨诸塞/麻省|10-27 55-55
MI|Michigan|密歇根|480-499
MN|Minnesota|明尼苏达|550-551 553-567
MS|Mississippi|密西西比|386-397
MO|Missouri|密苏里|630-631 633-641 644-658
MT|Montana|蒙大拿|590-599
NE|Nebraska|内布拉斯加|680-681 683-693
NV|Nevada|内华达|889-891 893-895 897-898
NH|New Hampshire|新罕布什尔|30-38
NJ|New Jersey|新泽西|70-89
NM|New Mexico|新墨西哥|870-871 873-875 877-884
NY|New York|纽约|5-5 63-63 100-149
NC|North Carolina|北卡罗来纳/北卡|270-289
ND|North Dakota|北达科他|580-588
OH|Ohio|俄亥俄|430-459
OK|Oklahoma|俄克拉何马/俄克拉荷马|730-731 734-741 743-749
OR|Oregon|俄勒冈|970-979
PA|Pennsylvania|宾夕法尼亚/宾州|150-196
RI|Rhode Island|罗得岛/罗德岛|28-29
SC|South Carolina|南卡罗来纳/南卡|290-299
SD|South Dakota|南达科他|570-577
TN|Tennessee|田纳西|370-385
TX|Texas|得克萨斯/德克萨斯/得州|733-733 750-770 772-799 885-885
UT|Utah|犹他|840-847
VT|Vermont|佛蒙特|50-54 56-59
VA|Virginia|弗吉尼亚|201-201 220-246
WA|Washington|华盛顿州|980-986 988-994
WV|West Virginia|西弗吉尼亚|247-268
WI|Wisconsin|威斯康星|530-532 534-535 537-549
WY|Wyoming|怀俄明|820-831
PR|Puerto Rico|波多黎各|6-7 9-9
"""
_CANADA = """
AB|Alberta|艾伯塔/阿尔伯塔
BC|British Columbia|不列颠哥伦比亚/卑诗省
MB|Manitoba|马尼托巴/曼尼托巴
NB|New Brunswick|新不伦瑞克
NL|Newfoundland and Labrador|纽芬兰
NS|Nova Scotia|新斯科舍
NT|Northwest Territories|西北地区
NU|Nunavut|努纳武特
ON|Ontario|安大略
PE|Prince Edward Island|爱德华王子岛
QC|Quebec|魁北克
SK|Saskatchewan|萨斯喀彻温
YT|Yukon|育空
"""
COUNTRIES = {
    "china": "CN", "p.r. china": "CN", "pr china": "CN", "prc": "CN", "usa": "US", "u.s.a.": "US", "us": "US", "u.s.": "US", "united states": "US",
    "united states of america": "US", "america": "US", "canada": "CA", "germany": "DE", "deutschland": "DE", "uk": "GB", "united kingdom": "GB",
    "great britain": "GB", "england": "GB", "france": "FR", "italy": "IT", "spain": "ES", "netherlands": "NL", "the netherlands": "NL", "belgium": "BE",
    "austria": "AT", "switzerland": "CH", "poland": "PL", "czech republic": "CZ", "czechia": "CZ", "denmark": "DK", "sweden": "SE", "norway": "NO",
    "finland": "FI", "ireland": "IE", "portugal": "PT", "japan": "JP", "south korea": "KR", "korea": "KR", "india": "IN", "singapore": "SG",
    "malaysia": "MY", "thailand": "TH", "vietnam": "VN", "indonesia": "ID", "philippines": "PH", "australia": "AU", "new zealand": "NZ", "mexico": "MX",
    "brazil": "BR", "argentina": "AR", "chile": "CL", "south africa": "ZA", "turkey": "TR", "united arab emirates": "AE", "uae": "AE",
    "saudi arabia": "SA", "israel": "IL", "egypt": "EG", "russia": "RU", "ukraine": "UA", "hungary": "HU", "romania": "RO", "greece": "GR",
    "taiwan": "TW", "hong kong": "HK",
}  # fmt: skip


@lru_cache(maxsize=1)
def divisions() -> tuple[Division, ...]:
    """All of the table."""
    found: list[Division] = []
    for country, table in (("CN", _CHINA), ("US", _UNITED_STATES), ("CA", _CANADA)):
        for row in table.strip().splitlines():
            code, name, chinese, *zips = row.split("|")
            spans = tuple((int(first), int(last)) for first, _, last in (span.partition("-") for span in (zips[0].split() if zips else ())))
            found.append(Division(name, country, code, tuple(chinese.split("/")), spans))
    return tuple(found)
