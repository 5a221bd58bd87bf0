"""What stands around every page: navigation, badges, title, and what to do where there is nothing to show."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NoReturn

import streamlit as st
from plotly.graph_objects import Figure

from dashboard.access import Person, Thing, can, may_ever
from dashboard.address import ACTION_OF, PAGES, Address, PageName
from dashboard.charts.drawing import CONFIG
from dashboard.choices import lasting
from dashboard.departments import departments_now
from dashboard.fresh import keep_fresh
from dashboard.guidance import copy_link, help_panel, landing, term, tour
from dashboard.markup import Html, join, link, paragraph, safe, shortened, tag
from dashboard.nothing import no_release_box, superseded_box, trouble_box
from dashboard.reader import person_of_reader
from dashboard.shelf import NoRelease
from dashboard.theme import stylesheet
from dashboard.view import View, open_view
from dashboard.words import Words
from dashboard.workflow.signing_in import DatabaseAway, reachable
from etl.errors import NotPermitted
from etl.shown import SEOUL, number

FILES: Final[dict[PageName, str]] = {page: f"../pages/{page}.py" for page in PAGES}
"""As seen from `dashboard/app`, where the script is that runs them. In a folder `pages` beside the script Streamlit
would also run each by its name alone, without what `run` does first."""
ICON: Final = Path(__file__).parent / "app" / "static" / "jipyo.svg"
"""A file: the icons Streamlit knows by name are fetched from the internet."""

LOG: Final = logging.getLogger(__name__)
_TAB: Final = 40
"""Columns of a name in the title of a tab."""
_LANGUAGES: Final = ("ko", "en")
_LANDED: Final = "landed"


def run() -> None:
    """Declare the pages and run the one the URL names."""
    words = Words(here().language)
    st.set_page_config(page_icon=str(ICON), layout="wide")
    try:
        with reachable():
            _run(words)
    except DatabaseAway:
        LOG.exception("The database does not answer")
        st.html(stylesheet())
        state("database_away", "", words)


def _run(words: Words) -> None:
    person = person_of_reader()
    if person is None:
        st.html(stylesheet())
        state("stranger", "", words)
        return
    pages = [
        st.Page(
            FILES[page],
            title=f"{words(f'page.{page}')} · {words('product')}",
            url_path=None if page == PAGES[0] else page,
            default=page == PAGES[0],
        )
        for page in PAGES
    ]
    # Streamlit's own navigation would drop the query, and with it year, department and language.
    chosen = st.navigation(pages, position="hidden")
    if chosen.url_path == "":
        _land(person)
    try:
        chosen.run()
    except NotPermitted:
        state("not_for_you", "", words)
    except DatabaseAway:
        raise
    except Exception:
        # A fault of ours: what it was stands in the server's log alone, found by the moment its reader is told.
        moment = f"{datetime.now(UTC).astimezone(SEOUL):%Y-%m-%d %H:%M:%S}"
        LOG.exception("A page failed at %s", moment)
        state("fault", moment, words)


def _land(person: Person) -> None:
    """Whoever has a department and asks for nothing in particular comes in at its page, once a visit."""
    first, address = _LANDED not in st.session_state, here()
    st.session_state[_LANDED] = True
    if first and person.unit_id and address == Address(lang=address.lang):
        st.switch_page(FILES[landing(person)], query_params=address.to(unit=person.unit_id).query)


def here() -> Address:
    """Where the reader is."""
    return Address.of(st.query_params.to_dict())


def open_page(page: PageName) -> View:
    """The view of a page, with the navigation beside it; where there is nothing to show, that is said instead."""
    st.html(stylesheet())
    address = here()
    words = Words(address.language)
    person = _reader_or_stop(words)
    try:
        view = open_view(address, person)
    except NoRelease as nothing:
        _navigation(page, address, words, person, None)
        show(tag("h1", safe(words(f"page.{page}")), "jp-title"))
        say_no_release(page, address, words, nothing)
    _navigation(page, address, words, person, view)
    own = Thing(person.unit_id, briefed=view.standing.briefed)
    _turn_away_unless(can(person, ACTION_OF[page], own, view.standing.state), page, words)
    if view.is_superseded:
        show(superseded_box(address, page, view.source.year, words))
    if page == landing(person):
        show(tour(person, address, words))
    return view


def open_desk_page(page: PageName) -> tuple[Address, Words]:
    """Where the reader of a page about no release is; it ends here for those who may not open it."""
    st.html(stylesheet())
    address = here()
    words = Words(address.language)
    person = _reader_or_stop(words)
    _navigation(page, address, words, person, None)
    _turn_away_unless(can(person, ACTION_OF[page], Thing(person.unit_id)), page, words)
    return address, words


def _reader_or_stop(words: Words) -> Person:
    """Who reads; a page's file can be run without the script that declares it, and then it is the first to ask."""
    person = person_of_reader()
    if person is None:
        state("stranger", "", words)
        st.stop()
    return person


