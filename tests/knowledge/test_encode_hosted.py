"""A server's embeddings behind the Encoder seam, over a real socket: order, unit length, batches, and what is no table of vectors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import numpy as np
import pytest

from assistant.errors import BackendUnavailable, ConfigError
from assistant.knowledge.encode_hosted import BATCH, HostedEncoder
from assistant.knowledge.encoders import encoder_of

SEEN: list[dict[str, Any]] = []


class Answers(BaseHTTPRequestHandler):
    """Vectors made of a text's length, given in reverse order as the protocol allows; the model "wrong" gives one too few."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        SEEN.append({"path": self.path, "key": self.headers["Authorization"], **asked})
        rows = [{"object": "embedding", "index": n, "embedding": [float(len(text)), 1.0, 2.0]} for n, text in enumerate(asked["input"])]
        data = rows[:-1] if asked["model"] == "wrong" else rows[::-1]
        body = json.dumps({"object": "list", "model": asked["model"], "data": data, "usage": {"prompt_tokens": 1, "total_tokens": 1}}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        del format, args


@pytest.fixture
def url() -> Iterator[str]:
    SEEN.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


def test_vectors_come_back_in_order_and_of_unit_length(url: str) -> None:
    encoder = encoder_of("openai:bge/m3", url=url, key="k1")
    texts = ["a" * n for n in range(1, BATCH + 4)]
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), encoder.dimension) == (len(texts), 3)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.all(np.diff(vectors[:, 0]) > 0)
    assert "/" not in encoder.name
    assert {(each["path"], each["key"], each["model"]) for each in SEEN} == {("/v1/embeddings", "Bearer k1", "bge/m3")}


def test_a_question_asked_twice_is_sent_once(url: str) -> None:
    encoder = HostedEncoder("m", url=url)
    encoder.encode(["where is it"])
    before = len(SEEN)
    assert np.allclose(encoder.encode(["where is it"]), encoder.encode(["where is it"]))
    assert len(SEEN) == before


def test_broken_text_and_no_text(url: str) -> None:
    encoder = HostedEncoder("m", url=url)
    assert np.isfinite(encoder.encode(["\ud83d", ""])).all()
    assert encoder.encode([]).shape == (0, 3)


def test_too_few_vectors_are_an_error(url: str) -> None:
    with pytest.raises(BackendUnavailable):
        HostedEncoder("wrong", url=url)


def test_an_unknown_setting_is_named() -> None:
    with pytest.raises(ConfigError, match="usem4"):
        encoder_of("usem4")
