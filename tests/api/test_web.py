"""The page's files: the same words in both languages, no way for text to become markup, nothing from elsewhere, and the logic that needs no browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.api.pages import WEB
from assistant.text.script import to_traditional

SCRIPTS = sorted(WEB.rglob("*.js"))
FILES = sorted(path for path in WEB.rglob("*") if path.is_file())
DANGEROUS = (
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "new Function",
    "createContextualFragment",
    "srcdoc",
    "setHTML",
    "DOMParser",
)
KEY = re.compile(r'^  (\w+): "((?:[^"\\]|\\.)*)",$')
USED = re.compile(r'(?<![\w.])t\(\s*"(\w+)"')


def table(language: str) -> dict[str, str]:
    lines = (WEB / "strings" / f"{language}.js").read_text(encoding="utf-8").splitlines()
    assert (lines[0], lines[-1]) == ("export default {", "};")
    found = [KEY.match(line) for line in lines[1:-1]]
    assert all(found), [line for line, match in zip(lines[1:-1], found, strict=True) if not match]
    pairs = [(match[1], match[2]) for match in found if match]
    assert len(pairs) == len(dict(pairs)), "a key is there twice"
    return dict(pairs)


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    zh, en = table("zh"), table("en")
    assert list(zh) == list(en)
    for key in zh:
        assert set(re.findall(r"\{\w+\}", zh[key])) == set(re.findall(r"\{\w+\}", en[key])), key


def test_traditional_texts_are_the_simplified_ones_converted() -> None:
    simplified = table("zh")
    assert table("zh-Hant") == {key: "zh-Hant" if key == "language" else to_traditional(text) for key, text in simplified.items()}


def test_every_text_that_is_asked_for_exists_and_every_text_is_used() -> None:
    keys = set(table("en"))
    source = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS if path.parent.name != "strings")
    asked = set(USED.findall(source))
    assert asked <= keys, asked - keys
    families = tuple(re.findall(r"`(\w+_)\$\{", source))
    unused = {key for key in keys if f'"{key}"' not in source and not key.startswith(families)}
    assert unused <= {"language"}, unused


def test_texts_keep_the_house_style() -> None:
    for language in ("zh", "en"):
        for key, text in table(language).items():
            assert not re.search(r"[!！]|马上|立即|稍后|shortly|please wait|Oops|亲|哦|呢", text), (language, key)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(WEB).as_posix())
def test_no_script_can_turn_text_into_markup(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert [word for word in DANGEROUS if word in source] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_files_are_short_and_bring_nothing_from_elsewhere(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 400
    assert set(re.findall(r"https?://[^\s\"'`]*", source)) <= {"http://www.w3.org/2000/svg"}


def test_the_page_has_no_inline_script_or_style_and_everything_it_names_is_served(client: TestClient) -> None:
    page = client.get("/").text
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\s(?:style|on\w+)=", page)
    wanted = set(re.findall(r'(?:src|href)="(/[^"]+)"', page))
    for script in SCRIPTS:
        folder = f"/assets/{script.parent.relative_to(WEB).as_posix()}/".replace("/./", "/")
        wanted |= {f"{folder}{name.removeprefix('./')}" for name in re.findall(r'from "(\./[^"]+)"', script.read_text(encoding="utf-8"))}
    assert len(wanted) > 15
    for name in sorted(wanted):
        answer = client.get(name)
        assert answer.status_code == 200, name
        if name.endswith(".js"):
            assert "javascript" in answer.headers["content-type"]


def run(program: str) -> object:
    """What a module prints as JSON, run by Node where there is one."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node here: the modules' logic is checked where it is installed")
    done = subprocess.run([node, "--input-type=module", "-e", program], capture_output=True, text=True, timeout=30, cwd=WEB, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_mark_goes_to_the_sentence_that_its_source_supports() -> None:
    program = """
    import { places, sentences } from "./cite.js";
    const en = sentences("No. The SK-25 fits the P-100 only. For a P-200 you need the SK-40, US$60.00.");
    const zh = sentences("扬程是 32 m。改期还没完成，请告诉我新日期。");
    console.log(JSON.stringify([en, places(en, [{quote: "Seal for P-200: SK-40"}, {quote: "SK-25 fits P-100"}, {quote: "nothing alike"}]),
      zh, places(zh, [{quote: "扬程 32 m，流量 25 m³/h"}]),
      places(["P-100 的质保是 24 个月。", "P-200 的质保是 24 个月。"],
        ["P-100", "P-200"].map((name) => ({title: `目录 > ${name} 泵`, quote: "质保: 24 个月"})))]));
    """
    assert run(program) == [
        ["No.", " The SK-25 fits the P-100 only.", " For a P-200 you need the SK-40, US$60.00."],
        [2, 1, 2],
        ["扬程是 32 m。", "改期还没完成，请告诉我新日期。"],
        [0],
        [0, 1],
    ]


CONVERSATION = """
    import { Conversation } from "./conversation.js";
    const seen = [];
    const talk = new Conversation("cv-1", { add: (item) => seen.push(`+${item.kind}`), change: (item) => seen.push(`~${item.kind}`) });
    const reply = (seq, action, cards = []) => ({ type: "reply", seq, turn: `t${seq}`, text: "x", language: "en", action, cards });
    const mine = (seq, id, text = "x") => ({ type: "message", seq, id, role: "customer", text, attachments: [], sent_at: "" });
    const preview = (id) => ({ id, kind: "confirm", state: "open", data: { expires: "2026-03-02T01:30:00+00:00" } });
"""


def test_an_entry_is_shown_once_and_a_pending_message_becomes_the_stored_one() -> None:
    program = f"""{CONVERSATION}
    const item = talk.say("hello");
    const fresh = [talk.apply(mine(1, item.id)), talk.apply(mine(1, item.id)), talk.apply(reply(2, "reply")), talk.apply(mine(1, item.id))];
    console.log(JSON.stringify([fresh, talk.items.length, talk.pending.length, item.state, talk.last, seen]));
    """
    assert run(program) == [[True, False, True, False], 2, 0, "sent", 2, ["+me", "~me", "+reply"]]


@pytest.mark.parametrize(
    ("then", "state"),
    [
        ("talk.apply(reply(3, 'reply'));", "open"),
        ("talk.apply(reply(3, 'confirm', [preview('b')]));", "replaced"),
        ("talk.apply(reply(3, 'execute'));", "confirmed"),
        ("talk.apply(reply(3, 'handoff'));", "passed"),
        ("const no = talk.say('no'); card.declinedBy = no.id; talk.apply(mine(3, no.id)); talk.apply(reply(4, 'reply'));", "declined"),
        ("talk.expire(new Date('2026-03-02T01:30:00+00:00'));", "expired"),
        ("talk.apply(reply(3, 'reply', [{ ...preview('a'), state: 'withdrawn' }]));", "withdrawn"),
        ("talk.apply(reply(3, 'reply', [{ id: 'a', kind: 'confirm', state: 'declined', data: {} }]));", "declined"),
        ("talk.apply(reply(3, 'handoff', [{ id: 'a', kind: 'confirm', state: 'unsettled', data: {} }]));", "unsettled"),
        ("talk.apply(reply(3, 'confirm', [{ id: 'a', kind: 'confirm', state: 'expired', data: {} }, preview('b')]));", "expired"),
    ],
)
def test_an_open_preview_ends_as_what_followed_it(then: str, state: str) -> None:
    program = f"""{CONVERSATION}
    talk.apply(mine(1, "m1"));
    talk.apply(reply(2, "confirm", [preview("a")]));
    const card = talk.cards.get("a");
    {then}
    console.log(JSON.stringify(card.state));
    """
    assert run(program) == state


def test_what_stands_around_a_message_speaks_its_language_and_the_frame_keeps_its_own() -> None:
    program = """
    globalThis.document = { documentElement: {} };
    const { inLanguage, languageOf, pick, t, tag, useLanguage } = await import("./strings.js");
    const format = await import("./format.js");
    format.useCompany({ timezone: "Asia/Shanghai", currency: "USD", queues: {}, names: { field: { grind: { zh: "研磨度", en: "Grind" } } } });
    useLanguage("en");
    const words = () => [t("confirm_yes"), format.fieldName("grind"), format.date("2026-06-05"), pick({ zh: "确认", "zh-Hant": "確認", en: "sure" })];
    const around = ["zh-Hans", "zh-Hant", "en", "xx"].map((language) => inLanguage(language, words));
    let thrown = "";
    try { inLanguage("zh-Hans", () => { throw new Error("drawing"); }); } catch (error) { thrown = error.message; }
    console.log(JSON.stringify([around, tag(), thrown, ["把 P-100 改到", "Cancel it", "P-100 12345", "👍"].map((text) => languageOf(text, "zh-Hant"))]));
    """
    en = ["Confirm", "Grind", "Fri 5 Jun 2026", "sure"]
    assert run(program) == [
        [["确认", "研磨度", "2026年6月5日（周五）", "确认"], ["確認", "研磨度", "2026年6月5日（週五）", "確認"], en, en],
        "en",
        "drawing",
        ["zh-Hant", "en", "zh-Hant", "zh-Hant"],
    ]


TRACE = """
    globalThis.document = {
      documentElement: {},
      createElement: () => ({ dataset: {}, children: [], style: {}, setAttribute() {}, append(...more) { this.children.push(...more); } }),
      createElementNS: () => ({ setAttribute() {}, append() {} }),
    };
    const { useLanguage } = await import("./strings.js");
    const { traceOf } = await import("./trace.js");
    useLanguage("en");
    const textOf = (node) => (typeof node === "string" ? node : (node.children || []).map(textOf).join(" "));
    const told = (record) => traceOf({ reading: { language: "en", requests: [], slots: [], verdict: "other" }, ...record }).map(textOf);
"""


def test_a_trace_tells_what_went_out_and_folds_its_figures() -> None:
    program = f"""{TRACE}
    const on_the_way = {{ action: "handoff", reason: "customer_request", intent: "human.request", signals: {{ cosine: 0.5, zero: 0 }} }};
    const out = {{ action: "wait", reason: "queued", intent: "human.request" }};
    const record = {{ decisions: [on_the_way], view: {{ text: "x", citations: [], receipts: [], requests: [out] }} }};
    console.log(JSON.stringify(told(record)));
    """
    steps, figures, raw = run(program)  # type: ignore[misc]
    assert "Changes" not in steps
    assert "The customer waits for a colleague, so nothing is changed meanwhile." in steps
    assert "The customer asked for a person." not in steps
    assert "0.50" not in steps
    assert "cosine 0.50" in figures
    assert "zero" not in figures
    assert '"signals"' in raw


def test_a_trace_leaves_out_what_did_not_happen() -> None:
    program = f"""{TRACE}
    const reading = {{ language: "en", requests: [], slots: [], verdict: "yes" }};
    const yes = {{ reading, decisions: [], view: {{ text: "x", citations: [], receipts: [], requests: [] }} }};
    const asked = {{ ...yes, before: {{ procedure: {{ stage: "confirm" }} }} }};
    console.log(JSON.stringify([told(yes)[0], told(asked)[0]].map((text) => [text.includes("Answer to preview"), text.includes("Written")])));
    """
    assert run(program) == [[False, False], [True, False]]


def test_a_hand_over_changes_its_banner_in_place_and_marks_the_episodes() -> None:
    program = f"""{CONVERSATION}
    talk.apply(reply(1, "handoff", [{{ id: "ho", kind: "handoff", state: "queued", data: {{ queue: "desk", place: 2 }} }}]));
    talk.apply({{ type: "handoff", seq: 2, state: "queued", queue: "desk", agent: "" }});
    talk.apply({{ type: "handoff", seq: 3, state: "assigned", queue: "", agent: "Mia" }});
    talk.apply({{ type: "handoff", seq: 4, state: "closed", queue: "", agent: "Mia" }});
    console.log(JSON.stringify([talk.items.map((item) => item.kind + (item.state || "")), talk.cards.get("ho").state, talk.owner.state]));
    """
    assert run(program) == [["reply", "episodeassigned", "episodeclosed"], "closed", "closed"]
