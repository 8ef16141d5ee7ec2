"""What is connected to what and where it is said: products, families, documents, rules, reviews and customers' own products as typed edges, and their picture.

It answers no question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from assistant.knowledge.mentions import names_of
from assistant.knowledge.rows import REVIEWS, words_of
from assistant.store.knowledge import CATALOG, DocumentRow, SectionRow
from assistant.types import Order
from assistant.workspace.model import Workspace

# the columns of the picture, in reading order: a kind of node each
COLUMNS = ("company", "family", "product", "document", "review", "rule")
_COLORS = {"company": "#7c3f8c", "product": "#2447c5", "family": "#3d7a5f", "document": "#8a6d1d", "rule": "#a23b3b", "review": "#2b7f8f"}
_COLUMN, _ROW, _TOP, _WIDTH, _HEIGHT = 290, 34, 62, 190, 24


@dataclass(frozen=True, slots=True)
class Node:
    """`id` is unique within its `kind`; `label` is for people."""

    kind: str
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Edge:
    """`relation` leads from `source` to `target`, both "kind:id"; `evidence` is where it is said: "document@version#section", a file, or an order."""

    source: str
    relation: str
    target: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Graph:
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph_of(workspace: Workspace, documents: Sequence[DocumentRow], orders: Sequence[Order] = (), *, sections: Sequence[SectionRow] = ()) -> Graph:
    """The edges that the catalogue, the live `documents`, the tables in their `sections`, the rules and (for staff) the `orders` state, once per evidence."""
    versions = {row.id: row.version for row in documents}
    edges = tuple(
        dict.fromkeys(
            [
                *_catalogue(workspace, versions.get("catalog", 1)),
                *_documents(documents),
                *_tables(workspace, documents, sections),
                *_rules(workspace, versions),
                *_bought(orders),
                *_reviews(workspace, documents),
            ]
        )
    )
    labels = _labels(workspace, documents)
    named = [*(f"product:{sku}" for sku in workspace.products), *(end for edge in edges for end in (edge.source, edge.target))]
    nodes = []
    for end in dict.fromkeys(named):
        kind, _, name = end.partition(":")
        nodes.append(Node(kind, name, labels.get(end, name)))
    return Graph(tuple(nodes), edges)


def _catalogue(workspace: Workspace, version: int) -> Iterator[Edge]:
    for sku, product in workspace.products.items():
        if product.family:
            yield Edge(f"product:{sku}", "is a", f"family:{product.family}", f"catalog@{version}#{sku}")
        for relation, targets in product.relations.items():
            yield from (Edge(f"product:{sku}", relation, f"product:{other}", f"catalog@{version}#{sku}.{relation}.{other}") for other in targets)


def _documents(documents: Iterable[DocumentRow]) -> Iterator[Edge]:
    for row in documents:
        yield from (Edge(f"document:{row.id}", "is about", f"product:{sku}", f"{row.id}@{row.version}") for sku in row.products)


def _tables(workspace: Workspace, documents: Iterable[DocumentRow], sections: Iterable[SectionRow]) -> Iterator[Edge]:
    """The products that the rows of tables name, such as those of a price list; what a document is about as a whole it says itself."""
    names = names_of(workspace.catalog)
    about = {(row.id, row.language): row.products for row in documents if row.origin != CATALOG}
    for section in sections:
        known = about.get((section.document, section.language))
        if known is None or "|" not in section.text:
            continue
        for sku in names.products(section.text):
            if sku not in known:
                yield Edge(f"document:{section.document}", "lists", f"product:{sku}", f"{section.document}@{section.version}#{section.id}")


def _rules(workspace: Workspace, versions: Mapping[str, int]) -> Iterator[Edge]:
    for name, rule in workspace.rules.items():
        if rule.document in versions:
            yield Edge(f"rule:{name}", "is stated in", f"document:{rule.document}", f"{rule.document}@{versions[rule.document]}")


def _reviews(workspace: Workspace, documents: Iterable[DocumentRow]) -> Iterator[Edge]:
    """What customers wrote, as far as it is live."""
    versions = {row.language: row.version for row in documents if row.id == REVIEWS}
    for name, review in workspace.reviews.items():
        if review.language in versions:
            yield Edge(f"review:{name}", "reviews", f"product:{review.product}", f"{REVIEWS}@{versions[review.language]}#{name}")


def _bought(orders: Iterable[Order]) -> Iterator[Edge]:
    for order in orders:
        yield from (Edge(f"company:{order.company}", "ordered", f"product:{line.sku}", f"order {order.number}") for line in order.lines)


def _labels(workspace: Workspace, documents: Iterable[DocumentRow]) -> dict[str, str]:
    language = workspace.languages[0]
    labels = {f"family:{name}": family.name.get(language, name) for name, family in workspace.catalog.families.items()}
    labels |= {f"rule:{name}": rule.title.get(language, name) for name, rule in workspace.rules.items()}
    labels |= {f"review:{name}": f"{review.stars}/5 {words_of(review)}" for name, review in workspace.reviews.items()}
    labels |= {f"company:{name}": company.name for name, company in workspace.fixture.companies.items()}
    for row in documents:
        if row.language == language or f"document:{row.id}" not in labels:
            labels[f"document:{row.id}"] = row.title
    return labels


def svg(graph: Graph) -> str:
    """The graph as a picture: a column for each kind of node, a line for each edge with its relation and evidence as a tooltip."""
    kinds = [kind for kind in COLUMNS if any(node.kind == kind for node in graph.nodes)]
    columns = [[node for node in graph.nodes if node.kind == kind] for kind in kinds]
    longest = max(map(len, columns), default=0)
    places: dict[str, tuple[int, int]] = {}
    for column, held in enumerate(columns):
        top = _TOP + (longest - len(held)) * _ROW // 2
        places |= {f"{node.kind}:{node.id}": (20 + column * _COLUMN, top + row * _ROW) for row, node in enumerate(held)}
    width = 40 + max(len(kinds), 1) * _COLUMN - (_COLUMN - _WIDTH)
    height = 20 + max((y for _, y in places.values()), default=_TOP) + _ROW
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"',
        ' font-family="system-ui, sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="#fff"/>',
        *(
            f'<text x="{20 + column * _COLUMN}" y="34" font-size="14" font-weight="600" fill="{_COLORS[kind]}">{kind}</text>'
            for column, kind in enumerate(kinds)
        ),
        *(_line(edge, places[edge.source], places[edge.target]) for edge in graph.edges),
        *(_box(node, *places[f"{node.kind}:{node.id}"]) for node in graph.nodes),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _line(edge: Edge, start: tuple[int, int], end: tuple[int, int]) -> str:
    """A curve from the nearer side of one box to the nearer side of the other; within a column it leaves and arrives on the right."""
    (x1, y1), (x2, y2) = start, end
    same, back = x1 == x2, x2 < x1
    from_x = x1 if back else x1 + _WIDTH
    to_x = x2 + _WIDTH if same or back else x2
    pull = 46 if same else (to_x - from_x) / 2
    from_y, to_y = y1 + _HEIGHT // 2, y2 + _HEIGHT // 2
    path = f"M{from_x},{from_y} C{from_x + pull:g},{from_y} {to_x + pull if same else to_x - pull:g},{to_y} {to_x},{to_y}"
    color = _COLORS[edge.source.split(":", 1)[0]]
    return f'<path d="{path}" fill="none" stroke="{color}" stroke-opacity=".38"><title>{escape(_told(edge))}</title></path>'


def _told(edge: Edge) -> str:
    return f"{edge.source.split(':', 1)[1]} – {edge.relation} – {edge.target.split(':', 1)[1]} ({edge.evidence})"


def _box(node: Node, x: int, y: int) -> str:
    text = node.id if node.label == node.id else f"{node.id} · {node.label}" if node.kind in ("company", "rule") else node.label
    # a Chinese character is about as wide as two Latin ones
    room, shown = 29.0, ""
    for char in text:
        room -= 2 if char >= "\u2e80" else 1.06
        if room < 0:
            shown = shown.rstrip() + "…"
            break
        shown += char
    frame = f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="6" fill="#fff" stroke="{_COLORS[node.kind]}"/>'
    return f'<g>{frame}<text x="{x + 9}" y="{y + 16}" fill="#1b1d22">{escape(shown)}</text><title>{escape(f"{node.kind} {node.id}: {node.label}")}</title></g>'
