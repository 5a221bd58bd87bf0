"""The one script of the dashboard's own: it follows the address, says the platform's words, copies, closes the tour."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from dashboard.words import WORDS

PLATFORM: Final = (
    *("skip", "menu", "menu_shut", "menu_open", "running", "stop", "connecting", "connecting_what", "not_connected"),
    *("lost", "lost_what", "lost_here", "no_page", "bad_message", "close", "clear", "clear_all", "open"),
    *("nothing_found", "choose_one", "choose_some", "remove", "upload", "per_file", "enter_applies", "enter_submits"),
    *("pages", "page_before", "page_after", "choose_date"),
)
"""What Streamlit says in English and cannot be told to say otherwise; texts `platform.<name>`, in English as it is."""

_HOLE: Final = "{what}"


def script() -> str:
    """The script, the same for every reader and every language, so that the policy can name it by its digest."""
    return _SCRIPT.replace("PAIRS", json.dumps(list(_pairs()), ensure_ascii=True))


def _pairs() -> Iterator[tuple[str, str]]:
    """(English, Korean) of every text of the platform, a hole in it as `{what}`."""
    for name in PLATFORM:
        text = WORDS[f"platform.{name}"]
        yield text["en"], text["ko"]


# Streamlit's own words are replaced where they stand: exact matches alone, and never inside what the pages write.
# A choice of language changes the query and loads nothing anew: document and words follow the address.
_SCRIPT: Final = """
(() => {
  const pairs = PAIRS
  const OURS = ".stHtml, [data-testid=stMarkdownContainer], [role=option], textarea, svg, script, style"
  const NAMES = ["aria-label", "title", "placeholder"]
  const language = () => new URLSearchParams(location.search).get("lang") === "en" ? "en" : "ko"
  const said = text => {
    const korean = language() === "ko"
    for (const [en, ko] of pairs) {
      const [from, to] = korean ? [en, ko] : [ko, en]
      if (text === from) return to
      const [before, after] = from.split("{what}")
      if (after !== undefined && text.length > before.length + after.length
          && text.startsWith(before) && text.endsWith(after))
        return to.replace("{what}", () => text.slice(before.length, text.length - after.length))
    }
    return text
  }
  const sayText = node => {
    const text = node.nodeValue.trim(), instead = text && said(text)
    if (text && instead !== text) node.nodeValue = instead
  }
  const sayNames = at => {
    for (const name of NAMES) {
      const text = at.getAttribute(name), instead = text && said(text)
      if (text && instead !== text) at.setAttribute(name, instead)
    }
  }
  const accept = node => node.nodeType === 1 && node.matches(OURS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT
  const say = root => {
    const around = root.nodeType === 1 ? root : root.parentElement
    if (!around || around.closest(OURS)) return
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, accept)
    for (let node = root; node; node = walk.nextNode()) node.nodeType === 3 ? sayText(node) : sayNames(node)
  }
  const tell = () => {
    document.documentElement.lang = language()
    if (document.body) say(document.body)
  }
  for (const name of ["pushState", "replaceState"]) {
    const change = history[name]
    history[name] = function (...said) { change.apply(this, said); tell() }
  }
  addEventListener("popstate", tell)
  new MutationObserver(changes => {
    for (const change of changes)
      for (const node of change.type === "childList" ? change.addedNodes : [change.target])
        if (node.nodeType === 1 || node.nodeType === 3) say(node)
  }).observe(document, {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES})

  const TOURED = "jipyo_toured"
  const toured = () => (document.cookie.match(/(?:^|; )jipyo_toured=([a-z.]*)/)?.[1] || "").split(".").filter(Boolean)
  const hideTours = () => toured().forEach(role => document.documentElement.classList.add(`jp-toured-${role}`))
  hideTours()
  addEventListener("click", async event => {
    const copy = event.target.closest?.("[data-jp-copy]"), close = event.target.closest?.("[data-jp-toured]")
    if (copy) {
      const done = await navigator.clipboard.writeText(location.href).then(() => "done", () => "failed")
      copy.parentElement.querySelector("[role=status]").textContent = copy.dataset[done]
    }
    if (close && /^[a-z]+$/.test(close.dataset.jpToured)) {
      const roles = [...new Set([...toured(), close.dataset.jpToured])].join(".")
      const safe = location.protocol === "https:" ? "; secure" : ""
      document.cookie = `${TOURED}=${roles}; path=/; max-age=31536000; samesite=lax${safe}`
      hideTours()
      document.getElementById("stMain")?.focus()
    }
  })
})()
"""
