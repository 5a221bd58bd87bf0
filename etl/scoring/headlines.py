"""The figures of the whole body: one metric over all departments, against its target."""

from __future__ import annotations

from decimal import Decimal

from etl.contracts.published import HeadlineRow
from etl.scoring.decimals import HUNDRED, kept, precise, rounded, total
from etl.scoring.inputs import Inputs
from etl.scoring.rulebook_parts import Headline


@precise
def headline_row(position: int, headline: Headline, inputs: Inputs) -> HeadlineRow:
    """One headline. It counts the figures of every department, also of those that are not evaluated.

    Formula: value = sum of the metric, or the number of departments for which it is above zero; attainment = value /
    target x 100; ratio = value / sum of `ratio_to` x 100; both rounded half up, once. A sum of nothing is no value.
    """
    measured = _measured(inputs, headline.metric)
    if headline.count == "units":
        value = Decimal(sum(1 for amount in measured if amount > 0)) if measured else None
    else:
        value = total(measured) if measured else None
    whole = total(_measured(inputs, headline.ratio_to)) if headline.ratio_to is not None else None
    return HeadlineRow(
        position=position,
        headline=headline.id,
        value=None if value is None else kept(value),
        target=headline.target,
        attainment_pct=_percent(value, headline.target, headline.places),
        ratio_pct=_percent(value, whole, headline.places),
    )


def _measured(inputs: Inputs, metric: str) -> list[Decimal]:
    return [amount for (_, name), amount in inputs.values.items() if name == metric and amount is not None]


def _percent(value: Decimal | None, whole: Decimal | None, places: int) -> Decimal | None:
    if value is None or whole is None or whole == 0:
        return None
    return rounded(value * HUNDRED / whole, places)
