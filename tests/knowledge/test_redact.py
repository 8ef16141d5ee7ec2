"""Nothing of one person or one order is left in what everybody may read, and nothing else is taken."""

from __future__ import annotations

import pytest

from assistant.knowledge.redact import Redactor
from assistant.understanding.safety import personal_spans

WORDS = {
    "Dana Cole": "name", "李伟": "name", "Lisa": "name", "Lone Star Mills": "company", "4500 Commerce St, Dallas, TX 75201": "address", "12345": "order",
    "SF123": "number",
}  # fmt: skip
redact = Redactor(WORDS, personal_spans)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Hi Dana, the seal fits.", "Hi [name], the seal fits."),
        ("Dana  Cole of Lone Star Mills asked.", "[name] of [company] asked."),
        ("Dear Robert, it is class F. Regards, Lisa", "Dear [name], it is class F. Regards, [name]"),
        ("Please call Mr. Adam Novak.", "Please call [name]."),
        ("李伟您好，电机绝缘等级是 F 级。", "[name]您好，电机绝缘等级是 F 级。"),
        ("请联系张经理或王女士。", "请联系[name]或[name]。"),
        ("Write to dana@lonestar.com or call +1 214 555 0123.", "Write to [email] or call [phone]."),
        ("Call 0151 23456789 or 010-6234 5678.", "Call [phone] or [phone]."),
        ("Ring (0151) 234-56789 or +49 151 2345 6789, please.", "Ring [phone] or [phone], please."),
        ("Order 12345 went by SF123.", "Order [order] went by [number]."),
        ("Your order #99887766 and A-123456 are packed.", "Your order [number] and [number] are packed."),
        ("It goes to 4500 Commerce St on Monday.", "It goes to [address] on Monday."),
        ("电话 13812345678，身份证 11010519491231002X", "电话 [phone]，身份证 [id_number]"),
    ],
)
def test_what_is_personal_becomes_a_mark(text: str, wanted: str) -> None:
    found = redact(text)
    assert found.text == wanted
    assert not found.clean


@pytest.mark.parametrize(
    "text",
    [
        "The motor is insulation class F, 2900 rpm, 16000 h between services, 12,500 USD.",
        "总工程师和高总量没有关系，方法总是一样的，工具总数 3 件。",
        "Danas and Lisabon are no persons; the code is P-100.",
        "Hi there, thanks. Hello, the pump may run dry.",
        "密封圈每 8000 小时更换一次。",
    ],
)
def test_everything_else_stays(text: str) -> None:
    found = redact(text)
    assert (found.text, found.clean) == (text, True)


def test_dates_are_told_not_taken() -> None:
    assert redact("It ships on 2026-06-15, on June 3rd, or 6月18日.").dated == ("2026-06-15", "June 3rd", "6月18日")


def test_the_longest_find_wins_over_those_inside_it() -> None:
    made = Redactor({"Cole": "name", "Dana Cole": "name", "Dana Cole Supplies": "company"}, lambda text: ((0, 4, "email"),))
    assert made("Dana Cole Supplies").text == "[company]"
