"""The one script of the dashboard's own: it follows links, says the platform's words, keeps what is typed.

Streamlit reads a label as Markdown where it shows it, and gives it as it stands to those who do not see it: what
`dashboard.markup.no_markdown` escapes is taken out of such names here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from dashboard.address import PAGES
from dashboard.words import WORDS

PLATFORM: Final = (
    *("skip", "menu", "menu_shut", "menu_open", "running", "stop", "connecting", "connecting_what", "not_connected"),
    *("lost", "lost_what", "lost_here", "no_page", "bad_message", "close", "clear", "clear_all", "open"),
    *("nothing_found", "choose_one", "choose_some", "remove", "upload", "per_file", "enter_applies", "enter_submits"),
    *("pages", "page_before", "page_after", "page_number"),
)
"""What Streamlit says in English and cannot be told to say otherwise; texts `platform.<name>`, in English as it is."""
NAMES_ITSELF: Final = {
    "connecting_what": "Connecting to Streamlit server",
    "not_connected": "Unable to connect to Streamlit server",
    "lost_what": "Streamlit server is not responding. Are you connected to the internet?",
    "lost_here": "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:",
}
"""What it says of itself, and of an internet there may be none of: in English, too, our words stand there instead."""


def script(charts: str) -> str:
    """The script, the same for every reader and every language, so that the policy can name it by its digest.

    Args:
        charts: path of Streamlit's module that draws charts, under the dashboard's address.
    """
    said, paths = json.dumps(list(_said()), ensure_ascii=True), json.dumps(["", *PAGES[1:]])
    return _SCRIPT.replace("TEXTS", said).replace("PATHS", paths).replace("CHARTS", json.dumps(f"./{charts}"))


def _said() -> Iterator[tuple[str, str, str]]:
    """What the platform says, and what is shown for it in English and in Korean; a hole in it as `{what}`."""
    for name in PLATFORM:
        text = WORDS[f"platform.{name}"]
        yield NAMES_ITSELF.get(name, text["en"]), text["en"], text["ko"]


# Streamlit's own words are replaced where they stand: exact matches alone, and never inside what the pages write.
# A choice of language changes the query and loads nothing anew: document and words follow the address.
_SCRIPT: Final = r"""
(() => {
  // Every page lies right under the dashboard's address; left to guess, Streamlit asks under each page first.
  window.__streamlit = {BACKEND_BASE_URL: new URL(".", location.href).href}

  const texts = TEXTS
  const ways = {
    ko: texts.flatMap(([own, en, ko]) => [[own, ko], [en, ko]]),
    en: texts.flatMap(([own, en, ko]) => [[own, en], [ko, en]]),
  }
  const OURS = ".stHtml, [data-testid=stMarkdownContainer], [role=option][data-key], textarea, svg, script, style"
  const NAMES = ["aria-label", "title", "placeholder"]
  const language = () => new URLSearchParams(location.search).get("lang") === "en" ? "en" : "ko"
  const said = text => {
    for (const [from, to] of ways[language()]) {
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
  const unescaped = text => text.replace(/\\([\\`*_{}[\]()<>#+.!|~$:@&=-])/g, "$1")
  const sayNames = at => {
    for (const name of NAMES) {
      const text = at.getAttribute(name), instead = text && said(name === "aria-label" ? unescaped(text) : text)
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

  // Plotly opens the mark it last saw under the pointer, and a finger touches without having moved there.
  addEventListener("pointerdown", ({target, clientX, clientY}) => {
    if (target.matches?.("[data-testid=stPlotlyChart] .nsewdrag"))
      target.dispatchEvent(new MouseEvent("mousemove", {bubbles: true, clientX, clientY}))
  }, true)

  // On paper charts shrink to the sheet.
  const charts = () => document.querySelectorAll("[data-testid=stPlotlyChart] .main-svg")
  addEventListener("beforeprint", () => {
    for (const drawn of charts()) {
      const [width, height] = ["width", "height"].map(name => parseFloat(drawn.getAttribute(name)))
      drawn.setAttribute("viewBox", `0 0 ${width} ${height}`)
      drawn.style.maxWidth = `${width}px`
    }
  })
  addEventListener("afterprint", () => {
    for (const drawn of charts()) {
      drawn.removeAttribute("viewBox")
      drawn.style.maxWidth = ""
    }
  })

  // What is typed reaches the server, which keeps it, only once the field is left: a pause is enough, as if Ctrl+Enter
  // had been pressed. Within a form those keys would send it.
  let pause
  const apply = at => {
    if (at?.matches("[data-testid=stTextArea] textarea") && !at.closest("[data-testid=stForm]"))
      at.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", ctrlKey: true, bubbles: true, cancelable: true}))
  }
  addEventListener("input", event => {
    clearTimeout(pause)
    pause = setTimeout(apply, 1000, event.target)
  })
  // Whoever leaves sooner sends it on the way out: a tab may be closed unseen, and a line of text goes when it is left.
  const applyNow = () => {
    clearTimeout(pause)
    apply(document.activeElement)
  }
  addEventListener("beforeunload", applyNow)
  document.addEventListener("visibilitychange", () => document.hidden && applyNow())
  addEventListener("pagehide", () => {
    applyNow()
    if (document.activeElement?.matches("[data-testid=stTextInput] input")) document.activeElement.blur()
  })

  // A link to another page is followed as the browser's back is: the page changes and nothing else is loaded anew.
  // Without a connection, and wherever the link leads elsewhere, the browser follows it by itself.
  const paths = PATHS
  const isPage = way => {
    const under = new URL(".", location.href).href
    return way.href.startsWith(under) && !way.hash && paths.includes((way.origin + way.pathname).slice(under.length))
  }
  addEventListener("click", event => {
    const pressed = event.target.closest?.(".stHtml a[href]")
    // A row or a figure leads where its first link does, unless a text was marked there.
    const around = getSelection().isCollapsed && event.target.closest?.(".stHtml .jp-leads")
    const way = pressed || (around && around.querySelector("a[href]"))
    const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
    const connected = document.querySelector("[data-testid=stApp][data-test-connection-state=CONNECTED]")
    if (!way || !isPlain || !connected || !isPage(way)) return
    event.preventDefault()
    if (way.href !== location.href) history.pushState(null, "", way.href)
    dispatchEvent(new PopStateEvent("popstate"))
    const main = document.getElementById("stMain")
    main?.scrollTo(0, 0)
    main?.focus()
  })

  // What a press brought further down the page is scrolled to and read out; what an address brings stays where it is.
  let pressed = -Infinity, arrived
  addEventListener("click", event => { if (event.target.closest?.("#stMain")) pressed = performance.now() }, true)
  const bring = at => {
    at.focus({preventScroll: true})
    // A chart above it is drawn anew and takes its height late: it is brought again until then, or until one moves.
    const until = performance.now() + 2000
    let moved = false
    for (const by of ["wheel", "touchmove", "keydown", "pointerdown"])
      addEventListener(by, () => { moved = true }, {once: true, capture: true})
    const stay = () => {
      if (moved || !at.isConnected || performance.now() > until) return
      at.scrollIntoView({block: "start", behavior: "instant"})
      requestAnimationFrame(stay)
    }
    stay()
  }
  new MutationObserver(() => {
    const at = document.querySelector("[data-jp-arrived]"), what = at?.dataset.jpArrived
    if (what === arrived) return
    arrived = what
    if (at && performance.now() - pressed < 15000) bring(at)
  }).observe(document, {subtree: true, childList: true})

  // Five megabytes that the first page with a chart would wait for are read while somebody looks at one without.
  addEventListener("load", () => setTimeout(() => import(new URL(CHARTS, location.href)).catch(() => {}), 2000))

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
