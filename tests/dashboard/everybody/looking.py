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
    return list(page.evaluate(_GRAVE, {"runOnly": list(rules)} if rules else {}))


_GRAVE: Final = """async asked => {
  const told = await axe.run(document, {...asked, resultTypes: ['violations']})
  if (told.violations.length + told.passes.length === 0) return ['nothing was looked at']
  return told.violations.filter(fault => ['serious', 'critical'].includes(fault.impact))
    .flatMap(fault => fault.nodes.map(at => `${fault.id}: ${at.html.slice(0, 160)} ${at.failureSummary}`))
}"""


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
