"""The packaged example loads; every class of mistake is reported with file, line, key, what is wrong and advice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter

import pytest

from assistant.errors import ConfigError
from assistant.workspace.load import load_workspace, read_workspace
from assistant.workspace.model import Problem

Found = Callable[[], tuple[Problem, ...]]
Edit = Callable[[str, str, str], None]

# (name, file, old, new, what the message or hint must say)
MISTAKES = [
    ("unknown_key", "corpus/routing.yaml", "priorities:", "prioritys:", ["unknown key 'prioritys'", "did you mean 'priorities'?"]),
    ("missing_key", "corpus/catalog.yaml", "    price: 640\n", "", ["the key 'price' is missing"]),
    ("wrong_type", "corpus/catalog.yaml", "price: 640", "price: 6.40", ["expected a whole number, found '6.40'"]),
    ("not_a_date", "corpus/fixture/orders.yaml", "due: 2026-03-11", "due: 11 March", ["expected a date", "11 March"]),
    ("broken_yaml", "corpus/routing.yaml", "default: {queue: service", "default: [queue: service", ["not valid YAML, column"]),
    ("duplicate_key", "corpus/routing.yaml", "tiers:\n", "priorities: [P1]\ntiers:\n", ["the key is given twice, first on line"]),
    ("broken_toml", "assistant.toml", "id = ", "id == ", ["not valid TOML, column"]),
    ("unknown_toml_key", "assistant.toml", "max_asks", "max_ask", ["unknown key 'max_ask'", "did you mean 'max_asks'?"]),
    ("bad_zone", "assistant.toml", "Europe/Berlin", "Europe/Berlim", ["unknown time zone", "Europe/Berlin"]),
    ("bad_currency", "assistant.toml", '"EUR"', '"euro"', ["is no ISO 4217 code"]),
    ("bad_country", "assistant.toml", '"DE"', '"XX"', ["no public holidays are known"]),
    ("bad_weekend", "assistant.toml", "weekend = [6, 7]", "weekend = [0]", ["weekend days are numbers"]),
    ("rest_without_url", "assistant.toml", '"builtin"', '"rest"', ["needs its url"]),
    ("unknown_demo_contact", "assistant.toml", "Ana Petrov", "Anna Petrov", ["unknown contact 'L1/Anna Petrov'", "L1/Ana Petrov"]),
    (
        "unknown_choice",
        "corpus/enterprise/returns.en.md",
        "audience: public",
        "audience: pubic",
        ["'pubic' is not one of public, internal", "did you mean 'public'?"],
    ),
    ("missing_language", "corpus/catalog.yaml", "{zh: 烧杯, en: beaker}", "{en: beaker}", ["the text in 'zh' is missing"]),
    ("unknown_language", "corpus/catalog.yaml", "{zh: 烧杯, en: beaker}", "{zh: 烧杯, en: beaker, de: Becher}", ["unknown language 'de'"]),
    ("unknown_family", "corpus/catalog.yaml", "family: flask", "family: flasks", ["unknown family 'flasks'", "did you mean 'flask'?"]),
    ("unknown_attribute", "corpus/catalog.yaml", '{volume: "250 ml", joint', '{volum: "250 ml", joint', ["unknown attribute 'volum'", "'volume'"]),
    ("unknown_relation", "corpus/catalog.yaml", "relations: {stopper: [ST-29]}", "relations: {stoper: [ST-29]}", ["unknown relation 'stoper'"]),
    ("unknown_accessory", "corpus/catalog.yaml", "{stopper: [ST-29]}", "{stopper: [ST-28]}", ["unknown product 'ST-28'", "did you mean 'ST-29'?"]),
    ("missing_document", "corpus/policies.yaml", "document: returns", "document: return", ["unknown document 'return'", "did you mean 'returns'?"]),
    ("product_twice", "corpus/catalog.yaml", "sku: BK-600", "sku: BK-250", ["sku 'BK-250' is given twice"]),
    ("negative_price", "corpus/catalog.yaml", "price: 640", "price: -640", ["minor units from 0 up"]),
    ("no_front_matter", "corpus/scenes/cleaning.en.md", "---\n", "", ["the front matter is missing"]),
    ("open_front_matter", "corpus/scenes/cleaning.en.md", "version: 1\n---\n", "version: 1\n", ["the front matter does not end"]),
    ("wrong_level", "corpus/scenes/cleaning.en.md", "level: scene", "level: product", ["a product page in scenes/"]),
    ("variants_differ", "corpus/scenes/cleaning.zh.md", "audience: public", "audience: internal", ["audience differs from the other language variant"]),
    ("validity_reversed", "corpus/scenes/cleaning.en.md", "version: 1", "valid_until: 2025-01-01\nversion: 1", ["is before valid_from"]),
    ("document_twice", "corpus/scenes/cleaning.en.md", "id: cleaning", "id: returns", ["is there twice in 'en'"]),
    ("reserved_document", "corpus/scenes/cleaning.en.md", "id: cleaning", "id: catalog", ["the id 'catalog' is taken"]),
    ("unknown_product_of_page", "corpus/products/bk-250.en.md", "product: BK-250", "product: BK-25", ["unknown product 'BK-25'"]),
    ("unknown_queue_of_page", "corpus/products/bk-250.en.md", "route_to: sales", "route_to: sale", ["unknown queue 'sale'", "did you mean 'sales'?"]),
    ("unknown_intent", "corpus/procedures.yaml", "[order.change_date]", "[order.change_dat]", ["unknown intent 'order.change_dat'", "order.change_date"]),
    ("intent_claimed_twice", "corpus/procedures.yaml", "[order.cancel]", "[order.cancel, order.change_date]", ["already claimed by procedure 'change_date'"]),
    ("unserved_intent", "corpus/procedures.yaml", "[certificate.request]", "[]", ["nothing serves the intent 'certificate.request'"]),
    ("unknown_rule", "corpus/procedures.yaml", "rule: RETURN", "rule: RETURNS", ["unknown rule 'RETURNS'", "did you mean 'RETURN'?"]),
    ("unknown_ticket", "corpus/procedures.yaml", "ticket: return\n", "ticket: returns\n", ["unknown ticket kind 'returns'"]),
    (
        "unknown_queue",
        "corpus/procedures.yaml",
        "{queue: service, name: {zh: 退货单",
        "{queue: servce, name: {zh: 退货单",
        ["unknown queue 'servce'", "'service'"],
    ),
    ("unknown_ticket_field", "corpus/procedures.yaml", 'serial: "new.serial"', 'serail: "new.serial"', ["has no field 'serail'", "did you mean 'serial'?"]),
    ("unknown_slot_type", "corpus/procedures.yaml", "type: items", "type: item", ["'item' is not one of", "did you mean 'items'?"]),
    ("slot_without_question", "corpus/procedures.yaml", "{type: quantity, default: 1}", "{type: quantity}", ["needs `ask`, or a `default`"]),
    ("bool_without_words", "corpus/procedures.yaml", "          no: {zh: [用过", "          nope: {zh: [用过", ["words for yes and no"]),
    (
        "preview_missing",
        "corpus/procedures.yaml",
        "    confirm: false\n    slots:\n      phone",
        "    confirm: true\n    slots:\n      phone",
        ["needs a preview"],
    ),
    ("template_syntax", "corpus/procedures.yaml", "{{ order.due|iso }} to", "{{ order.due|iso } to", ["not a valid template"]),
    ("template_filter", "corpus/procedures.yaml", "{{ order.due|iso }} to", "{{ order.due|isoo }} to", ["unknown filter 'isoo'", "did you mean 'iso'?"]),
    ("template_name", "corpus/procedures.yaml", "{{ order.due|iso }} to", "{{ ordr.due|iso }} to", ["unknown name 'ordr'", "did you mean 'order'?"]),
    ("template_member", "corpus/procedures.yaml", "{{ order.due|iso }} to", "{{ order.duee|iso }} to", ["order has no 'duee'", "did you mean 'due'?"]),
    ("template_value", "corpus/policies.yaml", "{{ values.earliest|date }} is", "{{ values.earlest|date }} is", ["values has no 'earlest'", "earliest"]),
    ("template_parameter", "corpus/policies.yaml", "needs {{ p.notice_workdays }}", "needs {{ p.notice_days }}", ["p has no 'notice_days'", "notice_workdays"]),
    ("parameter_not_in_document", "corpus/policies.yaml", "window_days: 30", "window_days: 31", ["31 is not stated in corpus/enterprise/returns.en.md"]),
    ("unknown_outcome", "corpus/policies.yaml", "outcome: human", "outcome: person", ["'person' is not one of allow, ask, refuse, human"]),
    ("unknown_offer", "corpus/policies.yaml", "offer: return_goods", "offer: return_good", ["unknown procedure 'return_good'"]),
    ("unknown_status_of_order", "corpus/fixture/orders.yaml", "status: packed", "status: pakced", ["unknown status 'pakced'", "did you mean 'packed'?"]),
    ("status_without_name", "corpus/texts.yaml", "    packed: {zh: 已装箱, en: packed}\n", "", ["the status 'packed' has no name"]),
    ("unknown_sku_in_order", "corpus/fixture/orders.yaml", "sku: FL-250", "sku: FL-251", ["unknown product 'FL-251'"]),
    ("unknown_company_of_order", "corpus/fixture/orders.yaml", "company: L1", "company: L9", ["unknown company 'L9'"]),
    ("delivered_without_date", "corpus/fixture/orders.yaml", ', delivered: "2026-02-12 11:00"', "", ["needs the key 'delivered'"]),
    ("unknown_sku_in_stock", "corpus/fixture/stock.yaml", "GP-1", "GP-2", ["unknown product 'GP-2'"]),
    ("unknown_tier", "corpus/fixture/companies.yaml", "tier: key", "tier: keys", ["unknown tier 'keys'"]),
    ("unknown_agent_queue", "corpus/fixture/agents.yaml", "[service, quality]", "[service, qualty]", ["unknown queue 'qualty'"]),
    ("unknown_routed_intent", "corpus/routing.yaml", "product.*", "products.*", ["no intent is called 'products.*'"]),
    ("unknown_priority", "corpus/routing.yaml", "priority: P1", "priority: P0", ["unknown priority 'P0'"]),
    ("bad_hours", "corpus/routing.yaml", 'close: "17:00"', 'close: "07:00"', ["is not after opening"]),
    ("bad_time", "corpus/routing.yaml", 'open: "08:00"', 'open: "8 am"', ["is no time such as 09:00"]),
    (
        "unknown_text",
        "corpus/texts.yaml",
        "names:",
        "texts: {greting: {zh: 好, en: hi}}\nnames:",
        ["nothing uses the text 'greting'", "did you mean 'greeting'?"],
    ),
    ("text_variable", "corpus/texts.yaml", "names:", "texts: {greeting: {zh: '{{ agent }}', en: hi}}\nnames:", ["unknown name 'agent'"]),
    (
        "unknown_serve_target",
        "corpus/intents.yaml",
        "order.change_address: {serve: {handoff: policy_human_only}}",
        "order.change_address: {serve: {handoff: policy_human}}",
        ["unknown handoff 'policy_human'"],
    ),
    ("bad_pattern", "corpus/lexicon.yaml", "", "extends: standard\ninjection: {en: ['(']}\n", ["is no regular expression"]),
    ("alias_of_two_regions", "corpus/regions.yaml", "", "North: [Kiel]\nSouth: [Kiel]\n", ["is also a name of region 'North'"]),
    ("broken_scenario", "evals/scenarios/S01_status.yaml", "turns:", "turns: [", ["not valid YAML"]),
    ("prompt_name", "prompts/reply.md", "", "---\nversion: 1\n---\nhello\n", ["NAME.zh.md or NAME.en.md"]),
]


def test_the_example_is_whole(root: Path) -> None:
    start = perf_counter()
    workspace = load_workspace(root)
    print(f"loaded in {1000 * (perf_counter() - start):.0f} ms")
    assert workspace.languages == ("zh", "en")
    assert workspace.products["FL-250"].relations == {"stopper": ("ST-29",)}
    assert workspace.intents["certificate.request"].examples["en"]
    assert workspace.intents["warranty.check"].serve == "knowledge"
    assert workspace.texts.names["status"]["packed"]["en"] == "packed"
    assert workspace.texts.texts["greeting"], "standard texts are laid under the workspace's own"


def test_instants_are_local_and_dates_are_dates(root: Path) -> None:
    order = load_workspace(root).fixture.orders["7003"]
    assert order.due == date(2026, 2, 13)
    assert order.delivered == datetime(2026, 2, 12, 10, 0, tzinfo=UTC), "11:00 in Berlin"


@pytest.mark.parametrize(("file", "old", "new", "said"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_a_mistake_is_named_with_its_place(edit: Edit, found: Found, *, file: str, old: str, new: str, said: list[str]) -> None:
    edit(file, old, new)
    problems = found()
    shown = [str(problem) for problem in problems]
    assert all(any(part in line for line in shown) for part in said), shown
    named = next(problem for problem in problems if said[0] in str(problem))
    assert named.line > 0 or "file name" in named.message, str(named)


def test_all_mistakes_are_reported_at_once(edit: Edit, found: Found) -> None:
    edit("corpus/routing.yaml", "priorities:", "prioritys:")
    edit("corpus/catalog.yaml", "family: flask", "family: flasks")
    edit("corpus/policies.yaml", "document: returns", "document: return")
    edit("assistant.toml", '"EUR"', '"euro"')
    files = {problem.file for problem in found()}
    assert files >= {"corpus/routing.yaml", "corpus/catalog.yaml", "corpus/policies.yaml", "assistant.toml"}


def test_a_broken_file_makes_no_follow_up_mistakes(edit: Edit, found: Found) -> None:
    edit("corpus/catalog.yaml", "families:", "families: [")
    assert [problem.file for problem in found()] == ["corpus/catalog.yaml"]


def test_a_wrong_entry_is_still_known_by_its_name(edit: Edit, found: Found) -> None:
    edit("corpus/policies.yaml", "    document: returns\n", "")
    assert [problem.message for problem in found()] == ["the key 'document' is missing"]


@pytest.mark.parametrize("back", ["ST-29", "FL-250"])
def test_accessories_may_not_go_in_a_circle(edit: Edit, found: Found, back: str) -> None:
    edit(
        "corpus/catalog.yaml", '    specs: {joint: "NS 29/32", material', f"    relations: {{stopper: [{back}]}}\n" + '    specs: {joint: "NS 29/32", material'
    )
    (problem,) = found()
    assert problem.file == "corpus/catalog.yaml"
    assert "in a circle" in problem.message
    assert "ST-29" in problem.message


def test_the_line_is_the_line_of_the_key(root: Path, edit: Edit, found: Found) -> None:
    edit("corpus/policies.yaml", "{{ values.earliest|date }} is", "{{ values.earlest|date }} is")
    (problem,) = found()
    lines = (root / problem.file).read_text(encoding="utf-8").splitlines()
    assert "earlest" in lines[problem.line - 1]


def test_not_a_workspace(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        load_workspace(tmp_path)
    assert "is not a workspace" in str(raised.value.problems[0])


def test_text_that_is_not_utf8(root: Path, found: Found) -> None:
    (root / "corpus/scenes/cleaning.en.md").write_bytes(b"---\nid: x\n" + b"\xff\xfe")
    problem = next(problem for problem in found() if problem.message == "not UTF-8")
    assert problem.line == 3


def test_words_of_yaml_1_1_are_words(root: Path, edit: Edit, found: Found) -> None:
    edit("corpus/catalog.yaml", "words: [BK250]", "words: [no, on, off, 1:30, 2026-01-01, 007]")
    assert found() == ()
    assert load_workspace(root).products["BK-250"].words == ("no", "on", "off", "1:30", "2026-01-01", "007")


def test_one_language_needs_one_text(root: Path, edit: Edit) -> None:
    edit("assistant.toml", '["zh", "en"]', '["en"]')
    for path in [*root.rglob("*.zh.md")]:
        path.unlink()
    workspace, problems = read_workspace(root)
    assert problems == ()
    assert workspace is not None
    assert set(workspace.products["BK-250"].name) == {"en"}
    edit("corpus/catalog.yaml", "{zh: BK-250 烧杯, en: BK-250 beaker}", "BK-250 beaker")
    assert load_workspace(root).products["BK-250"].name == {"en": "BK-250 beaker"}


def test_the_hash_follows_the_content(root: Path, edit: Edit) -> None:
    before = load_workspace(root).hash
    assert load_workspace(root).hash == before
    edit("corpus/scenes/cleaning.en.md", "twice", "three times")
    assert load_workspace(root).hash != before


def test_an_intent_can_be_replaced_and_switched_off(root: Path, edit: Edit) -> None:
    standard = load_workspace(root).intents
    edit(
        "corpus/intents.yaml",
        "intents:\n",
        "intents:\n  feedback: {off: true}\n  chat.thanks: {replace: true, serve: {text: thanks}, examples: {en: [cheers], zh: [谢了]}}\n",
    )
    intents = load_workspace(root).intents
    assert "feedback" in standard
    assert "feedback" not in intents
    assert intents["chat.thanks"].examples == {"en": ("cheers",), "zh": ("谢了",)}
    assert len(standard["chat.thanks"].examples["en"]) > 10


@pytest.mark.parametrize(
    "text",
    [
        "a: &x [*x]\n",
        "a: &x {b: *x}\n",
        "a: " + "[" * 80 + "]" * 80 + "\n",
        "a: &a [1, 1]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8)),
    ],
    ids=["list in itself", "map in itself", "deep", "laughs"],
)
def test_yaml_that_would_never_end_is_refused(root: Path, found: Found, text: str) -> None:
    (root / "corpus/regions.yaml").write_text(text, encoding="utf-8")
    assert any("contains itself" in problem.message or "too deep or repeated" in problem.message for problem in found())


REVIEW = "- {id: r-1, product: BK-250, stars: 4, written: 2026-01-20, language: en, text: Clear glass.}\n"


def test_reviews_are_read(root: Path, edit: Edit) -> None:
    edit("corpus/reviews.yaml", "", REVIEW)
    review = load_workspace(root).reviews["r-1"]
    assert (review.product, review.stars, review.written, review.text) == ("BK-250", 4, date(2026, 1, 20), "Clear glass.")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("stars: 4", "stars: 6", "1 to 5"), ("Clear glass.", '" "', "without words"), ("BK-250", "BK-25", "BK-250"), ("language: en", "language: fr", "fr")],
)
def test_a_wrong_review_is_named(edit: Edit, found: Found, old: str, new: str, said: str) -> None:
    edit("corpus/reviews.yaml", "", REVIEW.replace(old, new))
    (problem,) = found()
    assert problem.file == "corpus/reviews.yaml"
    assert said in str(problem)


def test_no_document_may_take_the_name_that_reviews_are_cited_by(edit: Edit, found: Found) -> None:
    edit("corpus/enterprise/returns.en.md", "id: returns", "id: reviews")
    assert any("are cited by theirs" in str(problem) for problem in found())
