"""The catalogue and the reviews as sections of documents: one per product and one per edge, one per review in its own language; it reads no file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.text.format import format_money
from assistant.types import Language
from assistant.workspace.model import Catalog, Product, Review

DOCUMENT = "catalog"
REVIEWS, REVIEW = "reviews", "review"
REVIEWS_TITLE = {"zh": "客户评价", "en": "Customer reviews"}
TITLE = {"zh": "产品目录", "en": "Product catalogue"}
FAMILY, PRICE, WARRANTY, CUSTOM = "family", "price", "warranty", "custom"
LABELS = {
    FAMILY: {"zh": "类别", "en": "Category"},
    PRICE: {"zh": "目录价", "en": "List price"},
    WARRANTY: {"zh": "质保", "en": "Warranty"},
    CUSTOM: {"zh": "定制", "en": "Made to order"},
}
_YES = {"zh": "是，按单定制", "en": "yes, made to order"}
_MONTHS = {"zh": "{} 个月", "en": "{} months"}
_EDGE = {"zh": "{subject} 适配的{relation}：{object}（{name}）", "en": "{relation} for {subject}: {object} ({name})"}


@dataclass(frozen=True, slots=True)
class Row:
    """A catalogue section: `text` holds one line "label: value" per fact below the product's name, or the sentence of an edge."""

    id: str
    kind: str
    heading: str
    text: str
    products: tuple[str, ...]


def rows(catalog: Catalog, language: str, currency: str) -> tuple[Row, ...]:
    """The rows and edges of a catalogue in one language ("zh" or "en"), in catalogue order."""
    found: list[Row] = []
    for product in catalog.products.values():
        found.append(_row(catalog, product, language, currency))
        found += _edges(catalog, product, language)
    return tuple(found)


def facts(catalog: Catalog, product: Product, language: str, currency: str) -> Iterator[tuple[str, str, str]]:
    """(attribute, label, value) of a product: its family, price, specifications, warranty and whether it is made to order."""
    spoken: Language = "en" if language == "en" else "zh-Hans"
    family = catalog.families.get(product.family)
    if family is not None:
        yield FAMILY, LABELS[FAMILY][language], family.name.get(language, product.family)
    unit = product.unit.get(language, "")
    yield PRICE, LABELS[PRICE][language], format_money(product.price, currency, spoken) + (f" / {unit}" if unit else "")
    for name, value in product.specs.items():
        attribute = catalog.attributes.get(name)
        yield name, attribute.name.get(language, name) if attribute else name, value
    if product.warranty_months:
        yield WARRANTY, LABELS[WARRANTY][language], _MONTHS[language].format(product.warranty_months)
    if product.custom:
        yield CUSTOM, LABELS[CUSTOM][language], _YES[language]


def _row(catalog: Catalog, product: Product, language: str, currency: str) -> Row:
    name = product.name.get(language, product.sku)
    lines = [f"{label}: {value}" for _, label, value in facts(catalog, product, language, currency)]
    return Row(product.sku, "row", name, "\n".join([name, *lines]), (product.sku,))


def _edges(catalog: Catalog, product: Product, language: str) -> Iterator[Row]:
    for name, targets in product.relations.items():
        relation = catalog.relations.get(name)
        spoken = relation.name.get(language, name) if relation else name
        for target in targets:
            other = catalog.products.get(target)
            words = other.name.get(language, target) if other else target
            text = _EDGE[language].format(subject=product.sku, relation=spoken[:1].upper() + spoken[1:], object=target, name=words)
            heading = f"{product.name.get(language, product.sku)} – {spoken}"
            yield Row(f"{product.sku}.{name}.{target}", "edge", heading, text, (product.sku, target))


def review_rows(reviews: Mapping[str, Review], language: str) -> tuple[Row, ...]:
    """The reviews written in a language, in the order of the file; a text is one paragraph, so that nothing in it reads as a table of figures."""
    return tuple(
        Row(
            each.id,
            REVIEW,
            " – ".join(part for part in (each.product, f"{each.stars}/5", each.written.isoformat(), each.by) if part),
            words_of(each),
            (each.product,),
        )
        for each in reviews.values()
        if each.language == language
    )


def words_of(review: Review) -> str:
    """A review's words as they are stored and quoted."""
    return " ".join(review.text.split())
