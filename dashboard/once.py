"""What pages read from a release, read once for everybody: it knows no scope and no language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.frames.robustness import sureness
from dashboard.view import read_once
from etl.insight.decisions import LedgerLine, Waiver, all_waivers, department_names, ledgers
from etl.insight.diagnosis import Diagnosed, Participation, diagnoses, participation
from etl.insight.moved_weights import MovedPlaces, moved_places
from etl.insight.reading import Reading
from etl.insight.robustness import Robustness
from etl.insight.told_records import Reasons, reasons_not_counted
from etl.insight.training import Programme, programme_years, training_programme
from etl.insight.what_if import inputs_of
from etl.scoring.inputs import Inputs


def names_in(reading: Reading) -> Mapping[str, str]:
    """Code -> name of every department records speak of, those of former years too."""
    return read_once(reading, "department names", department_names)


def sureness_of(reading: Reading) -> Robustness | None:
    """How sure the ranks are; None where the release ranks by outranking."""
    return read_once(reading, "sureness", sureness)


def inputs_in(reading: Reading) -> Inputs:
    """Everything the scores were made of, to score them anew."""
    return read_once(reading, "what-if inputs", inputs_of)


def moved_places_in(reading: Reading) -> MovedPlaces:
    """Every place under every single move of a weight, of a release that ranks by scores."""
    return read_once(reading, "moved places", lambda release: moved_places(release, inputs_in(release)))


def years_of_programmes(reading: Reading) -> Sequence[int]:
    """The years there is a training programme of."""
    return read_once(reading, "programme years", programme_years)


def programme_of(reading: Reading, year: int) -> Programme:
    """What became of a year's training programme."""
    return read_once(reading, f"programme {year}", lambda release: training_programme(release, year))


def diagnoses_in(reading: Reading) -> Sequence[Diagnosed]:
    """The diagnoses of competency, the latest last."""
    return read_once(reading, "diagnoses", diagnoses)


def participation_in(reading: Reading, diagnosed: Diagnosed) -> Sequence[Participation]:
    """Every department's participation in one of `diagnoses_in`."""
    key = f"participation {diagnosed.campaign.campaign_id}"
    return read_once(reading, key, lambda release: participation(release, diagnosed))


def reasons_in(reading: Reading) -> Reasons:
    """Why records of each department do not count."""
    return read_once(reading, "reasons", reasons_not_counted)


def ledgers_in(reading: Reading) -> Mapping[str, list[LedgerLine]]:
    """Department -> its entries of bonus, penalty and veto."""
    return read_once(reading, "ledgers", ledgers)


def waivers_in(reading: Reading) -> Mapping[str, list[Waiver]]:
    """Department -> its approved requests that an indicator does not apply."""
    return read_once(reading, "waivers", all_waivers)
