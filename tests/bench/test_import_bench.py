"""The import benchmark runs. Its figures are not checked here, because a busy machine proves nothing."""

from tests.bench.import_bench import compare


def test_import_bench():
    """Both ways run, and an import of a few hundred entries needs little memory."""
    figures = compare(entries=300, repeats=1)
    assert figures["times"] > 0
    assert figures["megabytes"] < 150
