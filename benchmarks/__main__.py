"""Runs the benchmarks one after another and prints what they print: `python -m benchmarks`, or `python -m benchmarks NAME [its options]` for one."""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.ground import ROOT

ALL = ("suites", "turns", "start", "sockets")


def names() -> list[str]:
    """Every benchmark of the folder."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "benchmarks").glob("*.py"))}
    return [name for name, text in texts.items() if name != "__main__" and 'if __name__ == "__main__"' in text]


def run(name: str, *options: str) -> int:
    print(f"\n== {name} ==", flush=True)
    began = time.perf_counter()
    code = subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *options], cwd=ROOT).returncode
    print(f"-- {name}: {time.perf_counter() - began:.0f} s{'' if code == 0 else f', ended with {code}'}", flush=True)
    return code


def main() -> int:
    if len(sys.argv) < 2:
        return max(run(name) for name in ALL)
    if sys.argv[1] not in names():
        print(f"there is no benchmark {sys.argv[1]!r}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    return run(sys.argv[1], *sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
