"""The ground the benchmarks stand on: a copy of the demo company grown to any number of sections, child processes, percentiles, and the machine in a line."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.synthetic import synthetic_documents

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "bench"
CLOCK = "2026-06-01T10:00:00+08:00"
SECTIONS = 10_000
ADDRESS = re.compile(r"served at (http://\S+?)/?\s")
TICK = os.sysconf("SC_CLK_TCK")


def machine() -> str:
    """Cores, memory, Python and the load that other work puts on them now."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}; load average {load}; {yardstick()}"


def yardstick() -> str:
    """Milliseconds of processor and clock for the same small loop every time: how fast a core is now, and how long one waits for it."""
    used, took = [], []
    for _ in range(9):
        clock, cpu = time.perf_counter(), time.thread_time()
        sum(number * number for number in range(100_000))
        used.append(1000 * (time.thread_time() - cpu))
        took.append(1000 * (time.perf_counter() - clock))
    return f"yardstick loop {median(used):.1f} ms of processor (min {min(used):.1f}), {median(took):.1f} ms of clock"


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not exceed; nan without values."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else float("nan")


def spread(values: Sequence[float], *, unit: str = "ms") -> str:
    """Median, 95th percentile and minimum."""
    if not values:
        return "no value"
    return f"p50 {median(values):7.2f}  p95 {percentile(values, 0.95):7.2f}  min {min(values):6.2f} {unit}"


@contextmanager
def company(sections: int = 0, *, cached: bool = True) -> Iterator[Path]:
    """A temporary copy of the demo company with `sections` invented sections more; `cached` lends it what earlier runs computed, and keeps what it computes."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = Path(folder) / "company"
        root.mkdir()
        for name in ("assistant.toml", "corpus", "prompts", "evals"):
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, root / name)
            elif source.exists():
                shutil.copy(source, root / name)
        for document in synthetic_documents(sections):
            head = f"---\nid: {document.id}\ntitle: {document.title}\nlevel: scene\naudience: public\nversion: 1\n---\n"
            (root / "corpus" / "scenes" / f"{document.id}.{document.language}.md").write_text(
                head + f"# {document.title}\n\n" + document.body, encoding="utf-8"
            )
        if cached:
            (KEPT / "cache").mkdir(parents=True, exist_ok=True)
            (root / "var").mkdir()
            (root / "var" / "cache").symlink_to(KEPT / "cache")
        yield root


def command(*words: str) -> list[str]:
    """The command line of this very environment."""
    return [str(Path(sys.executable).with_name("assistant")), *words]


class Child:
    """A server process that this benchmark started, and its address; it is stopped by its own id only."""

    def __init__(self, root: Path, state: Path, *options: str) -> None:
        words = command("serve", "--workspace", str(root), "--state", str(state), "--port", "0", *options)
        self.started = time.perf_counter()
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self._address()
        threading.Thread(target=self._drain, daemon=True).start()

    def _address(self) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if found := ADDRESS.search(f"{line.rstrip()} "):
                return found[1]
        raise RuntimeError(f"the server ended with {self.process.wait()} before it said its address")

    def _drain(self) -> None:
        assert self.process.stdout is not None
        for _ in self.process.stdout:
            pass

    def until_ready(self, seconds: float = 240.0) -> float:
        """Seconds from the start until /ready says so."""
        while time.perf_counter() - self.started < seconds:
            try:
                with urllib.request.urlopen(f"{self.address}/ready", timeout=5) as response:
                    if response.status == 200:
                        return time.perf_counter() - self.started
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("the server was not ready in time")

    def post(self, path: str, body: dict[str, object]) -> dict[str, object]:
        asked = urllib.request.Request(f"{self.address}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(asked, timeout=120) as response:
            answered: dict[str, object] = json.load(response)
            return answered

    def ask(self, text: str, *, who: str = "C1/李伟") -> str:
        """The reply to a first message of a new conversation."""
        opened = self.post("/v1/conversations", {"as": who})
        return str(self.post(f"/v1/conversations/{opened['conversation']}/messages", {"text": text})["text"])

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self) -> tuple[float, float]:
        """Resident memory now and at most, in MB (10^6 bytes)."""
        rows = dict(line.split(":", 1) for line in Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8").splitlines() if ":" in line)
        now, peak = (int(rows[name].split()[0]) * 1024 / 1e6 for name in ("VmRSS", "VmHWM"))
        return now, peak

    def kill(self) -> None:
        """As kill -9 does."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()
