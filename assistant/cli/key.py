"""Makes keys for programs: prints a new one once, with the lines that let it in; nothing is written anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from assistant.errors import InvalidInput

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,23}")


def make(as_: str, role: str, *, name: str, permissions: Sequence[str]) -> None:
    """Raises InvalidInput when it is neither a contact's nor a role's, or the name is none."""
    from assistant.api.keys import OF_ROLE, make_key

    if bool(as_) == bool(role):
        raise InvalidInput('say whom the key is for: --as "COMPANY/CONTACT", or --role knowledge, or --role agent', code="bad_value")
    if role and role not in OF_ROLE:
        raise InvalidInput(f"no role {role!r}: one of {', '.join(OF_ROLE)}", code="bad_value")
    if not NAME.fullmatch(name):
        raise InvalidInput(f"{name!r} is not a short name: up to 24 letters, digits, - _ .", code="bad_value")
    key, digest = make_key()
    print(f"The key, shown this once:\n\n  {key}\n\nTo let it in, add to assistant.toml:\n")
    print("[[keys]]")
    print(f"name = {json.dumps(name)}\nhash = {json.dumps(digest)}")
    print(f"as = {json.dumps(as_, ensure_ascii=False)}" if as_ else f"role = {json.dumps(role)}")
    if permissions:
        print(f"permissions = {json.dumps(list(permissions))}")
