"""The intent model: learns from examples, knows the company's words, forgives typing errors, rejects, and comes back from its cache the same."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import numpy as np
import pytest
import yaml

from assistant import workspace
from assistant.config import Config
from assistant.knowledge.encode import packaged_encoder
from assistant.understanding.intents import fit as intents_fit
from assistant.understanding.intents import text as intents_text
from assistant.understanding.intents.recognise import OUT_OF_SCOPE, UNCLEAR, IntentModel, train
from assistant.understanding.intents.text import PLACEHOLDERS, Vocabulary, fill, latin_words, make_tagger, view
from assistant.workspace.model import Intent
from tests.conftest import ROOT

HashedEncoder = runpy.run_path(str(Path(__file__).parents[1] / "hashed_encoder.py"))["HashedEncoder"]
SHOP = Vocabulary(
    skus=("KM-3", "KM-9"),
    products=("KM-3", "KM-9", "KM-3 grinder", "小钢炮"),
    families={"zh": ("磨豆机",), "en": ("grinder", "grinders")},
    attributes={"zh": ("刀盘尺寸",), "en": ("burr size",)},
    parts={"zh": ("刀盘",), "en": ("burr set",)},
    orders=("SO-2031", "SO-2032"),
    order_pattern=r"SO-\d{4}",
)
EXAMPLES = {
    "order.cancel": {
        "zh": ["取消{order}", "{order}不要了", "把单撤了", "我要取消订单"],
        "en": ["cancel {order}", "please cancel my order", "we don't want {order} any more"],
    },
    "order.track": {"zh": ["{order}到哪了", "货到哪里了", "快递单号多少"], "en": ["where is {order}", "track my parcel", "what is the tracking number"]},
    "product.spec": {
        "zh": ["{product}的{attribute}是多少", "{attribute}多少", "{product}{attribute}"],
        "en": ["what is the {attribute} of the {product}", "{product} {attribute}", "{attribute} of {product}"],
    },
    OUT_OF_SCOPE: {"zh": ["写一首诗", "今天天气怎么样", "讲个笑话"], "en": ["write me a poem", "what is the weather like", "tell me a joke"]},
    UNCLEAR: {"zh": ["那个", "嗯"], "en": ["that one", "hmm"]},
}
INTENTS = {name: Intent(name, {language: tuple(found) for language, found in examples.items()}) for name, examples in EXAMPLES.items()}


@pytest.fixture(scope="module")
def model() -> IntentModel:
    return train(INTENTS, HashedEncoder(), vocabulary=SHOP)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("请取消SO-2031", "order.cancel"),
        ("please cancel order so 2032", "order.cancel"),
        ("快递到哪里了", "order.track"),
        ("where is my parcel", "order.track"),
        ("KM-9的刀盘尺寸是多少", "product.spec"),
        ("what is the burr size of the KM-3", "product.spec"),
        ("小钢炮刀盘尺寸", "product.spec"),
    ],
)
def test_finds_the_intent_of_new_words(model: IntentModel, text: str, intent: str) -> None:
    guess = model.predict(text, "zh-Hans")
    assert guess.intent == intent
    assert guess.accepted
    assert guess.p > guess.p2 > 0


@pytest.mark.parametrize("text", ["那个", "嗯", "zxcv qwop", "口口口口"])
def test_words_that_mean_nothing_are_not_accepted(model: IntentModel, text: str) -> None:
    guess = model.predict(text, "zh-Hans")
    assert not guess.accepted
    assert guess.intent != UNCLEAR


def test_out_of_scope_has_its_probability(model: IntentModel) -> None:
    assert model.predict("write me a poem about the sea", "en").outside > 0.5
    assert model.predict("please cancel my order", "en").outside < 0.3


def test_probabilities_are_a_distribution(model: IntentModel) -> None:
    rows = model.probabilities(["取消SO-2031", "where is it", ""])
    assert rows.shape == (3, len(model.intents))
    assert np.allclose(rows.sum(axis=1), 1, atol=1e-5)
    assert model.probabilities([]).shape == (0, len(model.intents))


def test_a_batch_is_read_like_its_texts(model: IntentModel) -> None:
    texts = ["取消SO-2031", "where is my parcel", "KM-3 burr size"]
    assert [guess.intent for guess in model.predict_many(texts, language="en")] == [model.predict(text, "en").intent for text in texts]


def test_the_cache_gives_the_same_model(tmp_path: Path) -> None:
    first, second = HashedEncoder(), HashedEncoder()
    trained = train(INTENTS, first, vocabulary=SHOP, cache=tmp_path)
    loaded = train(INTENTS, second, vocabulary=SHOP, cache=tmp_path)
    assert first.texts > 20
    assert second.texts == 0
    assert np.allclose(trained.probabilities(["取消SO-2031"]), loaded.probabilities(["取消SO-2031"]), atol=1e-6)


def test_other_examples_are_another_model(tmp_path: Path) -> None:
    train(INTENTS, HashedEncoder(), vocabulary=SHOP, cache=tmp_path)
    more = INTENTS | {"feedback": Intent("feedback", {"en": ("great work", "well done")})}
    again = HashedEncoder()
    assert "feedback" in train(more, again, vocabulary=SHOP, cache=tmp_path).intents
    assert again.texts > 20


def test_a_damaged_cache_is_trained_anew(tmp_path: Path) -> None:
    train(INTENTS, HashedEncoder(), vocabulary=SHOP, cache=tmp_path)
    (file,) = tmp_path.glob("intents-*.npz")
    file.write_bytes(file.read_bytes()[:2000])
    assert train(INTENTS, HashedEncoder(), vocabulary=SHOP, cache=tmp_path).predict("取消SO-2031", "zh-Hans").intent == "order.cancel"


def test_only_the_newest_caches_are_kept(tmp_path: Path) -> None:
    for number in range(5):
        more = INTENTS | {"feedback": Intent("feedback", {"en": (f"great work {number}", "well done")})}
        train(more, HashedEncoder(), vocabulary=SHOP, cache=tmp_path)
    assert len(list(tmp_path.glob("intents-*.npz"))) == 3


def test_one_intent_cannot_be_told_from_nothing() -> None:
    with pytest.raises(ValueError, match="two intents"):
        train({"order.cancel": INTENTS["order.cancel"], "empty": Intent("empty", {})}, HashedEncoder(), vocabulary=SHOP)


def test_every_placeholder_of_the_standard_examples_is_known() -> None:
    standard = Path(workspace.__file__).parent / "standard" / "intents.yaml"
    entries = yaml.safe_load(standard.read_text(encoding="utf-8"))["intents"]
    examples = [example for entry in entries.values() for found in entry["examples"].values() for example in found]
    assert {name for example in examples for name in re.findall(r"\{(\w+)\}", example)} <= PLACEHOLDERS
    for name, entry in entries.items():
        for language, found in entry["examples"].items():
            least = 250 if name == OUT_OF_SCOPE else 45
            assert len(found) >= least, (name, language)
            assert len(set(found)) == len(found), (name, language)


def test_examples_are_filled_with_the_words_of_the_company() -> None:
    assert fill("{product}的{attribute}", SHOP, language="zh", seed=0) == "KM-3的刀盘尺寸"
    assert fill("cancel {order}", SHOP, language="en", seed=1) == "cancel SO-2032"
    assert fill("{family}坏了", Vocabulary(), language="zh", seed=0) == "设备坏了"
    assert fill("{product} and {product}", SHOP, language="en", seed=0) != fill("{product} and {product}", SHOP, language="en", seed=1)


def test_things_with_numbers_look_alike() -> None:
    tagger = make_tagger(SHOP)
    assert view("取消SO-2031", tagger) == view("取消so 2032", tagger)
    assert view("改到6月15日", tagger).features == view("改到2026-07-01", tagger).features
    assert view("KM-3的刀盘尺寸", tagger).features[:2] == view("KM-9的刀盘尺寸", tagger).features[:2]
    assert "‹attribute›" in view("burr size?", tagger).features
    assert "‹family›" in view("two grinders", tagger).features
    assert "tomorrow" in view("deliver tomorrow", tagger).semantic


def test_traditional_characters_and_width_make_no_difference() -> None:
    tagger = make_tagger(SHOP)
    assert view("訂單ＳＯ－２０３１到哪裡了？", tagger) == view("订单SO-2031到哪里了？", tagger)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("inovice", "invoice"),
        ("adress", "address"),
        ("exchnage", "exchange"),
        ("priming", "priming"),
        ("supposed", "supposed"),
        ("zebra", "zebra"),
        ("short", "short"),
    ],
)
def test_slips_are_put_right_and_other_words_left_alone(typed: str, meant: str) -> None:
    tagger = make_tagger(SHOP, known=latin_words(["invoice", "address", "exchange", "pricing", "suppose"]))
    assert view(typed, tagger).semantic == meant


def test_a_strange_text_is_not_near_for_the_one_word_it_shares() -> None:
    grams = intents_fit.weigh([["a", "b"], ["a", "c"], ["d", "e"]])
    index = {name: place for place, name in enumerate(grams.names)}
    near = intents_fit.overlap(grams, index, ["a", "b"], size=3)
    far = intents_fit.overlap(grams, index, ["a", "x", "y", "z"], size=3)
    assert near[0] == pytest.approx(1, abs=1e-5)
    assert far[0] < near[1] < near[0]
    assert not intents_fit.overlap(grams, index, ["x"], size=3).any()


def test_held_out_scores_are_those_of_leaving_one_out() -> None:
    rng = np.random.default_rng(7)
    vectors = rng.normal(size=(30, 6)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    labels = np.array([0, 1, 2] * 10, dtype=np.int32)
    features = [[f"word{label}", f"own{row}"] for row, label in enumerate(labels)]
    grams = intents_fit.weigh(features)
    whole = intents_fit.fit(vectors, grams, labels=labels)
    overlaps = np.stack([intents_fit.overlap(grams, {n: p for p, n in enumerate(grams.names)}, each, size=30) for each in features])
    matrix = intents_fit.kernel(vectors @ vectors.T, overlaps)
    rest = np.arange(1, 30)
    targets = np.eye(3, dtype=np.float32)[labels]
    weights = np.linalg.solve(matrix[np.ix_(rest, rest)] + intents_fit.RIDGE * np.eye(29), targets[rest])
    assert np.allclose(matrix[0, rest] @ weights, whole.held_out[0], atol=1e-3)


def test_thresholds_rise_where_predictions_are_often_wrong() -> None:
    probabilities = np.array([[0.9, 0.1]] * 20 + [[0.3, 0.7]] * 10 + [[0.35, 0.3]] * 10, dtype=np.float32)
    labels = np.array([0] * 20 + [1] * 10 + [1] * 10, dtype=np.int32)
    found = intents_fit.thresholds(probabilities, labels, np.zeros(40, dtype=np.int32))
    assert found[0, 0] > found[1, 0] == pytest.approx(intents_fit.LOWEST)


def test_across_languages_with_the_packaged_encoder() -> None:
    """Learnt from English only, asked in Chinese."""
    english = {name: Intent(name, {"en": intent.examples["en"]}) for name, intent in INTENTS.items()}
    model = train(english, packaged_encoder(Config(ROOT).cache), vocabulary=intents_text.Vocabulary())
    assert model.predict("我的包裹到哪里了", "zh-Hans").intent == "order.track"
    assert model.predict("请取消我的订单", "zh-Hans").intent == "order.cancel"
    assert model.predict("给我写一首诗", "zh-Hans").intent == OUT_OF_SCOPE
