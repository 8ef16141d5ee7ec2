"""JSON Schemas of a workspace's files, made from the types that read them, so that an editor can complete keys; checking is the loader's work."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from assistant.workspace import model
from assistant.workspace.bind import LANGUAGES, key_field, mark, shape
from assistant.workspace.load import FrontMatter, PromptHead
from assistant.workspace.merge import IntentsFile, LexiconFile, TextsFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
_FILES: Mapping[str, Any] = {
    model.SETTINGS: model.Settings,
    model.CATALOG: model.Catalog,
    model.REVIEWS: Annotated[Mapping[str, model.Review], "list"],
    model.INTENTS: IntentsFile,
    model.PROCEDURES: model.Procedures,
    model.POLICIES: model.Policies,
    model.ROUTING: model.RoutingSpec,
    model.TEXTS: TextsFile,
    model.TOOLS: model.ToolsFile,
    model.LEXICON: LexiconFile,
    model.REGIONS: Mapping[str, tuple[str, ...]],
    model.COMPANIES: Annotated[Mapping[str, model.FixtureCompany], "list"],
    model.ORDERS: Annotated[Mapping[str, model.FixtureOrder], "list"],
    model.STOCK: Mapping[str, int | None],
    model.AGENTS: Annotated[Mapping[str, model.FixtureAgent], "list"],
    "corpus/document front matter": FrontMatter,
    "prompts/front matter": PromptHead,
}


def schemas() -> dict[str, Schema]:
    """{file of the workspace: its schema}."""
    found: dict[str, Schema] = {}
    for file, hint in _FILES.items():
        definitions: dict[str, Schema] = {}
        body = _schema(hint, definitions)
        if "$ref" in body:
            body = definitions.pop(body["$ref"].rpartition("/")[2])
        found[file] = {"$schema": DIALECT, "title": file, **body, **({"$defs": definitions} if definitions else {})}
    return found


def _schema(hint: Any, definitions: dict[str, Schema]) -> Schema:
    annotation = mark(hint)
    if annotation:
        return _marked(annotation, hint.__origin__, definitions)
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(item, definitions) for item in get_args(hint)]}
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    if origin is tuple:
        return {"type": "array", "items": _schema(get_args(hint)[0], definitions)}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema(get_args(hint)[1], definitions)}
    if is_dataclass(hint):
        return _record(cast(type, hint), definitions)
    return dict(_SCALARS.get(hint, {}))


def _marked(annotation: str, hint: Any, definitions: dict[str, Schema]) -> Schema:
    kind, _, name = annotation.partition(":")
    match kind:
        case "localized" | "template":
            languages = {"type": "object", "properties": {language: {"type": "string"} for language in LANGUAGES}, "additionalProperties": False}
            return {"anyOf": [languages, {"type": "string"}], "description": "a text per language" + (" (Jinja2)" if kind == "template" else "")}
        case "words":
            listed = {"type": "array", "items": {"type": "string"}}
            return {"anyOf": [{"type": "object", "properties": dict.fromkeys(LANGUAGES, listed), "additionalProperties": False}, listed]}
        case "cel":
            return {"type": ["string", "boolean", "number"], "description": "a CEL expression"}
        case "ref":
            return {**_schema(hint, definitions), "description": f"the name of a declared {name}"}
        case "oneof":
            return {"enum": name.split("|")}
        case "many":
            return {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
        case "list":
            return {"type": "array", "items": _record(get_args(hint)[1], definitions, keyed=True)}
        case _:
            return {}


def _record(cls: type, definitions: dict[str, Schema], *, keyed: bool = False) -> Schema:
    """A reference to the schema of a dataclass; in a list its items name themselves (`keyed`)."""
    name = cls.__name__
    if name not in definitions:
        definitions[name] = {}
        properties = {key: _schema(hint, definitions) if needed else _or_null(_schema(hint, definitions)) for key, (_, hint, needed) in shape(cls).items()}
        required = [key for key, (_, _, needed) in shape(cls).items() if needed]
        if keyed and key_field(cls)[0]:
            properties = {key_field(cls)[0]: {"type": "string"}, **properties}
            required = [key_field(cls)[0], *required]
        definitions[name] = {
            "type": "object",
            "description": (cls.__doc__ or "").strip() if not (cls.__doc__ or "").startswith(f"{name}(") else "",
            "properties": {**properties, **_defaults(cls, properties)},
            "required": required,
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}


def _or_null(found: Schema) -> Schema:
    """A key that may be left out may also be null."""
    return {"anyOf": [found, {"type": "null"}]} if found else {}


def _defaults(cls: type, properties: Mapping[str, Schema]) -> dict[str, Schema]:
    """The properties whose default is a plain value, with it."""
    plain = {item.name.rstrip("_"): item.default for item in fields(cls) if item.default is not MISSING}
    return {
        key: {**properties[key], "default": value} for key, value in plain.items() if key in properties and isinstance(value, str | int | bool) and value != ""
    }


_SCALARS: Mapping[Any, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string"},
    type(None): {"type": "null"},
}
