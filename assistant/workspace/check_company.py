"""Mistakes in what a company is and has: settings, catalogue, documents, regions, fixture, routing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from assistant.errors import InvalidInput
from assistant.workspace.calendar import company_calendar
from assistant.workspace.model import (
    AGENTS,
    CATALOG,
    COMPANIES,
    ORDERS,
    REGIONS,
    REVIEWS,
    ROUTING,
    SETTINGS,
    STOCK,
    Document,
    FixtureOrder,
    Problem,
    Settings,
    Workspace,
    line_of,
    nearest,
)  # fmt: skip

RESERVED = ("catalog", "reviews")


def settings(found: Settings, positions: Mapping[tuple[str, str], int]) -> Iterator[Problem]:
    """Mistakes in assistant.toml beyond its types; they are reported even when nothing else can be read."""

    def problem(key: str, message: str, hint: str = "") -> Problem:
        return Problem(SETTINGS, line_of(positions, SETTINGS, key), key, message, hint)

    identity = found.workspace
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", identity.id):
        yield problem("workspace.id", f"{identity.id!r} is not a short name", "lower-case letters, digits, - and _")
    if not identity.languages:
        yield problem("workspace.languages", "at least one language is needed", 'languages = ["zh", "en"]')
    if len(set(identity.languages)) < len(identity.languages):
        yield problem("workspace.languages", "a language is given twice")
    try:
        ZoneInfo(identity.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield problem("workspace.timezone", f"unknown time zone {identity.timezone!r}", nearest(identity.timezone, available_timezones()))
    if not re.fullmatch(r"[A-Z]{3}", identity.currency):
        yield problem("workspace.currency", f"{identity.currency!r} is no ISO 4217 code", "three capitals such as USD, EUR, CNY")
    if any(not 1 <= day <= 7 for day in found.calendar.weekend):
        yield problem("calendar.weekend", "weekend days are numbers from 1 (Monday) to 7")
    elif len(set(found.calendar.weekend)) == 7:
        yield problem("calendar.weekend", "a week needs a working day")
    if found.orders.system == "rest" and not found.orders.url:
        yield problem("orders", "a REST order system needs its url")
    for name in ("message_characters", "confirmation_minutes", "max_asks"):
        if getattr(found.limits, name) < 1:
            yield problem(f"limits.{name}", "must be at least 1")
    for table, spec in (("limits", found.knowledge.limits), ("fetch_limits", found.knowledge.fetch_limits)):
        for each in fields(spec):
            least = 0 if each.name == "redirects" else 1
            if getattr(spec, each.name) < least:
                yield problem(f"knowledge.{table}.{each.name}", f"must be at least {least}")
    wrong = _pattern(found.orders.number_pattern)
    if wrong:
        yield problem("orders.number_pattern", f"{found.orders.number_pattern!r} is no regular expression: {wrong}")
    for key, message in _model(found):
        yield problem(key, message)
    if found.limits.key_per_minute < 0:
        yield problem("limits.key_per_minute", "must be at least 0 (no bound)")
    if found.model.retry_after_seconds < 0:
        yield problem("model.retry_after_seconds", "must be at least 0 (never left alone)")
    for key, message in _keys(found):
        yield problem(key, message)


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        return str(error)
    return ""


def _model(found: Settings) -> Iterator[tuple[str, str]]:
    """(key, what is wrong) of times and bounds of language models."""
    spec = found.model
    for name in ("turn_seconds", "first_token_seconds", "idle_seconds"):
        if not getattr(spec, name) > 0:
            yield f"model.{name}", "must be above 0"
    for name in ("parallel", "context_tokens"):
        if getattr(spec, name) < 1:
            yield f"model.{name}", "must be at least 1"
    for table, part in (("price", spec.price), ("budget", spec.budget)):
        for each in fields(part):
            if getattr(part, each.name) < 0:
                yield f"model.{table}.{each.name}", "must be at least 0"


def _keys(found: Settings) -> Iterator[tuple[str, str]]:
    """(key of the file, what is wrong) of the keys for programs."""
    names = [key.name for key in found.keys]
    hashes = [key.hash.lower() for key in found.keys]
    for number, key in enumerate(found.keys):
        where = f"keys.{number}"
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,23}", key.name):
            yield f"{where}.name", f"{key.name!r} is not a short name: up to 24 letters, digits, - _ ."
        if not re.fullmatch(r"[0-9a-fA-F]{64}", key.hash):
            yield f"{where}.hash", "a SHA-256 has 64 hexadecimal digits; `assistant key make` prints the lines to put here"
        if bool(key.as_) == bool(key.role):
            yield where, "a key stands for a contact (as) or has a role: exactly one of the two"
        if key.per_minute < 0:
            yield f"{where}.per_minute", "must be at least 0 (as [limits] key_per_minute says)"
        if key.permissions and not key.as_:
            yield f"{where}.permissions", "only a contact's permissions can be narrowed"
        if names.count(key.name) > 1:
            yield f"{where}.name", f"the name {key.name!r} is given twice"
        if hashes.count(key.hash.lower()) > 1:
            yield f"{where}.hash", "the same key is given twice"


def problems(workspace: Workspace) -> Iterator[Problem]:
    yield from _calendar(workspace)
    yield from _catalog(workspace)
    yield from _circles(workspace)
    yield from _reviews(workspace)
    yield from _documents(workspace)
    yield from _regions(workspace)
    yield from _routing(workspace)
    yield from _fixture(workspace)
    yield from _demo(workspace)


def _calendar(workspace: Workspace) -> Iterator[Problem]:
    spec = workspace.settings.calendar
    try:
        company_calendar(workspace).is_workday(date(2026, 6, 1))
    except InvalidInput as error:
        yield workspace.problem(SETTINGS, "calendar", error.message)
    for day in sorted(set(spec.days_off) & set(spec.working_days)):
        yield workspace.problem(SETTINGS, "calendar.days_off", f"{day} is a day off and a working day")


def _catalog(workspace: Workspace) -> Iterator[Problem]:
    for sku, product in workspace.products.items():
        if product.price < 0:
            yield workspace.problem(CATALOG, f"products.{sku}.price", "a price is a whole number of minor units from 0 up")
        if product.warranty_months < 0:
            yield workspace.problem(CATALOG, f"products.{sku}.warranty_months", "a warranty is a number of months from 0 up")


def _reviews(workspace: Workspace) -> Iterator[Problem]:
    for name, review in workspace.reviews.items():
        if not 1 <= review.stars <= 5:
            yield workspace.problem(REVIEWS, f"{name}.stars", f"{review.stars} stars: a review has 1 to 5")
        if not review.text.strip():
            yield workspace.problem(REVIEWS, f"{name}.text", "a review without words")
        if review.language not in workspace.languages:
            yield workspace.problem(REVIEWS, f"{name}.language", f"{review.language!r} is no language of this workspace", hint=", ".join(workspace.languages))


def _circles(workspace: Workspace) -> Iterator[Problem]:
    """Accessory edges lead from a product to what belongs to it; a way back to the start is a mistake."""
    edges = {sku: [(name, end) for name, ends in product.relations.items() for end in ends] for sku, product in workspace.products.items()}
    done: set[str] = set()
    for start in edges:
        yield from _follow(workspace, start, (), edges=edges, done=done)


def _follow(workspace: Workspace, sku: str, path: tuple[str, ...], *, edges: Mapping[str, list[tuple[str, str]]], done: set[str]) -> Iterator[Problem]:
    if sku in done:
        return
    for name, end in edges.get(sku, []):
        if end in (*path, sku):
            circle = [*path, sku]
            shown = " → ".join([*circle[circle.index(end) :], end])
            yield workspace.problem(CATALOG, f"products.{sku}.relations.{name}", f"accessories go in a circle: {shown}")
        else:
            yield from _follow(workspace, end, (*path, sku), edges=edges, done=done)
    done.add(sku)


def _documents(workspace: Workspace) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Document] = {}
    first: dict[str, Document] = {}
    for document in workspace.documents:
        path = document.path
        other = seen.setdefault((document.id, document.language), document)
        if other is not document:
            yield workspace.problem(path, "id", f"the document {document.id!r} is there twice in {document.language!r}, also in {other.path}")
        if document.id in RESERVED:
            yield workspace.problem(path, "id", f"the id {document.id!r} is taken: the catalogue and the reviews are cited by theirs")
        if document.valid_from and document.valid_until and document.valid_until < document.valid_from:
            yield workspace.problem(path, "valid_until", f"{document.valid_until} is before valid_from {document.valid_from}")
        if not document.body.strip():
            yield workspace.problem(path, "", "the document has no text")
        twin = first.setdefault(document.id, document)
        for name in ("level", "audience", "products", "valid_from", "valid_until"):
            if getattr(document, name) != getattr(twin, name):
                key = "product" if name == "products" else name
                yield workspace.problem(path, key, f"{key} differs from the other language variant, {twin.path}")


def _regions(workspace: Workspace) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for region, found in workspace.regions.items():
        for number, name in enumerate(found):
            other = owners.setdefault(name.casefold(), region)
            if other != region:
                yield workspace.problem(REGIONS, f"{region}.{number}", f"{name!r} is also a name of region {other!r}")


def _routing(workspace: Workspace) -> Iterator[Problem]:
    routing = workspace.routing
    for pattern in routing.intents:
        prefix = pattern.removesuffix("*")
        if pattern not in workspace.intents and not (pattern.endswith(".*") and any(name.startswith(prefix) for name in workspace.intents)):
            yield workspace.problem(ROUTING, f"intents.{pattern}", f"no intent is called {pattern!r}", hint=nearest(pattern, workspace.intents))
    hours = routing.hours
    if any(not 1 <= day <= 7 for day in hours.days):
        yield workspace.problem(ROUTING, "hours.days", "days are numbers from 1 (Monday) to 7")
    opening, closing = _time(hours.open), _time(hours.close)
    for key, found, text in (("open", opening, hours.open), ("close", closing, hours.close)):
        if found is None:
            yield workspace.problem(ROUTING, f"hours.{key}", f"{text!r} is no time such as 09:00")
    if opening and closing and opening >= closing:
        yield workspace.problem(ROUTING, "hours", f"closing {hours.close} is not after opening {hours.open}")
    for queue in routing.queues:
        if workspace.fixture.agents and not any(queue in agent.queues for agent in workspace.fixture.agents.values()):
            yield workspace.problem(AGENTS, "", f"nobody serves the queue {queue!r}")


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if re.fullmatch(r"\d\d:\d\d", text) else None
    except ValueError:
        return None


def _fixture(workspace: Workspace) -> Iterator[Problem]:
    fixture, routing = workspace.fixture, workspace.routing
    for company in fixture.companies.values():
        if company.tier and routing.tiers and company.tier not in routing.tiers:
            hint = nearest(company.tier, routing.tiers) or f"every tier stands under tiers: in {ROUTING}, be it as `{company.tier}: {{}}`"
            yield workspace.problem(COMPANIES, f"{company.id}.tier", f"unknown tier {company.tier!r}: {ROUTING} has none of that name", hint=hint)
        names = [contact.name for contact in company.contacts]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield workspace.problem(COMPANIES, f"{company.id}.contacts", f"the contact {name!r} is given twice")
    for order in fixture.orders.values():
        yield from _order(workspace, order)
    for sku, count in fixture.stock.items():
        if count is not None and count < 0:
            yield workspace.problem(STOCK, sku, "a stock is a number from 0 up, or null when it is not known")
    for agent in fixture.agents.values():
        if agent.capacity < 1:
            yield workspace.problem(AGENTS, f"{agent.id}.capacity", "must be at least 1")


def _order(workspace: Workspace, order: FixtureOrder) -> Iterator[Problem]:
    if not order.lines:
        yield workspace.problem(ORDERS, order.number, "an order needs at least one line")
    for number, line in enumerate(order.lines):
        if line.quantity < 1:
            yield workspace.problem(ORDERS, f"{order.number}.lines.{number}.quantity", "must be at least 1")
    if order.status == "delivered" and order.delivered is None:
        yield workspace.problem(ORDERS, order.number, "a delivered order needs the key 'delivered'")
    if order.due < order.placed:
        yield workspace.problem(ORDERS, f"{order.number}.due", f"{order.due} is before the order was placed, {order.placed}")


def _demo(workspace: Workspace) -> Iterator[Problem]:
    contacts = [f"{company.id}/{contact.name}" for company in workspace.fixture.companies.values() for contact in company.contacts]
    label = workspace.settings.demo.as_
    if label and label not in contacts:
        yield workspace.problem(SETTINGS, "demo.as", f"unknown contact {label!r}", hint=nearest(label, contacts))
    for number, example in enumerate(workspace.settings.demo.examples):
        if example.as_ not in contacts:
            yield workspace.problem(SETTINGS, f"demo.examples.{number}.as", f"unknown contact {example.as_!r}", hint=nearest(example.as_, contacts))
    for number, key in enumerate(workspace.settings.keys):
        if key.as_ and key.as_ not in contacts:
            yield workspace.problem(SETTINGS, f"keys.{number}.as", f"unknown contact {key.as_!r}", hint=nearest(key.as_, contacts))
