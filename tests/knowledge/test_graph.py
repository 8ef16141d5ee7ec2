"""The knowledge graph of the demo company: what it connects, where that is said, and that the picture holds all of it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, datetime

from assistant.app import Company
from assistant.knowledge.graph import Edge, Graph, graph_of, svg
from assistant.store.knowledge import DocumentRow, SectionRow

SVG = "{http://www.w3.org/2000/svg}"


def page(id_: str, *products: str, language: str = "zh", version: int = 3) -> DocumentRow:
    return DocumentRow(id_, language, version, f"Title of {id_}", "product", "public", products, "", datetime(2026, 6, 1, tzinfo=UTC))


def demo(company: Company) -> Graph:
    return graph_of(company.workspace, [page("catalog", version=2), page("p-100", "P-100"), page("returns", version=7)])


def test_every_edge_names_its_source(company: Company) -> None:
    edges = demo(company).edges
    assert Edge("product:P-100", "seal", "product:SK-25", "catalog@2#P-100.seal.SK-25") in edges
    assert Edge("product:P-100", "is a", "family:pump", "catalog@2#P-100") in edges
    assert Edge("document:p-100", "is about", "product:P-100", "p-100@3") in edges
    assert Edge("rule:RETURN", "is stated in", "document:returns", "returns@7") in edges
    assert all(edge.evidence for edge in edges)


def table(document: str, text: str) -> SectionRow:
    return SectionRow(document, "zh", 3, "zh/prices", 0, "text", "Prices", "", text, 0, 0, (), "")


def test_a_table_connects_the_products_of_its_rows(company: Company) -> None:
    rows = table("prices", "| item | price |\n|---|---|\n| P-100 | 5 |\n| SK-25 | 2 |")
    shown = [rows, table("p-100", rows.text), table("talk", "The P-100 is praised."), table("gone", rows.text)]
    edges = graph_of(company.workspace, [page("prices"), page("p-100", "P-100"), page("talk")], sections=shown).edges
    assert [edge for edge in edges if edge.relation == "lists"] == [
        Edge("document:prices", "lists", "product:P-100", "prices@3#zh/prices"),
        Edge("document:prices", "lists", "product:SK-25", "prices@3#zh/prices"),
        Edge("document:p-100", "lists", "product:SK-25", "p-100@3#zh/prices"),
    ]


def test_a_document_that_is_not_live_connects_nothing(company: Company) -> None:
    ends = {end for edge in demo(company).edges for end in (edge.source, edge.target)}
    assert "document:warranty" not in ends
    assert "rule:WARRANTY" not in ends


def test_customers_are_in_it_only_with_their_orders(company: Company) -> None:
    assert not [node for node in demo(company).nodes if node.kind == "company"]


def test_the_picture_holds_every_node_and_edge_once(company: Company) -> None:
    graph = demo(company)
    root = ET.fromstring(svg(graph))
    assert len(root.findall(f"{SVG}path")) == len(graph.edges)
    assert len(root.findall(f"{SVG}g")) == len(graph.nodes)
    assert len({(rect.get("x"), rect.get("y")) for rect in root.iter(f"{SVG}rect") if rect.get("x")}) == len(graph.nodes)


def test_an_empty_graph_is_a_picture_too() -> None:
    assert ET.fromstring(svg(Graph((), ()))).tag == f"{SVG}svg"


def test_reviews_are_edges_to_their_product_while_they_are_live(company: Company) -> None:
    live = graph_of(company.workspace, [page("reviews", language="zh", version=2), page("reviews", language="en", version=5)])
    assert Edge("review:r-101", "reviews", "product:P-100", "reviews@2#r-101") in live.edges
    assert Edge("review:r-102", "reviews", "product:P-100", "reviews@5#r-102") in live.edges
    assert not [edge for edge in demo(company).edges if edge.relation == "reviews"]
