"""What is held back: the finer position, and the place that nobody has reviewed."""

from __future__ import annotations

import math
from typing import Any

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from mapper.geo import coordinate_fault, distance_m
from mapper.publish.coarse import CELL_DEG, cell_centre, coarsened, is_unreviewed, without_unreviewed
from mapper.publish.geojson import Feature, feature_faults


@given(longitude=samples.longitudes, latitude=samples.latitudes)
def test_a_cell_centre_is_near_possible_and_its_own_centre(longitude: float, latitude: float) -> None:
    centre = cell_centre(longitude, latitude)
    assert coordinate_fault(*centre) is None
    assert abs(centre[0] - longitude) <= CELL_DEG / 2 + 1e-6
    assert abs(centre[1] - latitude) <= CELL_DEG / 2 + 1e-6
    assert cell_centre(*centre) == centre


@given(feature=samples.features())
def test_a_coarsened_feature_keeps_the_contract_and_hides_the_point(feature: Feature) -> None:
    feature["properties"]["flags"] = []
    made = coarsened(feature)
    assert feature_faults(made) == []
    assert coarsened(made) == made, "once is enough"
    if made is feature:
        return
    assert made["properties"]["place_id"] == ""
    for candidate in made["properties"]["candidates"]:
        assert candidate["id"] == ""
        assert cell_centre(candidate["longitude"], candidate["latitude"]) == (
            candidate["longitude"],
            candidate["latitude"],
        )


@given(
    offset=st.tuples(st.floats(0, 0.199), st.floats(0, 0.199)),
    precision=st.sampled_from(["exact", "site", "village", "town", "city", "near", "part_of", "unknown"]),
    radius=st.none() | st.integers(0, 30_000),
)
def test_every_point_of_a_cell_is_written_alike_and_its_circle_holds_it(
    offset: tuple[float, float], precision: str, radius: int | None
) -> None:
    here = (round(40.6 + offset[0], 6), round(34.8 + offset[1], 6))
    made = samples.sample(precision=precision, uncertainty_m=radius)
    made["geometry"]["coordinates"] = list(here)
    written = coarsened(made)
    longitude, latitude = written["geometry"]["coordinates"]
    assert (longitude, latitude) == (40.7, 34.9)
    assert written["properties"]["precision"] == "district"
    assert written["properties"]["uncertainty_m"] >= 20_000
    assert distance_m(here[0], here[1], longitude, latitude) + (radius or 0) <= written["properties"]["uncertainty_m"]


@pytest.mark.parametrize("latitude", [-89.9, -60.0, 0.05, 34.9, 89.9])
def test_the_circle_holds_the_corners_anywhere_on_earth(latitude: float) -> None:
    for dx in (0.0, 0.199999):
        for dy in (-0.09, 0.09):
            here = [round(40.6 + dx, 6), max(-89.99, min(89.99, round(latitude + dy, 6)))]
            made = samples.sample(uncertainty_m=10_000)
            made["geometry"]["coordinates"] = here
            written = coarsened(made)
            longitude, latitude_ = written["geometry"]["coordinates"]
            far = distance_m(here[0], here[1], longitude, latitude_)
            assert far + 10_000 <= written["properties"]["uncertainty_m"]
            assert not math.isclose(far, 0.0)


def test_a_governorate_is_coarse_already() -> None:
    made = samples.sample(precision="governorate", candidates=[])
    assert coarsened(made) is made


def test_the_exact_candidates_of_a_coarse_place_are_moved() -> None:
    made = samples.sample(precision="governorate")
    written = coarsened(made)
    assert written["geometry"] == made["geometry"]
    assert written["properties"]["candidates"][0]["longitude"] == 40.7


def test_coarsening_leaves_the_feature_it_was_given() -> None:
    made = samples.sample()
    coarsened(made)
    assert made == samples.sample()


def _geocoded(**more: Any) -> Feature:  # noqa: ANN401 - any property
    return samples.sample(method="geocoder", needs_review=True, **more)


def test_a_place_that_only_a_geocoder_gave_is_left_out_and_the_incident_stays() -> None:
    (written,) = without_unreviewed([_geocoded()])
    assert written["geometry"] is None
    properties = written["properties"]
    assert (properties["place_name"], properties["place_id"], properties["candidates"]) == ("", "", [])
    assert properties["flags"] == ["unreviewed-place-withheld"]
    assert properties["place_as_written"] == "the village of Tell Example"
    assert properties["killed_min"] == 3
    assert feature_faults(written) == []


def test_other_places_stay_even_if_they_need_a_look() -> None:
    for feature in (samples.sample(), samples.sample(needs_review=True), samples.sample(method="geocoder")):
        assert not is_unreviewed(feature)
        assert list(without_unreviewed([feature])) == [feature]
