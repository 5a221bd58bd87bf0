"""Figures of every page of figures have a link to what their term means."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from dashboard.access import Role
from dashboard.address import PageName
from dashboard.words import Words
from tests.dashboard.desk import html
from tests.dashboard.signing_in import People
from tests.dashboard.states.conftest import Lay
from tests.dashboard.states.table import Condition

MEANT: Final[Mapping[PageName, tuple[str, ...]]] = {
    "overview": ("peer_group", "median"),
    "ranking": ("rank", "rank_range", "composite_score", "grade"),
    "department": ("points", "weight", "median"),
    "indicator": ("target", "points"),
    "compare": ("composite_score", "rank", "grade", "peer_group", "median"),
    "what_if": ("rank", "composite_score", "grade", "supposed"),
    "training": ("seats_planned", "seats_offered", "filled", "completed", "people", "hours", "headcount", "level"),
    "chain": ("datasets", "datasets_used", "recognised", "policies_evidenced"),
    "pilots": ("pilots_run", "pilots_adopted", "satisfaction"),
    "initiatives": ("initiatives_running", "sites", "users"),
    "practices": ("practices_registered", "practices_reused", "awards"),
}
"""Page -> terms of the glossary its figures lead to."""


@pytest.mark.parametrize("page", MEANT)
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_figure_leads_to_what_its_term_means(
    lay: Lay, project: Path, people: People, page: PageName, lang: str
) -> None:
    lay(Condition.FIRST_YEAR)
    app = people.open(project / "dashboard/app/main.py", Role.EVALUATOR)
    app.query_params["lang"] = lang
    app.run()
    app.switch_page(f"../pages/{page}.py").run()
    words = Words("en" if lang == "en" else "ko")
    for term in MEANT[page]:
        name = words(f"glossary.term.{term}")
        assert words("term.of", term=name) in html(app), (page, term)
