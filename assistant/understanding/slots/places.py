"""Names of provinces, states, towns and countries that make words an address; which of them belongs to which region is the workspace's business."""

from __future__ import annotations

_CHINA = """
北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏
宁夏 新疆 香港 澳门
石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯
呼伦贝尔 巴彦淖尔 乌兰察布
沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳市 葫芦岛 长春 四平 辽源 通化 白山市 松原 白城 延边 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆
伊春 佳木斯 七台河 牡丹江 黑河 绥化
南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 江阴 张家港 常熟 太仓 宜兴 溧阳 丹阳 靖江 如皋 海门 启东 杭州 宁波 温州 嘉兴 湖州
绍兴 金华 衢州 舟山 台州 丽水 义乌 慈溪 余姚
诸暨 永康 乐清 瑞安 海宁 桐乡 平湖 温岭 玉环 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 莆田 三明 泉州
漳州 南平 龙岩 宁德 晋江 石狮 南安市 福清
南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 寿光 诸城 郑州
开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳
许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江 天门市 长沙 株洲 湘潭 衡阳 邵阳
岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西
广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林
百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州
成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 昭通 丽江
普洱 临沧 大理 红河 拉萨 日喀则 昌都 林芝
西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银市 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 西宁 海东 银川 石嘴山 吴忠 固原 中卫
乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 伊犁 石河子
浦东 张江 临港 虹桥 陆家嘴 滨海新区 雄安 前海 南沙 天河 珠江新城 中关村 亦庄 台北 高雄 台中 台南 新竹 桃园 新北 基隆 九龙 新界 屯门 元朗 荃湾 葵涌
"""
_ABROAD_ZH = """
汉堡 不来梅 柏林 慕尼黑 法兰克福 科隆 杜塞尔多夫 斯图加特 莱比锡 鹿特丹 阿姆斯特丹 安特卫普 布鲁塞尔 巴黎 里昂 马赛 伦敦 曼彻斯特 利物浦 都柏林 马德里
巴塞罗那 里斯本 罗马 米兰 都灵 热那亚 维也纳 苏黎世 日内瓦
布拉格 华沙 布达佩斯 雅典 伊斯坦布尔 斯德哥尔摩 哥本哈根 奥斯陆 赫尔辛基 莫斯科 圣彼得堡 迪拜 多哈 利雅得 孟买 新德里 班加罗尔 新加坡 吉隆坡 曼谷 雅加达
马尼拉 胡志明市 河内 东京 大阪 名古屋 横滨 首尔 釜山 悉尼 墨尔本 奥克兰
纽约 洛杉矶 芝加哥 休斯敦 休斯顿 达拉斯 奥斯汀 丹佛 凤凰城 西雅图 旧金山 圣何塞 波士顿 亚特兰大 迈阿密 底特律 费城 拉斯维加斯 圣地亚哥 多伦多 温哥华
蒙特利尔 墨西哥城 圣保罗 开罗 约翰内斯堡
德国 法国 英国 美国 荷兰 比利时 意大利 西班牙 波兰 俄罗斯 日本 韩国 越南 泰国 马来西亚 印度尼西亚 印尼 印度 澳大利亚 加拿大 墨西哥 巴西 土耳其 德克萨斯
得克萨斯 德州 加州 加利福尼亚 佛罗里达 科罗拉多 纽约州
"""
_AMERICA = """
Alabama,Alaska,Arizona,Arkansas,California,Colorado,Connecticut,Delaware,Florida,Georgia,Hawaii,Idaho,Illinois,Indiana,Iowa,Kansas,Kentucky,Louisiana,Maine,
Maryland,
Massachusetts,Michigan,Minnesota,Mississippi,Missouri,Montana,Nebraska,Nevada,New Hampshire,New Jersey,New Mexico,New York,North Carolina,North Dakota,Ohio,
Oklahoma,Oregon,
Pennsylvania,Rhode Island,South Carolina,South Dakota,Tennessee,Texas,Utah,Vermont,Virginia,Washington,West Virginia,Wisconsin,Wyoming,Los Angeles,Chicago,
Houston,Phoenix,
Philadelphia,San Antonio,San Diego,Dallas,San Jose,Austin,Jacksonville,Fort Worth,Columbus,Charlotte,San Francisco,Indianapolis,Seattle,Denver,Boston,
El Paso,Nashville,Detroit,
Oklahoma City,Portland,Las Vegas,Memphis,Louisville,Baltimore,Milwaukee,Albuquerque,Tucson,Fresno,Sacramento,Kansas City,Atlanta,Omaha,Colorado Springs,
Raleigh,Miami,Long Beach,
Oakland,Minneapolis,Tulsa,Tampa,Arlington,New Orleans,Wichita,Cleveland,Bakersfield,Aurora,Anaheim,Honolulu,Santa Ana,Riverside,Corpus Christi,Lexington,
Stockton,Pittsburgh,
Saint Paul,St. Paul,Cincinnati,St. Louis,Anchorage,Greensboro,Plano,Newark,Lincoln,Orlando,Irvine,Toledo,Jersey City,Chula Vista,Durham,Laredo,Madison,
Chandler,Lubbock,
Scottsdale,Reno,Buffalo,Gilbert,Glendale,Winston-Salem,Chesapeake,Fremont,Irving,Richmond,Boise,Spokane,San Bernardino,Des Moines,Tacoma,Salt Lake City,
Huntsville,Birmingham,
Rochester,Syracuse,Knoxville,Chattanooga,Savannah,Charleston,Baton Rouge,Shreveport,Mobile AL,Little Rock,Dayton,Akron,Grand Rapids,Waco,Amarillo,
Round Rock,Galveston,Beaumont
"""
_ABROAD = """
Hamburg,Bremen,Berlin,Munich,München,Frankfurt,Cologne,Köln,Düsseldorf,Dusseldorf,Duesseldorf,Stuttgart,Leipzig,Dresden,Hannover,Hanover,Nuremberg,Nürnberg,
Dortmund,Essen,Duisburg,
Bochum,Bonn,Mannheim,Karlsruhe,Augsburg,Kiel,Lübeck,Rostock,Rotterdam,Amsterdam,Eindhoven,Utrecht,The Hague,Antwerp,Brussels,Ghent,Paris,Lyon,Marseille,
Lille,Toulouse,Bordeaux,
Nantes,Strasbourg,London,Manchester,Liverpool,Leeds,Sheffield,Bristol,Glasgow,Edinburgh,Cardiff,Belfast,Dublin,Cork Ireland,Madrid,Barcelona,Valencia,
Seville,Bilbao,Lisbon,Porto,
Rome,Milan,Turin,Genoa,Naples,Bologna,Venice,Vienna,Graz,Linz,Salzburg,Zurich,Zürich,Geneva,Basel,Bern,Prague,Brno,Warsaw,Krakow,Gdansk,Wroclaw,Poznan,
Budapest,Bucharest,Sofia,
Athens,Istanbul,Ankara,Izmir,Stockholm,Gothenburg,Copenhagen,Aarhus,Oslo,Bergen,Helsinki,Tallinn,Riga,Vilnius,Moscow,Kyiv,Dubai,Abu Dhabi,Doha,Riyadh,
Jeddah,Tel Aviv,Mumbai,
Delhi,New Delhi,Bangalore,Bengaluru,Chennai,Pune,Hyderabad,Singapore,Kuala Lumpur,Penang,Bangkok,Jakarta,Surabaya,Manila,Ho Chi Minh City,Hanoi,Tokyo,Osaka,
Nagoya,Yokohama,Seoul,
Busan,Incheon,Sydney,Melbourne,Brisbane,Perth,Auckland,Toronto,Vancouver,Montreal,Calgary,Edmonton,Ottawa,Winnipeg,Mexico City,Monterrey,Guadalajara,
Tijuana,Sao Paulo,São Paulo,
Rio de Janeiro,Buenos Aires,Bogota,Lima,Cairo,Lagos,Nairobi,Johannesburg,Cape Town,Casablanca,Beijing,Shanghai,Shenzhen,Guangzhou,Suzhou,Hangzhou,Nanjing,
Wuxi,Ningbo,Qingdao,
Tianjin,Chongqing,Chengdu,Wuhan,Xiamen,Dongguan,Foshan,Xi'an,Dalian,Kunshan,Wenzhou,Hefei,Changsha,Zhengzhou,Jinan,Shenyang,Hong Kong,Taipei,Kaohsiung,
Jiangsu,Guangdong,Zhejiang,
Shandong,Fujian,Sichuan,Hubei,Hunan,Anhui,Germany,France,United Kingdom,England,Scotland,Wales,Ireland,Netherlands,Belgium,Italy,Spain,Portugal,Poland,
Austria,Switzerland,
Czech Republic,Denmark,Sweden,Norway,Finland,Russia,Turkey,India,China,Japan,South Korea,Vietnam,Thailand,Malaysia,Indonesia,Philippines,Australia,
New Zealand,Canada,Mexico,Brazil,
Argentina,Egypt,South Africa,United States,Bavaria,Ontario,Quebec,British Columbia,Alberta
"""

PLACES: tuple[str, ...] = (*(_CHINA + _ABROAD_ZH).split(), *(name.strip() for name in (_AMERICA + "," + _ABROAD).replace("\n", "").split(",") if name.strip()))
_STATES = """
AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC
ON QC BC AB NSW VIC QLD
"""
STATES: tuple[str, ...] = tuple(_STATES.split())
