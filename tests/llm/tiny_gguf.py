"""Writes a GGUF of about 3 MB whose model says what it is told to say: a real engine runs real inference over it, in milliseconds and without a download.

How: every token has its own direction. The residual stream then holds the last token, and the output matrix is a table of which token follows which.
One layer of attention with zero queries averages over the whole prompt, which tells the table whether a keyword stands anywhere in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import gguf
import numpy as np
import numpy.typing as npt

CONTEXT, HEAD, PIECE = 4096, 64, 20
# ChatML; tools and their results are told the way Hermes models learnt it
TEMPLATE = """\
{%- if tools %}<|im_start|>system
Tools:{% for tool in tools %} {{ tool | tojson }}{% endfor %}
Call one with <tool_call>\n{"name": ..., "arguments": {...}}\n</tool_call><|im_end|>
{% endif %}
{%- for message in messages %}
{%- if message.role == 'tool' %}<|im_start|>user
<tool_response>
{{ message.content }}
</tool_response><|im_end|>
{% elif message.tool_calls %}<|im_start|>assistant
{% for call in message.tool_calls %}<tool_call>
{"name": "{{ call.function.name }}", "arguments": {{ call.function.arguments if call.function.arguments is string else call.function.arguments | tojson }}}
</tool_call>{% endfor %}<|im_end|>
{% else %}<|im_start|>{{ message.role }}
{{ message.content }}<|im_end|>
{% endif %}
{%- endfor %}
{%- if add_generation_prompt %}<|im_start|>assistant
{% endif %}"""


class Words:
    """The vocabulary: control tokens, all bytes, printable letters, and what replies and keywords are made of."""

    def __init__(self) -> None:
        self.texts: list[bytes] = []
        self.kinds: list[int] = []
        self.numbers: dict[bytes, int] = {}
        for text, kind in (("<unk>", gguf.TokenType.UNKNOWN), ("<s>", gguf.TokenType.CONTROL), ("</s>", gguf.TokenType.CONTROL)):
            self.add(text, kind)
        self.bytes_from = len(self.texts)
        for byte in range(256):
            self.add(f"<0x{byte:02X}>", gguf.TokenType.BYTE)
        for letter in ["\u2581", *map(chr, range(33, 127))]:
            self.add(letter, gguf.TokenType.NORMAL)
        self.add("<|im_start|>", gguf.TokenType.CONTROL)
        self.end = self.add("<|im_end|>", gguf.TokenType.CONTROL)

    def add(self, text: str, kind: int = gguf.TokenType.USER_DEFINED) -> int:
        """The token's number, new or old."""
        raw = text.encode()
        if raw not in self.numbers:
            self.numbers[raw] = len(self.texts)
            self.texts.append(raw)
            self.kinds.append(int(kind))
        return self.numbers[raw]

    def chain(self, reply: str) -> list[int]:
        """A reply as tokens of which none is used elsewhere: a table of followers cannot tell two places of one token apart."""
        return [self.add(piece) for piece in self._pieces(reply)]

    def _pieces(self, reply: str) -> Iterator[str]:
        piece = ""
        for letter in reply:
            piece += letter
            if len(piece) > 1 and piece.encode() not in self.numbers:
                yield piece
                piece = ""
            elif len(piece) > PIECE:
                raise ValueError(f"cannot tell {piece!r} apart: word the reply otherwise")
        if piece and piece.encode() in self.numbers and len(piece) > 1:
            raise ValueError(f"the end {piece!r} is used elsewhere: word the reply otherwise")
        if piece:
            yield piece


def write(path: Path, say: str, when: Mapping[str, str] | None = None, *, endless: str = "") -> Path:
    """A model that says `say`, or the reply of the last keyword of `when` that stands in the prompt; after the keyword `endless` it never stops by itself."""
    words = Words()
    keywords = [words.add(keyword) for keyword in when or {}]
    default, *others = [words.chain(reply) for reply in (say, *(when or {}).values())]
    count = len(words.texts)
    width = -(-(count + len(keywords)) // HEAD) * HEAD
    table = np.full((count, count), -4.0, np.float32)
    table[words.bytes_from : words.bytes_from + 256] = -8.0
    for letter, liking in {'"': 5.0, "]": 4.8, "}": 4.6, ",": 4.0, "0": 2.2, "1": 2.0}.items():
        # where a grammar rules: close what is open
        table[words.numbers[letter.encode()]] = liking
    table[words.end] = 3.0
    table[default[0]] = 8.0
    for keyword, chain in zip(("", *(when or {})), (default, *others), strict=True):
        last = chain[0] if endless and keyword == endless else words.end
        for one, following in zip(chain, [*chain[1:], last], strict=True):
            table[following, one] = 1e6
        table[words.numbers[b'"'], chain[-1]] = 5e5
    output = np.zeros((count, width), np.float32)
    output[:, :count] = table / np.sqrt(width)
    carry = np.zeros((width, width), np.float16)
    for place, (keyword, chain) in enumerate(zip(keywords, others, strict=True)):
        carry[count + place, keyword] = 0.1
        # one keyword among CONTEXT tokens is enough, and a later one is heard over an earlier one
        output[chain[0], count + place] = 100.0 * CONTEXT / width * 50.0**place
    _file(path, words, width, {"token_embd.weight": np.eye(count, width, dtype=np.float16), "output.weight": output, "blk.0.attn_output.weight": carry})
    return path


def _file(path: Path, words: Words, width: int, tensors: Mapping[str, npt.NDArray[np.generic]]) -> None:
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_name("tiny")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(width)
    writer.add_block_count(1)
    writer.add_feed_forward_length(HEAD)
    writer.add_head_count(width // HEAD)
    writer.add_head_count_kv(width // HEAD)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(HEAD)
    writer.add_vocab_size(len(words.texts))
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(words.texts)
    plain = (gguf.TokenType.BYTE, gguf.TokenType.CONTROL, gguf.TokenType.UNKNOWN)
    writer.add_token_scores([0.0 if kind in plain else -float(number) for number, kind in enumerate(words.kinds)])
    writer.add_token_types(words.kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(words.end)
    writer.add_eot_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(TEMPLATE)
    square = np.zeros((width, width), np.float16)
    shapes: dict[str, npt.NDArray[np.generic]] = {
        "output_norm.weight": np.ones(width, np.float32),
        "blk.0.attn_norm.weight": np.ones(width, np.float32),
        "blk.0.ffn_norm.weight": np.ones(width, np.float32),
        "blk.0.attn_q.weight": square,
        "blk.0.attn_k.weight": square,
        "blk.0.attn_v.weight": np.eye(width, dtype=np.float16),
        "blk.0.ffn_gate.weight": np.zeros((HEAD, width), np.float16),
        "blk.0.ffn_up.weight": np.zeros((HEAD, width), np.float16),
        "blk.0.ffn_down.weight": np.zeros((width, HEAD), np.float16),
    }
    for name, tensor in {**shapes, **tensors}.items():
        writer.add_tensor(name, tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
