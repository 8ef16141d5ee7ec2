"""The encoder's cache file: the same vectors from it, and no vector from a file that does not fit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from assistant.knowledge import unpacked
from assistant.knowledge.encode import PackagedEncoder, kinds

TEXTS = ["where is my order", "报价多少", "ﬁancé ①② naïve"]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, npt.NDArray[np.float32]]:
    """A cache folder that an encoder has filled, and the vectors of that encoder, which was unpacked without a file."""
    made = tmp_path_factory.mktemp("cache")
    vectors = PackagedEncoder(made).encode(TEXTS)
    return made, vectors


@pytest.fixture
def folder(filled: tuple[Path, npt.NDArray[np.float32]]) -> Path:
    return filled[0]


@pytest.fixture
def expected(filled: tuple[Path, npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    return filled[1]


def test_the_vectors_are_the_same_to_the_bit(folder: Path, expected: npt.NDArray[np.float32]) -> None:
    (file,) = folder.iterdir()
    model = unpacked.load(file, kinds)
    assert model is not None
    assert np.array_equal(model.encode(TEXTS), expected)


def test_a_damaged_file_counts_as_none_and_is_made_anew(folder: Path, tmp_path: Path, expected: npt.NDArray[np.float32]) -> None:
    (file,) = folder.iterdir()
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    copy = tmp_path / file.name
    copy.write_bytes(data)
    assert unpacked.load(copy, kinds) is None
    vectors = PackagedEncoder(tmp_path).encode(TEXTS)
    assert np.array_equal(vectors, expected)
    assert unpacked.load(copy, kinds) is not None


@pytest.mark.parametrize("data", [b"", b"unpacked1", b"something else entirely, and longer than a head"])
def test_another_file_counts_as_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "encoder-x.bin"
    path.write_bytes(data)
    assert unpacked.load(path, kinds) is None
    assert unpacked.load(tmp_path / "missing.bin", kinds) is None


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, not a folder", encoding="utf-8")
    assert PackagedEncoder(tmp_path / "cache").encode(TEXTS).shape == (3, 512)
