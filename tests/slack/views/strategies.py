"""Hypothesis strategies: entries, and texts that people and sources could make trouble with."""

from hypothesis import strategies as st

from bot.catalog.models import Entry, Mention, Version

HOSTILE_TEXTS = st.one_of(
    st.text(min_size=1, max_size=60),
    st.sampled_from(
        [
            "<!channel>",
            "&<>" * 300,
            "🔥" * 400,
            "\u202eסטטוס ג'ירה\u202c " * 60,
            "*_~`" * 200,
            "<https://evil|x>",
            "word " * 700,
            "x" * 4_000,
        ]
    ),
)
VERSIONS = st.builds(Version, st.just(2), st.integers(200, 230))
MENTIONS = st.lists(
    st.builds(Mention, st.sampled_from([13, 20]), st.sampled_from([None, "6:08", "1:02:03"])), max_size=4, unique=True
)
ENTRIES = st.builds(
    Entry,
    key=st.integers(10_000, 9_999_999).map(str) | st.integers(1, 99).map(lambda number: f"ep15-{number}"),
    kind=st.sampled_from(["feature", "faq", "guide"]),
    title=HOSTILE_TEXTS,
    summary=HOSTILE_TEXTS,
    version=st.none() | VERSIONS,
    possible_versions=st.lists(VERSIONS, max_size=3, unique=True).map(tuple),
    area=st.none() | HOSTILE_TEXTS,
    highlighted=st.booleans(),
    caution=st.none() | HOSTILE_TEXTS,
    answer=st.none() | HOSTILE_TEXTS,
    mentions=MENTIONS.map(tuple),
    names=st.lists(HOSTILE_TEXTS, max_size=5).map(tuple),
)
