"""Notes on intents of a company's own whose examples never name together what their procedure needs; it stops nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.workspace.model import INTENTS, Problem, ProcedureSpec, Workspace

_PLACE = re.compile(r"\{([a-z_]+)\}")
_NAMED = {"date": "date", "quantity": "quantity", "items": "quantity", "address": "address"}
_FEW = 60  # a packaged intent has more examples


def problems(workspace: Workspace) -> Iterator[Problem]:
    for spec in workspace.procedures.values():
        wanted = _wanted(spec)
        for name in spec.intents if wanted else ():
            intent = workspace.intents.get(name)
            examples = {example for found in intent.examples.values() for example in found} if intent else set()
            if not 0 < len(examples) < _FEW or any("order" in found and found & wanted for found in (set(_PLACE.findall(each)) for each in examples)):
                continue
            kinds = " or ".join(f"{{{kind}}}" for kind in sorted(wanted))
            said = f"no example names {{order}} together with {kinds}, which procedure {spec.name!r} asks for"
            yield workspace.problem(
                INTENTS, f"intents.{name}", said, hint="without such examples a message that names both may be taken for a change of the order"
            )


def _wanted(spec: ProcedureSpec) -> set[str]:
    """The kinds of values, besides its order, that a packaged change of an order takes as well."""
    if not spec.confirm or not any(slot.type == "order" for slot in spec.slots.values()):
        return set()
    return {_NAMED[slot.type] for slot in spec.slots.values() if slot.type in _NAMED and not slot.unit}