def _turn_away_unless(allowed: bool, page: PageName, words: Words) -> None:
    if not allowed:
        show(tag("h1", safe(words(f"page.{page}")), "jp-title"))
        state("not_for_you", "", words)
        st.stop()


# Navigation ----------------------------------------------------------------------------------------------------------


def _navigation(page: PageName, address: Address, words: Words, person: Person, view: View | None) -> None:
    # What was looked for on one page is not what is looked for on the next.
    elsewhere = address.to(find=None, page=None, record=None, request=None).query
    with st.sidebar:
        subtitle = words("product.subtitle")
        st.html(tag("p", safe(words("product")), "jp-heading") + paragraph(subtitle, "jp-note"))
        with st.container(gap="xxsmall"):
            for name in PAGES:
                if may_ever(person, ACTION_OF[name]):
                    # No icon and no help: the label alone is read out.
                    st.page_link(FILES[name], label=words(f"page.{name}"), query_params=elsewhere, width="stretch")
        if view is not None and len(view.shelf.years) > 1:
            years = {str(year): str(year) for year in view.shelf.years}
            current = None if address.release else str(view.source.year)
            choose(words("choose.year"), "year", years, current, also={"release": None})
        names = {code: words(f"language.{code}") for code in _LANGUAGES}
        choose(words("choose.language"), "lang", names, words.language)
        show(help_panel(page, words), copy_link(words))
        _who(person, words, view)
        keep_fresh(view.reading.folder.name if view else None)


def _who(person: Person, words: Words, view: View | None) -> None:
    """Who is signed in, and the way out: a form, for a link could be followed by something else than a person."""
    unit = person.unit_id
    if unit is not None:
        unit = (departments_now() if view is None else view.source.units).get(unit, unit)
    about = " · ".join(part for part in (words(f"role.{person.role}"), unit) if part)
    query = "?lang=en" if words.language == "en" else ""
    out = tag("button", safe(words("reader.out")), "jp-button", type="submit")
    ways = [link(words("reader.account"), f"account{query}"), tag("form", out, action=f"signout{query}", method="post")]
    said = [paragraph(person.name, "jp-subheading"), paragraph(about, "jp-note"), tag("div", join(ways), "jp-links")]
    show(tag("div", join(said), "jp-reader"))


def long_text(label: str, longest: int, words: Words, key: str, height: int, placeholder: str | None = None) -> str:
    """A field for a text of some lines, its limit said beside its name.

    The limit is held where the text is kept, with a reason: a browser drops in silence what a field has no room for.
    """
    limited = words("field.up_to", label=label, longest=number(longest))
    return st.text_area(limited, key=key, height=height, placeholder=placeholder) or ""


def choose(
    label: str, part: str, options: Mapping[str, str], current: str | None, also: Mapping[str, str | None] | None = None
) -> None:
    """A few options side by side that change one part of the address.

    Args:
        label: what is chosen.
        part: of the address.
        options: value -> what it is called.
        current: the value now; None where none of them is.
        also: other parts that change with it.
    """
    key = _follow_address(part, current)
    st.segmented_control(
        label,
        list(options),
        format_func=options.__getitem__,
        key=lasting(key, options, options.__getitem__),
        required=True,
        on_change=_go,
        args=(part, key, dict(also or {}), tuple(options)),
    )


def pick(label: str, part: str, options: Mapping[str, str], current: str | None, nothing: str) -> None:
    """One of many options, with a search, that changes one part of the address.

    Args:
        label: what is chosen.
        part: of the address.
        options: value -> what it is called.
        current: the value now; None where none of them is.
        nothing: what stands there then.
    """
    key = _follow_address(part, current)
    st.selectbox(
        label,
        list(options),
        index=None,
        format_func=options.__getitem__,
        key=lasting(key, options, options.__getitem__),
        placeholder=nothing,
        on_change=_go,
        args=(part, key, {}, tuple(options)),
    )


def search(label: str, part: str, current: str, also: Mapping[str, str | None] | None = None) -> None:
    """A text that changes one part of the address, and others with it."""
    key = _follow_address(part, current)
    st.text_input(label, key=key, on_change=_go, args=(part, key, dict(also or {})), max_chars=200)


def turn(pages: int, current: int) -> None:
    """The pages of a long table, of which the address says one; nothing where there is only one."""
    if pages <= 1:
        return
    key = "choose-page"
    # The first page is where the control begins by itself.
    if st.session_state.get(key, 1) != current:
        st.session_state[key] = current
    st.pagination(pages, key=key, on_change=_turn, args=(key,))


