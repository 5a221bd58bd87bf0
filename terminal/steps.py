"""What a command asks the steps of an evaluation, where this machine has any.

Where it has none, an evaluation does not wait for what reads databases to be loaded.
"""

from __future__ import annotations

from pathlib import Path

from dashboard.workflow.settings import Settings
from etl.evaluate import read_rulebook
from etl.intake.loads import who
from etl.measures import known_metrics


def loading_is_allowed(folder: Path, file: str) -> None:
    """Go on only where the folder belongs to no evaluation, or to one that may receive records now.

    Raises:
        NotPermitted: its rulebook is not approved yet, or it is final.
    """
    settings = Settings.from_environment()
    if settings.may_have_database:
        from dashboard.workflow.under_way import refuse_to_load

        refuse_to_load(settings, who(), folder, file)


def publishing_is_allowed(release: Path) -> None:
    """Go on only where no steps publish the release's year.

    Raises:
        NotPermitted: they do.
    """
    settings = Settings.from_environment()
    if settings.may_have_database:
        from dashboard.workflow.under_way import refuse_to_publish

        refuse_to_publish(settings, who(), release.name)


def rulebook_is_allowed(rulebook: Path) -> None:
    """Go on only where the rulebook is the one approved for its year, or the year has no steps.

    Raises:
        NotPermitted: another one is approved.
        RulebookError: it cannot be used.
    """
    settings = Settings.from_environment()
    if settings.may_have_database:
        from dashboard.workflow.under_way import refuse_other_rules

        written, rules = read_rulebook(rulebook, known_metrics())
        refuse_other_rules(settings, who(), rules.evaluation.year, written)
