"""What a model's server or library says went wrong, as ModelFailed with one of its codes; never with a key, a header or a customer's words in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from assistant.errors import ModelFailed

MOST_WAIT = 3600.0
_QUOTED = 160
_OVERFLOW = re.compile(
    r"context[_ ]?(length|size|window)|maximum (context|prompt|input)|(prompt|input|message)s? (is|are)? ?too (long|large)|too many (input )?tokens"
    r"|exceeds? .{0,40}(context|token)|n_ctx|上下文.{0,8}(长度|超)|(输入|提示).{0,6}过长|超(出|过).{0,8}(长度|上下文)",
    re.IGNORECASE,
)
# a library's exception says by its name what it has no other word for
_NAMES = (
    (re.compile(r"ratelimit|toomanyrequests|throttl|resourceexhausted", re.I), "rate_limited"),
    (re.compile(r"auth|permission|forbidden|credential|apikey", re.I), "unauthorized"),
    (re.compile(r"contextwindow|contextlength|contextoverflow", re.I), "overflow"),
    (re.compile(r"connect|unreachable|dns|refused|network", re.I), "unreachable"),
    (re.compile(r"timeout|deadline", re.I), "first_token"),
    (re.compile(r"badrequest|invalidrequest|unprocessable|invalidargument|notfound", re.I), "refused"),
    (re.compile(r"decode|jsondecode|parse", re.I), "garbled"),
)
_LONG_WORD = re.compile(r"[^\s\"'，。,;:()\[\]{}]{28,}|\bsk-[\w-]+|\S*\*{3,}\S*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\s]+")


def of_status(status: int, said: object = None, headers: Mapping[str, str] | None = None, *, secret: str = "", started: bool = False) -> ModelFailed:
    """The failure of an HTTP status with the server's words about it (JSON or text)."""
    words = told(said)
    code, wait = _code(status, words), retry_after(headers or {})
    what = f"the model's server answered {status}"
    # an authentication error often repeats the key or half of it
    if code in ("refused", "server", "overflow", "rate_limited") and words:
        what += f": {clean(words, secret)}"
    return ModelFailed(what, code=code, retry_after=wait, started=started)


def of_error(error: BaseException, *, secret: str = "", started: bool = False) -> ModelFailed:
    """The failure that some library's exception stands for: by its HTTP status where it carries one, else by the names of its classes, else `server`."""
    if isinstance(error, ModelFailed):
        return error
    response = getattr(error, "response", None)
    status = _number(getattr(error, "status_code", None), getattr(response, "status_code", None), getattr(error, "code", None))
    if status:
        headers = getattr(response, "headers", None)
        return of_status(status, getattr(error, "body", None) or str(error), headers if isinstance(headers, Mapping) else None, secret=secret, started=started)
    kinds = [kind.__name__ for kind in type(error).__mro__ if kind not in (object, BaseException, Exception)]
    if _OVERFLOW.search(str(error)):
        return ModelFailed("the prompt is longer than the model takes", code="overflow", started=started)
    for kind in kinds:
        for names, code in _NAMES:
            if names.search(kind):
                late = started and code in ("first_token", "unreachable")
                return ModelFailed(f"the model failed ({kinds[0]})", code="cut" if late else code, started=started)
    return ModelFailed(f"the model failed ({kinds[0] if kinds else type(error).__name__})", code="server", started=started)


def of_event(error: object, *, secret: str = "") -> ModelFailed:
    """The failure that a server reports inside a stream that began with status 200."""
    status = 0
    if isinstance(error, Mapping):
        status = _number(error.get("code"), error.get("status"))
    return of_status(status or 500, error, secret=secret, started=True)


def told(said: object) -> str:
    """The words of an error body: code, type and message, wherever its server puts them."""
    if isinstance(said, Mapping):
        inner = said.get("error", said)
        if isinstance(inner, Mapping):
            found = [str(inner[key]) for key in ("code", "type", "param", "message", "detail") if isinstance(inner.get(key), str | int)]
            if isinstance(inner.get("detail"), list):
                found.append(str(inner["detail"])[:1000])
            return " ".join(found)
        return str(inner)
    return said if isinstance(said, str) else ""


def clean(words: str, secret: str = "") -> str:
    """A server's words, fit for a log: short, one line, without the key and without anything that looks like one."""
    if secret:
        words = words.replace(secret, "…")
    return _LONG_WORD.sub("…", _CONTROL.sub(" ", words[:2000])).strip()[:_QUOTED]


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait: milliseconds, seconds, or a date read against the answer's own Date header."""
    held = {str(key).lower(): str(value) for key, value in headers.items()}
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return min(max(float(held[name]) * scale, 0.0), MOST_WAIT)
        except (KeyError, ValueError):
            continue
    try:
        wait = (parsedate_to_datetime(held["retry-after"]) - parsedate_to_datetime(held["date"])).total_seconds()
    except (KeyError, ValueError, TypeError):
        return None
    return min(max(wait, 0.0), MOST_WAIT)


def _code(status: int, words: str) -> str:
    if status in (400, 413, 422, 500) and _OVERFLOW.search(words):
        return "overflow"
    match status:
        case 401 | 403:
            return "unauthorized"
        case 429:
            return "rate_limited"
        case 408 | 409 | 425:
            return "server"
        case _ if 300 <= status < 500:
            return "refused"
        case _:
            return "server"


def _number(*values: object) -> int:
    for value in values:
        if isinstance(value, str) and value.isdigit():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and 300 <= value < 600:
            return value
    return 0
