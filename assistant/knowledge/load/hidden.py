"""Whether an HTML element is hidden from a reader, by its attributes and the page's own simple style rules; no browser, no outside sheets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,400})\{([^{}]{0,2000})\}")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?|\[hidden\]", re.IGNORECASE)
_OFF = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|rem|%|vw|pt)?$")
_ZERO = re.compile(r"0*(?:\.0+)?(?:px|pt|em|rem|%)?$")
_COLORS = {"white": "ffffff", "black": "000000", "red": "ff0000", "transparent": "transparent"}


def declarations(style: str) -> dict[str, str]:
    """`color: #fff; display:none` as a mapping, names and values in lower case."""
    found = {}
    for part in style.split(";"):
        name, _, value = part.partition(":")
        if value:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


@lru_cache(maxsize=4096)
def _inline(style: str) -> dict[str, str]:
    return declarations(style)


def style_rules(sheet: str) -> Mapping[str, dict[str, str]]:
    """Declarations by simple selector (tag, .class, #id, tag.class) that can hide something; everything else is left out."""
    found: dict[str, dict[str, str]] = {}
    if not sheet.strip():
        return found
    for selectors, body in _RULE.findall(_COMMENT.sub("", sheet)[:500_000]):
        said = declarations(body)
        if not (_gone(said) or "color" in said or "background" in said or "background-color" in said):
            continue
        for selector in selectors.split(","):
            name = selector.strip()
            if name and _SIMPLE.fullmatch(name):
                found.setdefault(name, {}).update(said)
    return found


def _style(element: Any, rules: Mapping[str, dict[str, str]]) -> dict[str, str]:
    style = element.get("style")
    if not rules:
        return _inline(style) if style else {}
    merged: dict[str, str] = {}
    tag = element.tag
    names = [tag, *(name for each in (element.get("class") or "").split() for name in (f".{each}", f"{tag}.{each}"))]
    if element.get("id"):
        names += [f"#{element.get('id')}", f"{tag}#{element.get('id')}"]
    for name in names:
        if name in rules:
            merged.update(rules[name])
    if style:
        merged.update(_inline(style))
    return merged


def hides(element: Any, rules: Mapping[str, dict[str, str]]) -> bool:
    """display:none, visibility, opacity 0, `hidden`, aria-hidden, font size 0, out of the window, clipped away, or in the colour of its background."""
    if element.get("hidden") is not None or (element.get("aria-hidden") or "").lower() == "true":
        return True
    style = _style(element, rules)
    return bool(style) and (_gone(style) or _same_colour(element, style, rules))


def _gone(style: Mapping[str, str]) -> bool:
    get = style.get
    if get("display") == "none" or get("visibility") in ("hidden", "collapse") or get("content-visibility") == "hidden":
        return True
    if any(_ZERO.match(get(name, "1")) for name in ("opacity", "font-size")) or "scale(0" in get("transform", ""):
        return True
    if get("position") in ("absolute", "fixed") and any(_OFF.match(get(name, "")) for name in ("left", "top", "right", "bottom")):
        return True
    if _OFF.match(get("text-indent", "")) or "rect(0" in get("clip", "") or get("clip-path", "").startswith(("inset(50%", "inset(100%", "circle(0")):
        return True
    small = any(_ZERO.match(get(name, "1px")) or get(name) == "1px" for name in ("width", "height", "max-height", "max-width"))
    return small and get("overflow", "").startswith("hidden")


def _colour(value: str) -> str:
    """A colour as six hexadecimal digits, `transparent`, or as it is written."""
    value = value.strip().split(" ")[0] if not value.startswith("rgb") else value.replace(" ", "")
    if value in _COLORS:
        return _COLORS[value]
    if match := re.fullmatch(r"#([0-9a-f]{3})", value):
        return "".join(char * 2 for char in match.group(1))
    if match := re.fullmatch(r"#([0-9a-f]{6})(?:[0-9a-f]{2})?", value):
        return match.group(1)
    if match := re.fullmatch(r"rgba?\((\d+),(\d+),(\d+)(?:,([\d.]+))?\)", value):
        if match.group(4) and float(match.group(4)) == 0:
            return "transparent"
        return "".join(f"{min(255, int(part)):02x}" for part in match.groups()[:3])
    return value


def _same_colour(element: Any, style: Mapping[str, str], rules: Mapping[str, dict[str, str]]) -> bool:
    """Text in its background's colour; the background of a page is white unless something around the text says otherwise."""
    if "color" not in style:
        return False
    ink = _colour(style["color"])
    if ink == "transparent":
        return True
    for each in (element, *element.iterancestors()):
        around = _style(each, rules)
        paper = around.get("background-color") or around.get("background") or each.get("bgcolor") or ""
        if paper and _colour(paper.lower()) != "transparent":
            return _near(_colour(paper.lower()), ink)
        if each is not element and each.tag not in ("body", "html") and each.get("class") and not rules:
            return False  # an outside sheet may colour it
    return _near("ffffff", ink)


def _near(one: str, other: str) -> bool:
    if not (re.fullmatch("[0-9a-f]{6}", one) and re.fullmatch("[0-9a-f]{6}", other)):
        return one == other
    return all(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) <= 4 for at in (0, 2, 4))
