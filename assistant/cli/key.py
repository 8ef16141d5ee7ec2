"""Makes keys for programs: prints a new one once, with the lines that let it in; nothing is written anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import InvalidInput, NotFound

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,23}")


def make(as_: str, role: str, *, name: str, permissions: Sequence[str], workspace: Path) -> None:
    """Raises InvalidInput when it is neither a contact's nor a role's, or the name is none; NotFound for a contact that `workspace` does not have."""
    from assistant.api.keys import OF_ROLE, make_key

    if bool(as_) == bool(role):
        raise InvalidInput('say whom the key is for: --as "COMPANY/CONTACT", or --role knowledge, or --role agent', code="bad_value")
    if role and role not in OF_ROLE:
        raise InvalidInput(f"no role {role!r}: one of {', '.join(OF_ROLE)}", code="bad_value")
    if not NAME.fullmatch(name):
        raise InvalidInput(f"{name!r} is not a short name: up to 24 letters, digits, - _ .", code="bad_value")
    if permissions:
        _narrowing(permissions, as_)
    if as_:
        _known(as_, workspace)
    key, digest = make_key()
    print(f"The key, shown this once:\n\n  {key}\n\nTo let it in, add to assistant.toml:\n")
    print("[[keys]]")
    print(f"name = {json.dumps(name)}\nhash = {json.dumps(digest)}")
    print(f"as = {json.dumps(as_, ensure_ascii=False)}" if as_ else f"role = {json.dumps(role)}")
    if permissions:
        print(f"permissions = {json.dumps(list(permissions))}")


def _narrowing(permissions: Sequence[str], as_: str) -> None:
    """Raises InvalidInput for what the settings would refuse."""
    from assistant.app import CUSTOMER_MAY

    if not as_:
        raise InvalidInput("a role has its own permissions: leave --permission out, or name a contact with --as", code="bad_value")
    unknown = [name for name in permissions if name not in CUSTOMER_MAY]
    if unknown:
        raise InvalidInput(f"a contact has no permission {', '.join(map(repr, unknown))}: one of {', '.join(CUSTOMER_MAY)}", code="bad_value")


def _known(label: str, workspace: Path) -> None:
    """A key for nobody would be refused only when it is used. Raises NotFound with the nearest names, ConfigError for a folder that is no workspace."""
    from assistant.cli.contacts import advice
    from assistant.workspace.load import load_workspace

    companies = load_workspace(workspace).fixture.companies.values()
    labels = [f"{company.id}/{contact.name}" for company in companies for contact in company.contacts]
    if label not in labels:
        raise NotFound(f"no contact is called {label!r} in {workspace}; {advice(label, labels)}")
