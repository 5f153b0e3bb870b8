import pytest

from qa.floors import FloorError, below, read_floors
from qa.measures import MeasureError


def test_floors_are_read_and_what_is_below_them_is_said() -> None:
    floors = read_floors(["nDCG@10=0.9", "right = .5", "AP=1"], ["right"])
    assert floors == {"nDCG@10": 0.9, "right": 0.5, "AP": 1.0}
    assert below({"nDCG@10": 0.9, "right": 0.4}, floors) == [
        "right is 0.4000, below 0.5",
        "AP was not run: no question is of it",
    ]


@pytest.mark.parametrize("text", ["nDCG@10", "nDCG@10=", "nDCG@10=high", "nDCG@10=nan", "nDCG@10=0.9=1"])
def test_a_floor_without_a_number_is_refused(text: str) -> None:
    with pytest.raises(FloorError, match=r"not NAME=VALUE, as in nDCG@10=0.9"):
        read_floors([text], [])


def test_an_unknown_measure_is_refused_with_those_that_exist() -> None:
    with pytest.raises(MeasureError, match=r"no measure 'ndcg'; there are: nDCG@k, .*, right"):
        read_floors(["ndcg=0.9"], ["right"])
