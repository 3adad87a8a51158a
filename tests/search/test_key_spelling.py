"""The number of a change, however it was copied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.key_spelling import plain_keys

KEYS = frozenset({"1016865", "1023311", "795061", "ep15-07"})


@pytest.mark.parametrize(
    ("pasted", "keys"),
    [
        ("1,016,865", ["1016865"]),
        ("1 016 865", ["1016865"]),
        ("1.016.865", ["1016865"]),
        ("1'016'865", ["1016865"]),
        ("1\u202f016\u202f865", ["1016865"]),
        ("1016865.0", ["1016865"]),
        ("1,016,865.00", ["1016865"]),
        ("1.016865E+06", ["1016865"]),
        ("01016865", ["1016865"]),
        ("№ 1016865", ["1016865"]),
        ("#1016865.", ["1016865"]),
        ("id:1016865", ["1016865"]),
        ("HALO-1016865", ["1016865"]),
        ("1016865\u00a0", ["1016865"]),
        ("١٠١٦٨٦٥", ["1016865"]),
        ("https://halo.example/ticket?id=1016865", ["1016865"]),
        ("see https://halo.example/ticket/1016865/edit please", ["1016865"]),
        ("1,016,865 and 1,023,311", ["1016865", "1023311"]),
        ("1016865\n1023311;795061", ["1016865", "1023311", "795061"]),
        ("ep15-7", ["ep15-07"]),
    ],
)
def test_a_pasted_number_is_the_change(service, pasted, keys):
    """Separators, decimals, padding, signs and addresses around a number change nothing."""
    result = service.search(pasted)
    assert [hit.entry.key for hit in result.hits] == keys


@pytest.mark.parametrize("pasted", ["1,016,999", "https://halo.example/ticket?id=1016999"])
def test_a_pasted_number_that_no_change_has_is_told(service, pasted):
    """It is asked for, and said not to be there."""
    assert service.search(pasted).unknown_keys == ("1016999",)


@pytest.mark.parametrize(
    "text",
    ["$1016865 invoice", "2.2141016865", "10,000 tickets", "v2.206 to 2.214", "10 200 300 items", "+4410168651 caller"],
)
def test_other_numbers_stay(text):
    """Money, versions, counts and telephone numbers are no change's number."""
    assert plain_keys(text, KEYS) == text


@given(st.text("0123456789 ,.e+#x/=", max_size=80))
def test_any_digits_are_read(text):
    """Any digits are read without a failure, and a text without a known number is as it was, but for its commas."""
    assert plain_keys(text, frozenset()).replace(",", "") == text.replace(",", "")
