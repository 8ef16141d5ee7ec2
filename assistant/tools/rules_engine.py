"""The package that evaluates expressions, without its command line; it compiles and evaluates nothing itself.

`cel` imports the command line of its own, which draws in a toolkit for terminals: a sixth of all imports of a start. An empty module stands in for it
while the package is imported.
"""

from __future__ import annotations

import sys
from types import ModuleType

_LINE = "cel.cli"
_absent = _LINE not in sys.modules
if _absent:
    sys.modules[_LINE] = ModuleType(_LINE)
import cel  # noqa: E402

if _absent:
    del sys.modules[_LINE]

__all__ = ["cel"]
