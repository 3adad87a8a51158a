"""Match scores: the thresholds, held against pairs that people judged, and the order of matches."""

import json

import pytest

from bot.ingest.matching import best_matches, score_match
from bot.ingest.readers.registry import read_document
from tests.ingest.conftest import DOCUMENTS


def test_calibration(documents):
    """In the real documents every repeat in other words is sure, and no two different changes are even unsure."""
    reading = read_document(documents[0].read_bytes(), documents[0].name)
    lines = [record for record in reading.records if record.number is None]
    rows = [record for record in reading.records if record.number]
    facts = json.loads((DOCUMENTS / "facts" / "description_only_lines.json").read_text())
    same = {(fact["line"], fact["same_as"]) for fact in facts if fact["seed"] == documents[0].name}
    for line in lines:
        for row in rows:
            match = score_match(line.title, [row.title, row.summary])
            if (line.line_number, row.number) in same:
                assert match
                assert match.certain, line.title
            elif row.mention and line.mention and row.mention.episode == line.mention.episode:
                assert match is None, (line.title, row.title)
        for other in lines:
            match = score_match(line.title, [other.title]) if other.line_number > line.line_number else None
            assert match is None or ((line.line_number, other.line_number) == (103, 186) and match.certain), (
                line.title,
                other.title,
            )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Adds $CONTRACTSLA to the variables of billing templates",
            "Adds $CONTRACTTYPE to the variables of billing templates",
        ),
        (
            "The New Relic integration has received improvements.",
            "The Twilio WhatsApp integration has received multiple improvements.",
        ),
        (
            "Improvements to forecasting",
            "Forecasting in the stock area has been removed and the forecasting report with it",
        ),
        ("", ""),
        ("Added", "Added"),
    ],
)
def test_different(one, other):
    """What differs in the one word that counts, or says too little, is not the same."""
    match = score_match(one, [other])
    assert match is None or not match.certain


def test_the_best_comes_first():
    """Of several candidates the likeliest is first, at most three are named."""
    text = "Quotes can be frozen by the sales manager until they are approved"
    candidates = [
        (str(n), [f"Quotes can be frozen by the sales manager until they are {word}"])
        for n, word in enumerate(("signed", "approved", "paid", "sent"))
    ]
    found = best_matches(text, candidates)
    assert found[0][0] == "1"
    assert len(found) == 3
