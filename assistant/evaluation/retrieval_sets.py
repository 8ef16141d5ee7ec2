"""Labelled retrieval sets in public formats, read into plain values: BEIR folders and SQuAD JSON; it indexes and searches nothing."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InvalidInput
from assistant.text.script import detect_language
from assistant.types import Language


@dataclass(frozen=True, slots=True)
class SetDocument:
    """A document of a set; `title` may be empty."""

    id: str
    title: str
    text: str

    @property
    def language(self) -> str:
        """zh or en, by its words."""
        return "en" if detect_language(f"{self.title}\n{self.text[:2000]}", sticky="en") == "en" else "zh"


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """A question with the documents that answer it and their grades."""

    id: str
    text: str
    relevant: Mapping[str, int]

    @property
    def language(self) -> Language:
        return detect_language(self.text, sticky="en")


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """A labelled set; only questions with a relevant document are in it."""

    name: str
    documents: tuple[SetDocument, ...]
    questions: tuple[SetQuestion, ...]


def read_beir(folder: Path, *, split: str = "test") -> RetrievalSet:
    """A folder with `corpus.jsonl`, `queries.jsonl` (either may be `.gz`) and `qrels/<split>.tsv`: query, document, grade, with or without header and
    TREC's second column. Titles may lack. Raises InvalidInput with file and line for what cannot be read, an id given twice, or no judged question.
    """
    texts: dict[str, SetDocument] = {}
    for where, row in _lines(folder / "corpus.jsonl"):
        document = SetDocument(_id(row, where), str(row.get("title") or "").strip(), str(row.get("text") or ""))
        if texts.setdefault(document.id, document) != document:
            raise InvalidInput(f"{where}: the document {document.id!r} is given twice with different texts")
    judged = _judgements(folder / "qrels" / f"{split}.tsv")
    questions = []
    for where, row in _lines(folder / "queries.jsonl"):
        name = _id(row, where)
        relevant = judged.pop(name, {})
        if relevant:
            questions.append(SetQuestion(name, str(row.get("text") or ""), relevant))
    return _checked(RetrievalSet(folder.name, tuple(texts.values()), tuple(questions)), folder)


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_open(path), 1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) == 1:
            cells = line.split()
        if not cells or not "".join(cells).strip():
            continue
        if len(cells) not in (3, 4):
            raise InvalidInput(f"{path}:{number}: expected query, document and grade, found {len(cells)} cells")
        try:
            grade = int(float(cells[-1]))
        except ValueError:
            if number == 1:
                continue  # the header
            raise InvalidInput(f"{path}:{number}: {cells[-1]!r} is no grade") from None
        if grade > 0:
            judged.setdefault(cells[0].strip(), {})[cells[-2].strip()] = grade
    return judged


def read_squad(path: Path) -> RetrievalSet:
    """A SQuAD, CMRC or DRCD file (`data` > `paragraphs` > `qas`), or its flat rows (`context`, `question`): every context is a document, answered questions
    find theirs. Raises InvalidInput."""
    try:
        held = json.loads(_read(path))
    except json.JSONDecodeError as error:
        raise InvalidInput(f"{path}:{error.lineno}: no JSON: {error.msg}") from error
    rows = held.get("data") if isinstance(held, dict) else held
    if not isinstance(rows, list):
        raise InvalidInput(f"{path}: there is no list under `data`")
    documents: dict[str, SetDocument] = {}
    asked: dict[str, SetQuestion] = {}
    for title, context, answered in _contexts(rows):
        document = documents.setdefault(context, SetDocument(f"{title or 'context'}#{len(documents) + 1}", title.replace("_", " "), context))
        for entry in answered:
            name = str(entry.get("id") or f"q{len(asked) + 1}")
            if entry.get("question") and _answered(entry):
                asked.setdefault(name, SetQuestion(name, str(entry["question"]), {document.id: 1}))
    return _checked(RetrievalSet(path.stem, tuple(documents.values()), tuple(asked.values())), path)


def _answered(entry: Mapping[str, Any]) -> bool:
    """Whether its context answers a question: one without `answers` is taken to be answered, one with an empty list is not."""
    answers = entry.get("answers")
    if isinstance(answers, dict):
        answers = answers.get("text")
    return not entry.get("is_impossible") and (answers is None or len(answers) > 0)


def _contexts(rows: list[Any]) -> Iterator[tuple[str, str, list[Mapping[str, Any]]]]:
    """Title, context and questions of every paragraph that has a text."""
    for row in rows:
        if not isinstance(row, dict):
            continue
        title = str(row.get("title") or "")
        if "context" in row:
            yield title, str(row["context"]), row.get("qas", [row])
        for paragraph in row.get("paragraphs") or []:
            if paragraph.get("context"):
                yield title, str(paragraph["context"]), paragraph.get("qas") or []


def write_beir(found: RetrievalSet, folder: Path, *, split: str = "test") -> None:
    """The set as a BEIR folder."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    corpus = ({"_id": each.id, "title": each.title, "text": each.text} for each in found.documents)
    queries = ({"_id": each.id, "text": each.text} for each in found.questions)
    for name, rows in (("corpus", corpus), ("queries", queries)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    lines = [f"{each.id}\t{document}\t{grade}\n" for each in found.questions for document, grade in each.relevant.items()]
    (folder / "qrels" / f"{split}.tsv").write_text("query-id\tcorpus-id\tscore\n" + "".join(lines), encoding="utf-8")


def _checked(found: RetrievalSet, where: Path) -> RetrievalSet:
    if not found.documents:
        raise InvalidInput(f"{where}: there is no document")
    if not found.questions:
        raise InvalidInput(f"{where}: no question has a relevant document")
    return found


def _id(row: Mapping[str, Any], where: str) -> str:
    name = row.get("_id", row.get("id"))
    if name is None or str(name).strip() == "":
        raise InvalidInput(f"{where}: there is no `_id`")
    return str(name).strip()


def _lines(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, line in enumerate(_open(path), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InvalidInput(f"{path}:{number}: no JSON: {error.msg}") from error
        if not isinstance(row, dict):
            raise InvalidInput(f"{path}:{number}: not a JSON object")
        yield f"{path}:{number}", row


def _open(path: Path) -> Iterator[str]:
    packed = path.with_name(f"{path.name}.gz")
    try:
        if not path.exists() and packed.exists():
            with gzip.open(packed, "rt", encoding="utf-8-sig", errors="replace") as file:
                yield from file
            return
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            yield from file
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror or error}") from error


def _read(path: Path) -> str:
    return "".join(_open(path))
