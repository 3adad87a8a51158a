"""The measurement of a large import works; what it measures is in `tests.bench.import_bench`, for a busy machine proves
nothing.
"""

from tests.bench.import_bench import compare


def test_import_bench():
    """Both ways run, and a few hundred entries need little memory."""
    found = compare(entries=300, repeats=1)
    assert found["times"] > 0
    assert found["megabytes"] < 150
