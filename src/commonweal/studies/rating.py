"""Rates per 100,000 residents, where the residents are known."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.city import City
from commonweal.city.measures import Measure
from commonweal.results.finding import Comparison, Rate
from commonweal.results.rates import compute_rate
from commonweal.studies.latest import ComparedPeriods


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates of the two periods; none where nobody knows how many people live there."""

    baseline: Rate | None = None
    current: Rate | None = None


def find_rates(
    city: City, measure: Measure, area: str | None, periods: ComparedPeriods, comparison: Comparison
) -> Rates:
    """Compute the rates of both periods.

    Parameters
    ----------
    city : City
        Knows the residents.
    measure : Measure
        Must make sense per resident.
    area : str or None
        Place.
    periods : ComparedPeriods
        The two periods.
    comparison : Comparison
        The two counts.
    """
    place = city.areas[area] if area is not None else city
    if not measure.per_population or comparison.form != "count" or not place.population:
        return Rates()
    rates = [
        compute_rate(
            round(count),
            place.population,
            period,
            source=place.population_source,
            overdispersion=comparison.overdispersion,
        )
        for count, period in ((comparison.baseline, periods.baseline), (comparison.current, periods.current))
    ]
    return Rates(*rates)
