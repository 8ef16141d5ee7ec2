"""Procedures that do not fit the tools there are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.tools.orders import ORDER_TOOLS
from assistant.tools.products import PRODUCT_TOOLS
from assistant.tools.registry import table
from assistant.tools.toolcheck import problems
from assistant.workspace.load import load_workspace
from assistant.workspace.model import ProcedureSpec, Workspace
from assistant.workspace.scaffold import init_workspace

TOOLS = table(*ORDER_TOOLS, *PRODUCT_TOOLS)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("tools") / "company"
    init_workspace(folder)
    return load_workspace(folder)


def said(workspace: Workspace, spec: ProcedureSpec) -> list[str]:
    return [str(problem) for problem in problems(replace(workspace, procedures={spec.name: spec}), TOOLS)]


def test_what_does_not_fit_is_named(workspace: Workspace) -> None:
    cancel, back = workspace.procedures["cancel_order"], workspace.procedures["return_goods"]
    cases = {
        "did you mean 'cancel_order'?": replace(cancel, tool="cancel_ordr"),
        "needs the permission 'orders.write', not 'orders.read'": replace(cancel, permission="orders.read"),
        "has no argument 'fees'": replace(cancel, arguments={"order": "order.number", "fees": "0"}),
        "needs the argument 'order'": replace(cancel, arguments={"fee": "0"}),
        "names its kind in `ticket`": replace(back, ticket=""),
        "only the tool 'open_ticket' has a ticket kind": replace(cancel, ticket="return"),
        "needs a receipt text": replace(cancel, receipt={}),
    }
    for expected, spec in cases.items():
        assert any(expected in line for line in said(workspace, spec)), (expected, said(workspace, spec))
