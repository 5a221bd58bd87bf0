"""A page opened in a browser, and what can be asked of any page whatever it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import axe_playwright_python
from playwright.sync_api import Page, expect

from tools.shots import Shot, wait_until_drawn

AXE: Final = (Path(axe_playwright_python.__path__[0]) / "axe.min.js").read_text(encoding="utf-8")
PATIENCE: Final = 60_000
"""Milliseconds a page may take on a busy machine."""
expect.set_options(timeout=PATIENCE)
DESK: Final = {"width": 1440, "height": 900}
MAGNIFIED: Final = {"width": 720, "height": 450}
"""What is left of the desk's window at 200 %."""
PHONE: Final = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Opened:
    """One page, drawn, that nothing was pressed on.

    Attributes:
        shot: which page.
        page: in the browser.
    """

    shot: Shot
    page: Page


def grave_faults(page: Page, *rules: str) -> list[str]:
    """What axe-core calls serious or critical on a page: rule, element and why.

    Args:
        page: in the browser.
        rules: only these, where any are named.
    """
    page.evaluate(AXE)
    asked = {"runOnly": list(rules)} if rules else {}
    still(page)
    found = page.evaluate(_GRAVE, asked)
    if found:  # the page may have begun to draw itself again while it was looked at
        still(page)
        found = page.evaluate(_GRAVE, asked)
    return list(found)


_GRAVE: Final = """async asked => {
  const told = await axe.run(document, {...asked, resultTypes: ['violations']})
  if (told.violations.length + told.passes.length === 0) return ['nothing was looked at']
  return told.violations.filter(fault => ['serious', 'critical'].includes(fault.impact))
    .flatMap(fault => fault.nodes.map(at => `${fault.id}: ${at.html.slice(0, 160)} ${at.failureSummary}`))
}"""


def still(page: Page) -> None:
    """Wait until nothing is being drawn again or changes its colour: until then texts are fainter than they will be."""
    page.wait_for_function(
        "() => !document.querySelector('[data-stale=true]')"
        " && document.getAnimations().every(one => one.playState !== 'running' || one.timeline !== document.timeline"
        " || one.effect.getComputedTiming().endTime === Infinity)"
    )


def resized(page: Page, size: dict[str, int]) -> None:
    """Give a page's window another size, and wait until it is drawn so."""
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    wait_until_drawn(page)


def in_dark(page: Page) -> None:
    """Turn a page dark as the reader's system would, and wait until its ground is."""
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        "() => getComputedStyle(document.querySelector('[data-testid=stApp]') || document.body)"
        ".backgroundColor === 'rgb(19, 20, 22)'"
    )


def texts(page: Page) -> Sequence[str]:
    """Every text a page shows or has read out, each once."""
    return list(page.evaluate(_TEXTS))


_TEXTS: Final = """() => {
  const said = new Set()
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const text = walk.currentNode.nodeValue.trim(), at = walk.currentNode.parentElement
    if (text && !at.closest('script, style, noscript, [lang]:not(html)')) said.add(text)
  }
  for (const at of document.querySelectorAll('body *'))
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      if (at.getAttribute(name)) said.add(at.getAttribute(name).trim())
  return [...said]
}"""

# By keyboard -------------------------------------------------------------------------------------------------------

MOST_STEPS: Final = 250
_WHERE: Final = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect()
  return {
    tag: at.tagName,
    name: (at.getAttribute('aria-label') || at.innerText || '').trim(),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    below: Math.round(box.y + window.scrollY), inside: at !== document.body,
  }
}"""


def step_to(page: Page, name: str) -> None:
    """Press Tab until something of a name has the focus, which must be seen there."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        where = page.evaluate(_WHERE)
        if where["inside"] and where["name"] == name:
            assert where["outlined"], name
            return
    raise AssertionError(f"{name} is not reached by {MOST_STEPS} steps of the keyboard")


def title(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1, name=text, exact=True)).to_be_visible()
    wait_until_drawn(page)


def to_the_content(page: Page) -> None:
    """Over the navigation, with the first link of every page."""
    page.evaluate("() => document.activeElement.blur()")
    step_to(page, "본문으로 건너뛰기")
    page.keyboard.press("Enter")
