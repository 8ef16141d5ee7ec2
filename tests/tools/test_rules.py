"""Rules of the packaged example and of small planted ones: order of clauses, what is missing, values as plain JSON, and the mistakes found at load."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter

import pytest

from assistant.errors import ConfigError
from assistant.tools import rules as room
from assistant.tools.rules import Facts, Rules, check, compile_rules
from assistant.types import Attachment, Json, Line, Order, Principal, Ticket
from assistant.workspace.load import load_workspace
from assistant.workspace.model import Workspace
from assistant.workspace.scaffold import init_workspace

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # Monday 09:00 in Berlin
Plant = Callable[..., Rules]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rules") / "company"
    init_workspace(folder)
    return folder


@pytest.fixture(scope="module")
def workspace(root: Path) -> Workspace:
    return load_workspace(root)


@pytest.fixture(scope="module")
def rules(workspace: Workspace) -> Rules:
    return compile_rules(workspace)


@pytest.fixture
def plant(workspace: Workspace) -> Plant:
    """Rules in which PRICE has other clauses: (condition, outcome, values); slots of quote_price are `new`."""

    def make(*clauses: tuple[str, str, Mapping[str, str]]) -> Rules:
        return compile_rules(planted(workspace, *clauses))

    return make


def planted(workspace: Workspace, *clauses: tuple[str, str, Mapping[str, str]]) -> Workspace:
    spec = workspace.rules["PRICE"]
    template = spec.clauses[0]
    made = tuple(
        replace(template, id=f"PRICE.{n}", when=when, outcome=outcome, values=dict(values), message={}) for n, (when, outcome, values) in enumerate(clauses)
    )  # type: ignore[arg-type]
    return replace(workspace, rules={**workspace.rules, "PRICE": replace(spec, clauses=made)})


def order(workspace: Workspace, number: str) -> Order:
    spec = workspace.fixture.orders[number]
    lines = tuple(Line(line.sku, line.quantity, workspace.products[line.sku].price) for line in spec.lines)
    amount = sum(line.quantity * line.price for line in lines)
    return Order(spec.number, spec.company, spec.status, lines, spec.due, spec.placed, spec.ship_to, amount, "EUR", 1, spec.delivered, spec.tracking)


def facts(workspace: Workspace, number: str = "", **new: Json) -> Facts:
    types = {slot.name: slot.type for spec in workspace.procedures.values() for slot in spec.slots.values()}
    return Facts(now=NOW, order=order(workspace, number) if number else None, new=new, types=types)


def test_the_first_true_clause_decides_and_dates_come_back_as_iso(workspace: Workspace, rules: Rules) -> None:
    verdict = rules.evaluate("MOVE", facts(workspace, "7001", date="2026-03-03"))
    assert (verdict.clause, verdict.outcome, verdict.document) == ("MOVE.notice", "refuse", "order-changes")
    assert verdict.values == {"earliest": "2026-03-04"}
    assert verdict.reads_new == ("date",)
    assert "{{ values.earliest|date }}" in verdict.message["en"], "messages come as they are written and are rendered by whoever says them"


@pytest.mark.parametrize(
    ("day", "clause"),
    [("2026-03-04", "MOVE.ok"), ("2026-03-07", "MOVE.workday"), ("2026-03-20", "MOVE.workday"), ("2026-04-10", "MOVE.ok"), ("2026-04-13", "MOVE.horizon")],
)
def test_both_ends_of_a_window(workspace: Workspace, rules: Rules, day: str, clause: str) -> None:
    assert rules.evaluate("MOVE", facts(workspace, "7001", date=day)).clause == clause


def test_a_value_not_given_yet_is_asked_and_only_when_it_matters(workspace: Workspace, rules: Rules) -> None:
    asked = rules.evaluate("MOVE", facts(workspace, "7001"))
    assert (asked.outcome, asked.missing, asked.clause) == ("ask", "date", "MOVE.notice")
    assert rules.evaluate("MOVE", facts(workspace, "7002")).clause == "MOVE.status", "refused for its status before any date is asked"


def test_money_is_a_whole_number_rounded_to_the_nearest(workspace: Workspace, rules: Rules) -> None:
    verdict = rules.evaluate("CANCEL", facts(workspace, "7002"))
    assert verdict.values == {"fee": 3450}
    assert isinstance(verdict.values["fee"], int)
    assert rules.evaluate("CANCEL", facts(workspace, "7001")).values == {"fee": 0}


def test_a_person_decides_with_the_clause_s_queue(workspace: Workspace, rules: Rules) -> None:
    verdict = rules.evaluate("BREAKAGE", facts(workspace, "7004"))
    assert (verdict.outcome, verdict.queue, verdict.clause) == ("human", "quality", "BREAKAGE.late")


def test_an_unknown_order_is_missing(workspace: Workspace, rules: Rules) -> None:
    assert rules.evaluate("MOVE", facts(workspace)).missing == "order"


def test_of_several_lines_the_one_meant_must_be_named(workspace: Workspace, rules: Rules) -> None:
    single = facts(workspace, "7003", serial="12345678")
    assert single.order is not None
    several = replace(single.order, lines=(*single.order.lines, Line("BK-250", 2, 640)))
    verdict = rules.evaluate("CERT", replace(single, order=several))
    assert (verdict.outcome, verdict.missing) == ("ask", "product")
    named = replace(single, order=several, line=several.lines[0])
    assert rules.evaluate("CERT", named).clause == "CERT.ok"
    assert rules.evaluate("CERT", replace(named, line=several.lines[1])).clause == "CERT.family"


def test_a_product_outside_the_catalogue_has_no_family(workspace: Workspace, rules: Rules) -> None:
    case = facts(workspace, "7003", serial="12345678")
    assert case.order is not None
    other = replace(case.order, lines=(Line("UNLISTED", 1, 100),))
    assert rules.evaluate("CERT", replace(case, order=other)).clause == "CERT.family"


def test_functions_of_the_workspace(workspace: Workspace, rules: Rules) -> None:
    assert rules.evaluate("PRICE", facts(workspace, product="BK-250", quantity=24)).values == {"percent": 4, "total": 14746}
    assert rules.evaluate("PRICE", facts(workspace, product="BK-250", quantity=23)).values["percent"] == 0
    assert rules.functions["discount"](24) == 4


def test_a_value_an_allowing_clause_needs_is_asked(workspace: Workspace, rules: Rules) -> None:
    assert rules.evaluate("PRICE", facts(workspace, quantity=3)).missing == "product"


@pytest.mark.parametrize(
    ("condition", "new", "outcome", "missing"),
    [
        ("false && new.quantity > 1", {}, "human", ""),
        ("new.quantity > 1 && false", {}, "human", ""),
        ("true || new.quantity > 1", {}, "allow", ""),
        ("new.quantity > 1 || true", {}, "allow", ""),
        ("new.quantity > 1 || false", {}, "ask", "quantity"),
        ("!(new.quantity > 1)", {}, "ask", "quantity"),
        ("new.quantity > 1 && new.product.price > 1", {}, "ask", "quantity"),
        ("new.product.price > 1 && new.quantity > 1", {}, "ask", "product"),
        ("(new.quantity > 1 && false) || new.product.price > 1", {}, "ask", "product"),
        ("new.quantity > 1 && new.product.price > 1", {"quantity": 1}, "human", ""),
        ("new.quantity > 1 ? new.product.price > 1 : true", {"quantity": 1}, "allow", ""),
        ("has(new.quantity) && new.quantity > 1", {}, "human", ""),
        ("!has(new.quantity)", {}, "allow", ""),
        ("days_between(today, workdays(today, new.quantity)) > 0", {}, "ask", "quantity"),
        ("1 / (new.quantity - 1) == 1", {"quantity": 1}, "human", ""),
        ("stock > 1", {}, "human", ""),
        ("stock == null || stock > 1", {}, "allow", ""),
    ],
)
def test_what_is_not_known_is_asked_only_when_it_decides(
    plant: Plant, workspace: Workspace, *, condition: str, new: dict[str, Json], outcome: str, missing: str
) -> None:
    verdict = plant((condition, "allow", {})).evaluate("PRICE", facts(workspace, **new))
    assert (verdict.outcome, verdict.missing) == (outcome, missing)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("workdays(today, 3)", "2026-03-05"),
        ("workdays(date('2026-03-19'), 1)", "2026-03-23"),
        ("days(today, -2)", "2026-02-28"),
        ("months(date('2026-01-31'), 1)", "2026-02-28"),
        ("month_end(today)", "2026-03-31"),
        ("is_workday(date('2026-03-20'))", False),
        ("weekday(today)", 1),
        ("days_between(date('2026-02-27'), today)", 3),
        ("workdays_between(date('2026-02-26'), today)", 2),
        ("hours_between(order.delivered, now)", 430),
        ("same_month(today, now)", True),
        ("region('江苏省苏州市')", "Jiangsu"),
        ("region('nowhere')", ""),
        ("region('9 Main St, Dallas TX 75201') == region('Austin, TX 78701')", True),
        ("quantity_of([{'sku': 'a', 'quantity': 2}, {'sku': 'b', 'quantity': 3}])", 5),
        ("percent(1150, 15)", 173),
        ("percent(1000, 7.5)", 75),
        ("round(2.5)", 3),
        ("min(3, 2) + max(3, 2)", 5),
        ("size('玻璃瓶')", 3),
        ("size(order.lines)", 1),
        ("order.units", 2),
        ("order.lines.exists(l, l.family == 'burette')", True),
        ("order.lines.map(l, l.sku)", ["BU-50"]),
        ("order.custom", False),
        ("line.name", "BU-50 滴定管"),
        ("order.delivered", "2026-02-12T11:00:00+01:00"),
        ("today", "2026-03-02"),
        ("now", "2026-03-02T09:00:00+01:00"),
        ("now.getHours()", 9),
        ("order.due < today && order.due == date('2026-02-13')", True),
        ("customer.tier", "key"),
        ("attachments.all(a, a.media_type.startsWith('image/'))", True),
        ("history.exists(h, h.kind == 'return')", True),
        ("invoice.date == null", True),
        ("[{'sku': line.sku, 'quantity': 1}]", [{"sku": "BU-50", "quantity": 1}]),
        ("7.0 / 2.0", 3.5),
        ("8.0 / 2.0", 4),
    ],
)
def test_the_vocabulary(plant: Plant, workspace: Workspace, *, expression: str, value: Json) -> None:
    case = replace(
        facts(workspace, "7003"),
        customer=Principal("L1/Ana Petrov", "customer", "clearwell", "L1", "Ana Petrov", "key", "en"),
        attachments=(Attachment("h", "a.jpg", "image/jpeg", 1),),
        history=(Ticket("T1", "return", "L1", "Ana Petrov", "7003", "service", {}),),
    )
    verdict = plant(("true", "allow", {"it": expression})).evaluate("PRICE", case)
    assert verdict.values == {"it": value}
    assert type(verdict.values["it"]) is type(value)


def test_a_null_in_a_function_is_no_crash(plant: Plant, workspace: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    verdict = plant(("days_between(order.delivered, today) > 3", "allow", {}), ("true", "refuse", {})).evaluate("PRICE", facts(workspace, "7001"))
    assert (verdict.outcome, verdict.clause) == ("human", "PRICE.0"), "a clause that fails on the facts leaves the decision to a person"
    assert capfd.readouterr().err == ""


def test_enormous_numbers_do_not_break_the_engine(rules: Rules, workspace: Workspace) -> None:
    assert rules.evaluate("PRICE", facts(workspace, product="BK-250", quantity=10**30)).outcome == "human"


def test_a_date_that_is_none_leaves_the_decision_to_a_person(rules: Rules, workspace: Workspace) -> None:
    assert rules.evaluate("MOVE", facts(workspace, "7001", date="soon")).outcome == "human"


def test_cases_of_several_threads_do_not_mix(rules: Rules, workspace: Workspace) -> None:
    cases = {number: facts(workspace, number, date="2026-03-16") for number in ("7001", "7002", "7003", "7006")}
    alone = {number: rules.evaluate("MOVE", case).clause for number, case in cases.items()}
    with ThreadPoolExecutor(4) as pool:
        asked = [number for _ in range(100) for number in cases]
        together = list(pool.map(lambda number: (number, rules.evaluate("MOVE", cases[number]).clause), asked))
    assert all(alone[number] == clause for number, clause in together)
    assert set(alone.values()) == {"MOVE.ok", "MOVE.status"}


def test_expressions_of_procedures(workspace: Workspace, rules: Rules) -> None:
    case = replace(facts(workspace, "7001", date="2026-03-16"), procedure="change_date")
    spec = workspace.procedures["change_date"]
    assert rules.expression(spec.slots["order"].among, case) is True
    assert rules.expression(spec.slots["date"].base, case) == "2026-03-11"
    assert rules.expression(spec.arguments["date"], case) == "2026-03-16"
    assert rules.expression(spec.arguments["date"], facts(workspace, "7001")) is None, "not given yet"
    opening = datetime(2026, 3, 3, 7, tzinfo=UTC)
    assert rules.expression("opening", replace(case, opening=opening)) == "2026-03-03T08:00:00+01:00"
    assert rules.expression("values.fee", replace(case, values={"fee": 7})) == 7


def test_the_names_a_rule_reads(rules: Rules) -> None:
    assert {"order", "new", "today"} <= rules.reads("MOVE")
    assert "stock" not in rules.reads("MOVE")
    assert rules.reads("") == frozenset()


def test_the_example_and_its_rules_are_sound(workspace: Workspace) -> None:
    assert check(workspace) == ()


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("new.quantity >", ["not a valid expression: column"]),
        ("new.quantity > > 1", ["not a valid expression: column"]),
        ("ordr.number == '1'", ["unknown name 'ordr'", "did you mean 'order'?"]),
        ("order.statsu == 'packed'", ["order has no 'statsu'", "did you mean 'status'?"]),
        ("order.status == 'pakced'", ["'pakced' is no status", "did you mean 'packed'?"]),
        ("order.status in ['packed', 'sent']", ["'sent' is no status"]),
        ("false && order.amont > 1", ["order has no 'amont'"]),
        ("order.lines.exists(l, l.famly == 'flask')", ["l has no 'famly'"]),
        ("order.lines.exists(l, l.family == 'flasks')", ["'flasks' is no family"]),
        ("new.quantitty > 1", ["new has no 'quantitty'", "did you mean 'quantity'?"]),
        ("p.box > 1", ["p has no 'box'"]),
        ("workday(today, 1) > today", ["unknown function 'workday'", "workdays"]),
        ("workdays(today) > today", ["workdays takes 2 values, not 1"]),
        ("order.amount", ["must be true or false"]),
        ("order.amount && true", ["order.amount is a whole number, not true or false"]),
        ("order.status > 3", ["they cannot be compared"]),
        ("order.amount * 1.5 > 3.0", ["does not work", "percent(amount, percent)"]),
        ("days(order.number, 1) > today", ["cannot be computed"]),
        ("history.exists(h, h.kind == 'refund')", ["'refund' is no ticket"]),
    ],
)
def test_a_mistake_in_an_expression_is_named(workspace: Workspace, condition: str, said: list[str]) -> None:
    """Every branch is looked at, also one that a run would not reach."""
    values = {"percent": "discount(new.quantity)", "total": "0"}
    found = check(planted(workspace, ("new.quantity < 1", "human", {}), (condition, "allow", values)))
    shown = [str(problem) for problem in found]
    assert all(any(part in line for line in shown) for part in said), shown
    assert any(problem.file == "corpus/policies.yaml" and problem.line > 0 and problem.key == "rules.PRICE.clauses.1.when" for problem in found)


def test_clauses_functions_and_parameters_are_checked(workspace: Workspace) -> None:
    spec = workspace.rules["CANCEL"]
    gone, already, packed, received = spec.clauses
    broken = replace(spec, parameters={**spec.parameters, "spare": 3}, clauses=(replace(gone, message={}), received, already, replace(packed, id=already.id)))
    discount = workspace.functions["discount"]
    functions = {"discount": replace(discount, expression="twice(quantty)"), "twice": replace(discount, name="twice", expression="discount(quantity)")}
    found = check(replace(workspace, rules={**workspace.rules, "CANCEL": broken}, functions={**functions, "round": replace(discount, name="round")}))
    shown = " | ".join(str(problem) for problem in found)
    for said in (
        "needs a message", "never reached", "given twice, first in rule CANCEL", "'spare' is never used", "unknown name 'quantty'", "calls itself",
        "'round' is already a function",
    ):  # fmt: skip
        assert said in shown, shown


def test_a_rule_shared_by_procedures_needs_its_slots_in_all_of_them(workspace: Workspace) -> None:
    other = replace(workspace.procedures["order_status"], rule="MOVE")
    found = check(replace(workspace, procedures={**workspace.procedures, "order_status": other}))
    assert any("procedure 'order_status' uses this rule and has no slot 'date'" in str(problem) for problem in found)


def test_rules_that_do_not_compile_are_refused(workspace: Workspace) -> None:
    with pytest.raises(ConfigError, match="not a valid expression"):
        compile_rules(planted(workspace, ("new.quantity >", "allow", {})))


def test_dates_are_local_midnights_in_any_zone(workspace: Workspace) -> None:
    """Late in the evening of UTC it is already tomorrow in Auckland, and a summer-time change is no missing day."""
    far = replace(workspace.settings.workspace, timezone="Pacific/Auckland")
    zoned = replace(planted(workspace, ("true", "allow", {"today": "today", "next": "days(today, 1)"})), settings=replace(workspace.settings, workspace=far))
    verdict = compile_rules(zoned).evaluate("PRICE", Facts(now=datetime(2026, 4, 3, 23, tzinfo=UTC)))
    assert verdict.values == {"today": "2026-04-04", "next": "2026-04-05"}
    assert date.fromisoformat("2026-04-05").isoweekday() == 7, "the clocks go back that night"


def test_evaluation_is_quick(workspace: Workspace, rules: Rules) -> None:
    case = facts(workspace, "7001", date="2026-03-16")
    start = perf_counter()
    for _ in range(200):
        rules.evaluate("MOVE", replace(case))
    fresh = (perf_counter() - start) / 200
    print(f"{1e6 * fresh:.0f} µs for a rule of {len(rules.rules['MOVE'].clauses)} clauses on new facts")
    assert rules.evaluate("MOVE", case).outcome == "allow"
    assert room.Facts is Facts
