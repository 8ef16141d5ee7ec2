"""Public formats as they come: BEIR folders with and without titles, headers and compression, SQuAD files in their flavours."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import InvalidInput
from assistant.evaluation.retrieval_sets import RetrievalSet, SetDocument, SetQuestion, read_beir, read_squad, write_beir

CORPUS = [
    {"_id": "d1", "title": "Pumps", "text": "A pump lifts water."},
    {"_id": 2, "text": "密封圈每年更换一次。", "metadata": {}},
    {"_id": "d3", "title": None, "text": ""},
]
QUERIES = [{"_id": "q1", "text": "what lifts water"}, {"_id": "q2", "text": "密封多久换"}, {"_id": "q9", "text": "nobody judged this"}]


def beir(folder: Path, qrels: str, corpus: Sequence[Mapping[str, Any]] = CORPUS) -> Path:
    (folder / "qrels").mkdir(parents=True)
    for name, rows in (("corpus", corpus), ("queries", QUERIES)):
        (folder / f"{name}.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_a_beir_folder_is_read(tmp_path: Path) -> None:
    found = read_beir(beir(tmp_path / "demo", "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\t2\t0\nq2\t2\t1\nq9\td1\t0\n"))
    assert (found.name, [each.id for each in found.documents], [each.title for each in found.documents]) == ("demo", ["d1", "2", "d3"], ["Pumps", "", ""])
    assert {each.id: dict(each.relevant) for each in found.questions} == {"q1": {"d1": 2}, "q2": {"2": 1}}
    assert [each.language for each in found.documents[:2]] == ["en", "zh"]
    assert [each.language for each in found.questions] == ["en", "zh-Hans"]


@pytest.mark.parametrize(
    "qrels", ["q1\td1\t1\nq2\t2\t1\n", "q1 0 d1 1\r\nq2 0 2 1\r\n", "\n".join(["query-id\tcorpus-id\tscore", "q1\td1\t1.0", "", "q2\t2\t1"])]
)
def test_headers_trec_columns_and_blank_lines_are_no_trouble(tmp_path: Path, qrels: str) -> None:
    found = read_beir(beir(tmp_path / "demo", qrels))
    assert {each.id: dict(each.relevant) for each in found.questions} == {"q1": {"d1": 1}, "q2": {"2": 1}}


def test_packed_files_are_read(tmp_path: Path) -> None:
    folder = beir(tmp_path / "demo", "q1\td1\t1\n")
    plain = folder / "corpus.jsonl"
    with gzip.open(folder / "corpus.jsonl.gz", "wb") as out:
        out.write(plain.read_bytes())
    plain.unlink()
    assert len(read_beir(folder).documents) == 3


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    made = RetrievalSet("s", (SetDocument("a", "T", "文 text"), SetDocument("b", "", "b")), (SetQuestion("q", "问?", {"a": 1, "b": 3}),))
    write_beir(made, tmp_path / "s")
    assert read_beir(tmp_path / "s") == made


def test_mistakes_are_told_with_their_place(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_beir(tmp_path)
    with pytest.raises(InvalidInput, match=r"test\.tsv:2.*grade"):
        read_beir(beir(tmp_path / "a", "q1\td1\t1\nq2\td1\tgood\n"))
    with pytest.raises(InvalidInput, match=r"test\.tsv:1.*2 cells"):
        read_beir(beir(tmp_path / "b", "q1\td1\n"))
    with pytest.raises(InvalidInput, match="no question"):
        read_beir(beir(tmp_path / "c", "q1\td1\t0\n"))
    with pytest.raises(InvalidInput, match=r"corpus\.jsonl:2.*twice"):
        read_beir(beir(tmp_path / "d", "q1\td1\t1\n", [{"_id": "d1", "text": "x"}, {"_id": "d1", "text": "y"}]))
    with pytest.raises(InvalidInput, match=r"corpus\.jsonl:1.*_id"):
        read_beir(beir(tmp_path / "e", "q1\td1\t1\n", [{"text": "x"}]))
    broken = beir(tmp_path / "f", "q1\td1\t1\n")
    (broken / "queries.jsonl").write_text('{"_id": "q1"\n')
    with pytest.raises(InvalidInput, match=r"queries\.jsonl:1"):
        read_beir(broken)


def squad(path: Path, held: Any) -> Path:
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_squad_file_is_read(tmp_path: Path) -> None:
    paragraphs = [
        {"context": "Oil it yearly.", "qas": [{"id": "1", "question": "how often?", "answers": [{"text": "yearly"}]}]},
        {
            "context": "另一段。",
            "qas": [{"id": "2", "question": "没有答案", "is_impossible": True, "answers": []}, {"id": "3", "question": "无", "answers": []}],
        },
    ]
    found = read_squad(squad(tmp_path / "dev.json", {"version": "2", "data": [{"title": "Some_Pump", "paragraphs": paragraphs}]}))
    assert [(each.id, each.title) for each in found.documents] == [("Some_Pump#1", "Some Pump"), ("Some_Pump#2", "Some Pump")]
    assert [(each.id, dict(each.relevant)) for each in found.questions] == [("1", {"Some_Pump#1": 1})]


def test_flat_rows_share_their_contexts(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "title": "T", "context": "Same.", "question": "one?", "answers": {"text": ["x"], "answer_start": [0]}},
        {"id": "b", "title": "T", "context": "Same.", "question": "two?", "answers": {"text": ["y"], "answer_start": [0]}},
        {"id": "c", "title": "T", "context": "Other.", "question": "three?", "answers": {"text": [], "answer_start": []}},
    ]
    found = read_squad(squad(tmp_path / "flat.json", rows))
    assert len(found.documents) == 2
    assert [dict(each.relevant) for each in found.questions] == [{"T#1": 1}, {"T#1": 1}]


def test_what_is_no_squad_file_is_refused(tmp_path: Path) -> None:
    for held in ({"data": {}}, {"data": []}, {"rows": []}):
        with pytest.raises(InvalidInput):
            read_squad(squad(tmp_path / "x.json", held))
    (tmp_path / "y.json").write_text("{")
    with pytest.raises(InvalidInput, match="no JSON"):
        read_squad(tmp_path / "y.json")
