"""A form kept for its writer: after a reload, a lost connection or a new sign-in what was typed stands there again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import streamlit as st

from dashboard.access import Person
from dashboard.markup import paragraph
from dashboard.pages.certain import certain
from dashboard.reader import store
from dashboard.shell import show
from dashboard.words import Words
from dashboard.workflow.drafts import Kept, Value, draft_of, drop_draft, keep_draft


@dataclass(frozen=True, slots=True)
class _Field:
    """A widget of the form.

    Attributes:
        key: of the widget.
        first: what it is when it is empty.
        shown: what it begins with: that, or what a link suggests.
    """

    key: str
    first: Value | None
    shown: Value | None

    @property
    def now(self) -> Value:
        """What stands in it; nothing chosen is an empty text."""
        value: Value | None = st.session_state.get(self.key)
        return "" if value is None else value

    @property
    def is_changed(self) -> bool:
        """Whether that is anything."""
        return (self.now or "") != (self.first or "")

    @property
    def is_written(self) -> bool:
        """Whether that is something else than it began with."""
        return (self.now or "") != (self.shown or "")


class Drafted:
    """The fields of one form, and what of it is kept.

    Args:
        person: whose form it is; nobody has no draft.
        place: names the form, also in the keys of its widgets.
    """

    def __init__(self, person: Person | None, place: str) -> None:
        self._account_id = person.account_id if person else ""
        self._place = place
        self._fields: dict[str, _Field] = {}
        with store().read() as session:
            self._kept: Kept = draft_of(session, self._account_id, place)

    def field(
        self,
        key: str,
        first: Value | None = "",
        options: Collection[str] | None = None,
        name: str = "",
        suggested: Value | None = None,
    ) -> str:
        """The key of a widget, which shows what is kept, or else what it is to begin with.

        Args:
            key: of the widget, which is made without a value of its own.
            first: what it begins with; nothing at all is an empty text, or None where it is a choice.
            options: what it may be, where that is a choice; what is kept and is none of them is left out.
            name: of the field in the draft, where the key changes from time to time.
            suggested: what a link would have it begin with; of itself no draft, but kept with what is written beside.
        """
        name = name or key
        if options is not None and first not in options:
            first = None
        shown = first if suggested is None or (options is not None and suggested not in options) else suggested
        value: Value | None = self._kept.fields.get(name, shown)
        if options is not None and value not in options:
            value = shown
        return self._begin(name, _Field(key, first, shown), value)

    def choices(self, key: str, options: Collection[str], name: str = "") -> str:
        """The key of a widget of several choices, none of them at first; what is kept and is no option is left out."""
        name = name or key
        kept = self._kept.fields.get(name)
        chosen = [one for one in kept if one in options] if isinstance(kept, list) else []
        return self._begin(name, _Field(key, [], []), chosen)

    def keep(self, words: Words) -> None:
        """Keep what stands in the fields now, and say that it is kept; called below the form."""
        is_written = any(field.is_written for field in self._fields.values())
        said = {name: field.now for name, field in self._fields.items() if is_written and field.is_changed}
        # Fields that are not shown now, as those of another kind of request, keep what they had.
        hidden = {name: value for name, value in self._kept.fields.items() if name not in self._fields}
        fields = {**hidden, **said} if said else {}
        if fields != self._kept.fields:
            with store().write() as session:
                keep_draft(session, self._account_id, self._place, fields)
                self._kept = draft_of(session, self._account_id, self._place)
        if self._kept.at is not None:
            show(paragraph(words("draft.kept", moment=words.moment(self._kept.at)), "jp-note"))
            certain(f"drop-{self._place}", words("draft.drop"), words("draft.drop.what"), words, self._clear)

    def drop(self) -> None:
        """Forget it: the form was sent."""
        with store().write() as session:
            drop_draft(session, self._account_id, self._place)

    def _begin(self, name: str, field: _Field, value: Value | None) -> str:
        self._fields[name] = field
        st.session_state.setdefault(field.key, value)
        return field.key

    def _clear(self) -> None:
        self.drop()
        for field in self._fields.values():
            st.session_state[field.key] = field.shown