def _turn(key: str) -> None:
    page = st.session_state[key]
    turn_to(page=str(page) if page > 1 else None)


def _follow_address(part: str, current: str | None) -> str:
    """The URL is what counts: a widget shows what it says, also after the browser's back and forward."""
    key = f"choose-{part}"
    # Only where they differ: a value set anew would undo a click that is still on its way.
    if key not in st.session_state or st.session_state[key] != current:
        st.session_state[key] = current
    return key


def _go(part: str, key: str, also: Mapping[str, str | None], options: Sequence[str] | None = None) -> None:
    said = st.session_state[key] or None
    # A click may be faster than the new names of the options: an old name is no choice.
    if options is None or said is None or said in options:
        turn_to(**{part: said, **also})


def turn_to(**changed: str | None) -> None:
    """Change parts of the address of the page that is open; what is no part of an address stays."""
    address = here().to(**changed)
    known = {field.name for field in fields(Address)}
    others = {name: value for name, value in st.query_params.to_dict().items() if name not in known}
    st.query_params.from_dict({**others, **address.query})


# The head of a page --------------------------------------------------------------------------------------------------


def head(view: View, title: str, question: str) -> None:
    """Badges, title and the question the page answers."""
    st.html(tag("div", Html(_badges(view) + _title(title, question))))


def name_tab(view: View, page: PageName, about: str) -> None:
    """The title of the tab, as history and bookmarks keep it: what the page is about before the page's own name."""
    page_name, product = view.words(f"page.{page}"), view.words("product")
    st.set_page_config(page_title=f"{shortened(about, _TAB)} · {page_name} · {product}")


def desk_head(title: str, question: str, about: str) -> None:
    """Title and question of a page about no release, and what it is about instead."""
    badge = tag("div", tag("span", safe(about), "jp-badge-plain"), "jp-badges") if about else Html("")
    st.html(tag("div", Html(badge + _title(title, question))))


def _title(title: str, question: str) -> Html:
    return Html(tag("h1", safe(title), "jp-title") + paragraph(question, "jp-question"))


def _badges(view: View) -> Html:
    words, evaluation = view.words, view.reading.rulebook.evaluation
    name = view.reading.folder.name
    step = view.standing.state.value
    if view.is_superseded:
        step = "superseded"
    kind = "strong" if view.shelf.is_published(name) else "draft"
    said = words(f"badge.{step}")
    badges = [tag("span", safe(said), f"jp-badge jp-badge-{kind}"), term(said, view.address, words)]
    if view.reading.manifest.facts["example"] is True:
        badges.append(tag("span", safe(words("badge.example")), "jp-badge"))
    badges += [
        tag("span", safe(text), "jp-badge-plain")
        for text in (
            words.of(evaluation.title),
            f"{words('badge.release')} {name}",
            f"{words('badge.date')} {words.day(evaluation.period.end)}",
        )
    ]
    return tag("div", join(badges), "jp-badges")


def heading(text: str) -> None:
    """The heading of a section."""
    st.html(tag("h2", safe(text), "jp-heading"))


def show(*parts: Html) -> None:
    """HTML from `dashboard.markup`."""
    st.html(join(parts))


def chart(figure: Figure, key: str, alt: str) -> None:
    """A figure that leads nowhere, described for those who do not see it; the stylesheet offers no press on it."""
    st.plotly_chart(figure, key=f"still-{key}", config=CONFIG, alt=alt)


def beside(words: Words, key: str, table: Html) -> None:
    """The table that says what a chart shows, folded away."""
    with st.expander(words("table.show"), key=key):
        st.html(table)


# Nothing to show -----------------------------------------------------------------------------------------------------


def state(trouble: str, about: str, words: Words, more: Iterable[Html] = ()) -> None:
    """What is wrong and what to do, in a box."""
    show(trouble_box(trouble, about, words, more))


def unit_asked_for(view: View, *, records: bool = False) -> str | None:
    """The department of the address; None where none is named, or where it cannot be shown, which the page then says.

    Args:
        view: of the page.
        records: whether the page shows the records behind its figures, not the figures alone.
    """
    trouble = view.trouble_with_unit(records=records)
    if trouble is None:
        return view.address.unit
    state(trouble, view.address.unit or "", view.words)
    return None


def say_no_release(page: PageName, address: Address, words: Words, nothing: NoRelease) -> NoReturn:
    """Why there is no release to show and the ways out of that; the page ends here."""
    show(no_release_box(page, address, words, nothing, person_of_reader()))
    st.stop()
