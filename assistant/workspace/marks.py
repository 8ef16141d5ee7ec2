"""Annotations that steer the binder and the JSON Schemas, and the shorthand types made of them; no reading.

`Localized` is one text per declared language, `Template` the same in Jinja2, `Words` lists of words per language, `Expression` is CEL, "key:kind" marks the
field that is filled from the mapping key and declares a name, `…Ref` names something declared elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

Localized = Annotated[Mapping[str, str], "localized"]
Template = Annotated[Mapping[str, str], "template"]
Words = Annotated[Mapping[str, tuple[str, ...]], "words"]
Plain = Annotated[Any, "json"]
Tongue = Annotated[str, "oneof:zh|en"]
Level = Annotated[str, "oneof:1|2|3"]
Expression = Annotated[str, "cel"]
Many = Annotated[tuple[str, ...], "many"]
FamilyRef = Annotated[str, "ref:family"]
AttributeRef = Annotated[str, "ref:attribute"]
RelationRef = Annotated[str, "ref:relation"]
SkuRef = Annotated[str, "ref:sku"]
DocumentRef = Annotated[str, "ref:document"]
IntentRef = Annotated[str, "ref:intent"]
RuleRef = Annotated[str, "ref:rule"]
TicketRef = Annotated[str, "ref:ticket"]
QueueRef = Annotated[str, "ref:queue"]
ProcedureRef = Annotated[str, "ref:procedure"]
ReasonRef = Annotated[str, "ref:reason"]
StatusRef = Annotated[str, "ref:status"]
CompanyRef = Annotated[str, "ref:company"]
PriorityRef = Annotated[str, "ref:priority"]
SkillRef = Annotated[str, "ref:skill"]

SlotType = Literal["order", "date", "quantity", "address", "product", "items", "bool", "choice", "attachments", "text", "title", "tax_id", "phone", "email"]
ServeKind = Literal["text", "knowledge", "handoff", "decline", "procedure", ""]
Skus = Annotated[tuple[SkuRef, ...], "many"]
