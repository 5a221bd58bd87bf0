"""용어: what every term means, how every indicator is worked out in which year, what every metric counts."""

from __future__ import annotations

from dashboard.frames.glossary import MetricEntry, RuleInYears, Term, metric_entries, rules_by_year, terms
from dashboard.markup import Column, Html, Line, join, link, paragraph, safe, table, tag
from dashboard.shell import head, heading, open_page, search, show, state
from dashboard.view import View, other_years


def meanings(view: View, found: list[Term]) -> None:
    """The terms, in sentences."""
    heading(view.words("glossary.terms"))
    show(
        tag("dl", join(Html(tag("dt", safe(term.name)) + tag("dd", safe(term.meaning))) for term in found), "jp-rules")
    )


def rules(view: View, found: list[RuleInYears]) -> None:
    """Weight, formula and points of every indicator, by year."""
    words = view.words
    heading(words("glossary.rules"))
    show(paragraph(words("glossary.rules.legend"), "jp-note"))
    columns = [
        Column(words("glossary.indicator"), "long"),
        Column(words("glossary.years"), "tight"),
        Column(words("glossary.weight"), "long"),
        Column(words("glossary.formula"), "long"),
        Column(words("glossary.method"), "wide"),
    ]
    lines = [
        Line([_indicator(view, row), *map(safe, (row.years, row.weight, row.formula, row.method))]) for row in found
    ]
    show(table(words("glossary.rules"), columns, lines))


def _indicator(view: View, row: RuleInYears) -> Html:
    if row.indicator not in view.source.indicators:
        return safe(row.name)
    return link(row.name, view.address.to(indicator=row.indicator, find=None).href("indicator"))


def metrics(view: View, found: list[MetricEntry]) -> None:
    """What is counted, in which unit, for which indicator."""
    words = view.words
    heading(words("glossary.metrics"))
    columns = [
        Column(words("glossary.metric"), "long"),
        Column(words("glossary.unit")),
        Column(words("glossary.used_by"), "wide"),
    ]
    lines = [Line([safe(entry.name), safe(entry.unit), safe(entry.used_by)]) for entry in found]
    show(table(words("glossary.metrics"), columns, lines))


def page() -> None:
    """The page from top to bottom."""
    view = open_page("glossary")
    words, find = view.words, view.address.find or ""
    head(view, words("glossary.title"), words("glossary.question"))
    search(words("glossary.find"), "find", find)
    said = terms(words, find)
    ruled = view.keep("rules found", lambda: rules_by_year(view.source, other_years(view), find))
    counted = view.keep("metrics found", lambda: metric_entries(view.source, find))
    if not (said or ruled or counted):
        state("no_term", find, words)
        return
    show(paragraph(words("glossary.found", terms=len(said), rules=len(ruled), metrics=len(counted)), "jp-note"))
    if said:
        meanings(view, said)
    if ruled:
        rules(view, ruled)
    if counted:
        metrics(view, counted)


page()
