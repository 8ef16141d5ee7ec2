"""Buying companies and the persons who write for them; signing in is not done here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from assistant.errors import NotFound
from assistant.store.quick import rows
from assistant.store.tables import companies, contacts


@dataclass(frozen=True, slots=True)
class Company:
    id: str
    name: str
    tier: str
    language: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A person of a company. `id` is "company/name", by which conversations know the contact."""

    id: str
    name: str
    email: str
    phone: str
    company: Company


_known = sa.select(
    contacts.c.name, contacts.c.email, contacts.c.phone, companies.c.id, companies.c.name.label("company"), companies.c.tier, companies.c.language
).select_from(contacts.join(companies, (contacts.c.tenant == companies.c.tenant) & (contacts.c.company == companies.c.id)))
_by_name = _known.where(contacts.c.tenant == sa.bindparam("tenant"), contacts.c.company == sa.bindparam("of"), contacts.c.name == sa.bindparam("name"))
_by_email = _known.where(contacts.c.tenant == sa.bindparam("tenant"), contacts.c.email == sa.bindparam("email"))
_all = _known.where(contacts.c.tenant == sa.bindparam("tenant")).order_by(companies.c.id, contacts.c.name)
_company = sa.select(companies).where(companies.c.tenant == sa.bindparam("tenant"), companies.c.id == sa.bindparam("id"))


def find_contact(conn: Connection, label: str, *, tenant: str) -> Contact:
    """The contact called "company/name". Raises NotFound."""
    company, _, name = label.partition("/")
    row = rows(conn, _by_name, {"tenant": tenant, "of": company, "name": name}).one_or_none()
    if row is None:
        raise NotFound(f"no contact is called {label}")
    return _contact(row)


def find_contact_by_email(conn: Connection, email: str, *, tenant: str) -> Contact:
    """Raises NotFound, also when several contacts share the address."""
    found = rows(conn, _by_email, {"tenant": tenant, "email": email.strip().lower()}).all()
    if len(found) != 1:
        raise NotFound("no contact has this address")
    return _contact(found[0])


def list_contacts(conn: Connection, *, tenant: str) -> tuple[Contact, ...]:
    """By company, then name."""
    return tuple(_contact(row) for row in rows(conn, _all, {"tenant": tenant}))


def get_company(conn: Connection, company_id: str, *, tenant: str) -> Company:
    """Raises NotFound."""
    row = rows(conn, _company, {"tenant": tenant, "id": company_id}).one_or_none()
    if row is None:
        raise NotFound("no such company")
    return Company(row.id, row.name, row.tier, row.language)


def _contact(row: Row[*tuple[Any, ...]]) -> Contact:
    return Contact(f"{row.id}/{row.name}", row.name, row.email, row.phone, Company(row.id, row.company, row.tier, row.language))
