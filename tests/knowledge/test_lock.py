"""One owner a state folder, for as long as it lives."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from assistant.knowledge.lock import NAME, acquire, owner

HOLD = """
import sys
from pathlib import Path
from assistant.knowledge.lock import acquire
held = acquire(Path(sys.argv[1]))
print(bool(held), flush=True)
sys.stdin.read()
"""


def test_the_second_taker_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    first = acquire(tmp_path)
    assert first is not None
    assert acquire(tmp_path) is None
    assert owner(tmp_path) == os.getpid()
    first.release()
    first.release()
    again = acquire(tmp_path)
    assert again is not None
    again.release()


def test_the_folder_of_a_dead_process_is_free(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "True"
    assert acquire(tmp_path) is None
    assert owner(tmp_path) == process.pid
    process.kill()
    process.communicate()
    assert owner(tmp_path) is None
    taken = acquire(tmp_path)
    assert taken is not None
    taken.release()


def test_a_file_left_behind_is_no_owner(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("12345")
    assert owner(tmp_path) is None
    assert owner(tmp_path / "nowhere") is None
