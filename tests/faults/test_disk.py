"""A full disk, met by the real command on a real small file system: told with advice, nothing half-written, and all goes on when there is room again.

The file system is a tmpfs in a mount namespace of its own (`unshare --map-root-user --mount`), so no right of the machine's is needed. Where the kernel allows
no namespaces, the size of the database's files is limited instead (RLIMIT_FSIZE).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHAT = """
talk() {
  "$PYTHON" -c 'from assistant.cli import main; main()' chat --workspace "$ROOT" --as "C2/Dana Cole" --clock 2026-06-01T10:00:00+08:00 --state "$STATE/s" --json
}
"""
ON_A_SMALL_DISK = f"""
set -u
mount -t tmpfs -o size=24m none "$STATE" || exit 77
{CHAT}
echo '{{"text": "Cancel 12366", "id": "m1"}}' | talk; echo "ended $?"
dd if=/dev/zero of="$STATE/filler" bs=1k 2>/dev/null
printf '%s\\n' '{{"text": "yes", "id": "m2"}}' | talk; echo "ended $?"
rm "$STATE/filler"
printf '%s\\n' '{{"text": "Cancel 12366", "id": "m3"}}' '{{"text": "yes", "id": "m4"}}' | talk; echo "ended $?"
"""
ON_SMALL_FILES = f"""
set -u
{CHAT}
echo '{{"text": "Cancel 12366", "id": "m1"}}' | talk; echo "ended $?"
(trap '' XFSZ; ulimit -f 1; printf '%s\\n' '{{"text": "yes", "id": "m2"}}' | talk; echo "ended $?")
printf '%s\\n' '{{"text": "Cancel 12366", "id": "m3"}}' '{{"text": "yes", "id": "m4"}}' | talk; echo "ended $?"
"""


def play(script: str, state: Path, *namespace: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHON": sys.executable, "ROOT": str(ROOT), "STATE": str(state), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "PYTHONPATH": str(ROOT)}
    return subprocess.run([*namespace, "bash", "-c", script], capture_output=True, text=True, timeout=400, check=False, env=environment)


@pytest.mark.slow
@pytest.mark.timeout(500)
def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    try:
        done = play(ON_A_SMALL_DISK, tmp_path, "unshare", "--map-root-user", "--mount")
        namespaces = done.returncode != 77 and "ended" in done.stdout
    except FileNotFoundError:
        namespaces = False
    if not namespaces:
        done = play(ON_SMALL_FILES, tmp_path)
    print("tmpfs" if namespaces else "RLIMIT_FSIZE", done.stderr)
    before, full, after = done.stdout.split("ended ")[:3]
    assert json.loads(before)["action"] == "confirm"
    assert full.startswith("0\n"), "what fitted was kept"
    assert "disk" in done.stderr
    assert "try again" in done.stderr
    if namespaces:
        assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    preview, receipt = (json.loads(line) for line in after.splitlines()[1:])
    assert preview["action"] == "confirm", "the order is as it was"
    assert receipt["action"] == "execute"
    assert len(receipt["receipts"]) == 1
