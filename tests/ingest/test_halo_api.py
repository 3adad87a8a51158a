"""Halo's own API, against a server that answers as the published names allow: nobody has seen a live answer."""

import gzip
import json
import time
import tracemalloc
from datetime import timedelta

import pytest

from bot.catalog.seeds import read_areas_and_glossary
from bot.errors import SourceError
from bot.ingest.poller import SourcePoller
from bot.ingest.readers.halo_api.client import ApiResponse, HaloApi
from bot.ingest.readers.halo_api.probe import probe_api
from bot.ingest.readers.halo_api.reader import read_halo_api
from bot.ingest.schedule import WatchedSource
from bot.ingest.service import import_documents
from bot.settings import PROJECT
from tests.ingest.conftest import DOCUMENTS
from tests.ingest.servers import Reply, Site, flood, trickle


def note(number: int, text: str = "Quotes can be frozen", **more):
    """One release note with the published fields."""
    return {
        "id": number, "note": text, "category": "Integrations", "important": False, "group_id": 3,
        "changeinformation": "", "changeinformationexists": False,
        "date": "2026-05-01T00:00:00", "month": "May 2026", "version": "2.216.1", **more,
    }  # fmt: skip


def release(number: int, minor: int = 216, notes: int = 1):
    """One release as a list gives it."""
    return {
        "id": number,
        "name": f"2.{minor}.1",
        "note": "",
        "product_id": 1,
        "major_version_number": 2,
        "minor_version_number": minor,
        "releasenote_count": notes,
    }


@pytest.fixture
def tenant(site) -> Site:
    """A tenant that signs in a known application, and has no releases yet."""
    site.tokens = ["t1"]

    def token(request):
        if request.form.get("client_secret") != "secret":
            return Reply(400, {"error": "invalid_client"})
        if request.form.get("scope") != "read:software":
            return Reply(400, {"error": "invalid_scope"})
        return Reply(200, {"token_type": "Bearer", "access_token": site.tokens[0], "expires_in": 3600})

    site.pages["/api/authinfo"] = lambda _: Reply(200, {"auth_url": f"{site.url}/auth", "tenant_id": "acme"})
    site.pages["/auth/token"] = token
    site.pages["/api/VersionInfo"] = Reply(200, [])
    site.pages["/api/VersionInfo/Spotlight"] = Reply(200, [])
    return site


@pytest.fixture
def api(tenant, naps) -> HaloApi:
    """A reader of that tenant that does not wait."""
    return HaloApi(tenant.url, "client", "secret", sleep=naps.append)


def signed(site, reply):
    """A reply only for who brings a good token."""
    return lambda request: (
        (reply(request) if callable(reply) else reply)
        if request.headers.get("authorization") == f"Bearer {site.tokens[0]}"
        else Reply(401)
    )


SHAPES = {
    "releasenotes": {**release(902), "releasenotes": [note(1093288)]},
    "release_notes": {**release(902), "release_notes": [note(1093288)]},
    "notes": {**release(902), "notes": [note(1093288)]},
    "groups": {**release(902), "groups": [{"id": 3, "name": "Integrations", "releasenotes": [note(1093288)]}]},
    "bare list": [note(1093288)],
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("listed", ["bare", "paged"])
def test_shapes(tenant, api, empty, now, shape, listed):
    """Wherever the notes sit, and whether the list is paged or bare, they become changes."""
    releases = [release(902)]
    tenant.pages["/api/VersionInfo"] = signed(
        tenant, Reply(200, releases if listed == "bare" else {"record_count": 1, "page_no": 1, "releases": releases})
    )
    tenant.pages["/api/VersionInfo/902"] = signed(tenant, Reply(200, SHAPES[shape]))
    empty.load_seeds(read_areas_and_glossary(PROJECT / "seeds"))
    reading, fingerprints = read_halo_api(api)
    import_documents(empty, [reading], now)
    (entry,) = empty.entries()
    assert (entry.key, entry.title, str(entry.version), entry.area, entry.source) == (
        "1093288",
        "Quotes can be frozen",
        "v2.216",
        "Integrations",
        "halo-api",
    )
    assert reading.problems == ()
    assert len(fingerprints) == 1


def test_paging(tenant, api):
    """Every page is asked for, until all records were given; what was read before is not asked again."""

    def pages(request):
        first = (int(request.query["page_no"]) - 1) * 50
        assert request.query["pageinate"] == "true"
        return Reply(200, {"record_count": 120, "releases": [release(n) for n in range(first, min(first + 50, 120))]})

    tenant.pages["/api/VersionInfo"] = signed(tenant, pages)
    for n in range(120):
        tenant.pages[f"/api/VersionInfo/{n}"] = signed(
            tenant, Reply(200, {**release(n), "notes": [note(1_000_000 + n)]})
        )
    reading, fingerprints = read_halo_api(api)
    assert len({record.number for record in reading.records}) == 120
    again, _ = read_halo_api(api, lambda name, fingerprint: fingerprints.get(name) == fingerprint)
    assert again.records == ()


def test_a_server_that_knows_no_pages(tenant, api):
    """The same full list for every page is read once."""
    tenant.pages["/api/VersionInfo"] = signed(tenant, Reply(200, [note(1_000_000 + n) for n in range(50)]))
    assert len(read_halo_api(api)[0].records) == 50


def test_important_notes(tenant, api):
    """What Halo marks as important, or lists in its spotlight, is a highlight; HTML becomes text."""
    tenant.pages["/api/VersionInfo"] = Reply(
        200,
        [
            note(1000001, important=True),
            note(1000002, changeinformation="<p>More &amp; <b>more</b></p>"),
            note(1000003),
        ],
    )
    tenant.pages["/api/VersionInfo/Spotlight"] = Reply(200, [note(1000003)])
    reading, _ = read_halo_api(api)
    assert [record.highlighted for record in reading.records] == [True, False, True]
    assert reading.records[1].summary == "More & more"


def test_what_cannot_be_mapped_is_said(tenant, api):
    """A note without a number, without text, a release whose notes are nowhere: each is named with its keys."""
    tenant.pages["/api/VersionInfo"] = Reply(
        200, [note(7), note(1000001, ""), release(902, notes=3), "what", {"name": "2.218"}]
    )
    tenant.pages["/api/VersionInfo/902"] = Reply(200, {**release(902), "somewhere": {"else": True}})
    reading, _ = read_halo_api(api)
    assert reading.records == ()
    said = " / ".join(map(str, reading.problems))
    for part in (
        "its keys: id, note",
        "a note without text",
        "counts 3 notes, but none was found in",
        "somewhere",
        "not an object",
        "a release without an id",
    ):
        assert part in said


def test_an_expired_token(tenant, api):
    """A token that expires half-way is renewed once, and the request made again."""
    tenant.pages["/api/VersionInfo"] = signed(tenant, Reply(200, [release(902)]))

    def details(request):
        if tenant.tokens[0] == "t1":
            tenant.tokens[0] = "t2"
            return Reply(401)
        return Reply(200, SHAPES["notes"])

    tenant.pages["/api/VersionInfo/902"] = signed(tenant, details)
    assert len(read_halo_api(api)[0].records) == 1
    assert tenant.paths().count("/auth/token") == 2


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(400, {"error": "invalid_client"}), "HALO_API_CLIENT_SECRET"),
        (Reply(400, {"error": "invalid_scope"}), "read:software"),
        (Reply(401, {"error": "invalid_request", "error_description": "client assertion required"}), "JWT assertion"),
        (Reply(500, "oops"), "500 from the sign-in address"),
        (Reply(200, {"hello": 1}), "200 from the sign-in address"),
    ],
)
def test_sign_in_refused(tenant, api, reply, said):
    """Why Halo did not sign us in is told, with what to do; the secret is not in it."""
    tenant.pages["/auth/token"] = reply
    with pytest.raises(SourceError) as failed:
        read_halo_api(api)
    assert said in str(failed.value)
    assert "'secret'" not in str(failed.value)


def test_the_wider_scope_is_tried(tenant, api):
    """Where read:software is not granted, all is asked for."""
    tenant.pages["/auth/token"] = lambda request: (
        Reply(200, {"access_token": "t1"}) if request.form["scope"] == "all" else Reply(400, {"error": "invalid_scope"})
    )
    assert api.sign_in() == "t1"
    assert api.scope == "all"


def test_the_secret_stays_with_the_tenant(tenant, api):
    """A sign-in address on another site is not believed: the tenant's own is asked instead."""
    tenant.pages["/api/authinfo"] = Reply(200, {"auth_url": "http://localhost:1/auth", "tenant_id": "acme"})
    assert api.sign_in() == "t1"


@pytest.mark.parametrize(("status", "said"), [(403, "read:software"), (404, "not there"), (418, "answers 418")])
def test_refused_lists(tenant, api, status, said):
    """A list that is refused, or is not there, ends in a sentence."""
    tenant.pages["/api/VersionInfo"] = Reply(status)
    tenant.pages["/api/VersionInfo/SearchVersionInfo"] = Reply(status)
    with pytest.raises(SourceError, match=said):
        read_halo_api(api)


def test_search_instead_of_the_list(tenant, api):
    """A tenant without the list is asked by its search."""
    tenant.pages["/api/VersionInfo"] = Reply(404)
    tenant.pages["/api/VersionInfo/SearchVersionInfo"] = Reply(200, [note(1085535)])
    assert read_halo_api(api)[0].records[0].number == "1085535"


def test_rate_limits(tenant, api, naps):
    """429 waits as told, else 5, 10, 20 seconds; a server that never gives in is left for later."""
    replies = [Reply(429, b"", {"Retry-After": "3"}), Reply(429), Reply(200, [note(1085535)])]
    tenant.pages["/api/VersionInfo"] = lambda _: replies.pop(0) if replies else Reply(200, [])
    assert len(read_halo_api(api)[0].records) == 1
    assert naps == [3.0, 10.0]
    tenant.pages["/api/VersionInfo"] = Reply(503)
    with pytest.raises(SourceError, match="answers 503, 5 times over"):
        read_halo_api(api)


def test_broken_json(tenant, api):
    """An answer that is no JSON is told; a release whose details are none is asked again next time."""
    tenant.pages["/api/VersionInfo"] = Reply(200, "<html>maintenance</html>")
    with pytest.raises(SourceError, match="no JSON"):
        read_halo_api(api)
    tenant.pages["/api/VersionInfo"] = Reply(200, [release(901), release(902)])
    tenant.pages["/api/VersionInfo/901"] = Reply(200, '{"releasenotes": [')
    tenant.pages["/api/VersionInfo/902"] = Reply(200, SHAPES["notes"])
    reading, fingerprints = read_halo_api(api)
    assert [record.number for record in reading.records] == ["1093288"]
    assert ["no JSON" in problem.reason for problem in reading.problems] == [True]
    assert [name.rsplit("-", 1)[1] for name in fingerprints] == ["902"]


@pytest.mark.parametrize(
    ("make", "said"),  # packing takes a moment, which other tests are spared
    [
        (lambda: Reply(stream=flood(50_000_000)), "larger than 2 MB"),
        (lambda: Reply(200, gzip.compress(b"[" * 80_000_000), {"Content-Encoding": "gzip"}), "larger than 2 MB"),
        (lambda: Reply(stream=trickle), "still not complete"),
        (lambda: lambda _: (time.sleep(0.8), Reply(200, []))[1], "no answer in time"),
        (lambda: Reply(302, b"", {"Location": "http://localhost:1/x"}), "leads elsewhere"),
        (lambda: Reply(500), "answers 500, 5 times over"),
    ],
    ids=["50 MB", "gzip bomb", "endless", "slow", "redirect", "500"],
)
def test_a_tenant_that_does_it_all_wrong(tenant, naps, make, said):
    """Each ends in a sentence, and none fills the memory."""
    tenant.pages["/api/VersionInfo"] = make()
    limited = HaloApi(
        tenant.url, "client", "secret", sleep=naps.append, max_bytes=2_000_000, max_seconds=0.5, read_timeout=0.5
    )
    tracemalloc.start()
    try:
        with pytest.raises(SourceError, match=said):
            read_halo_api(limited)
        assert tracemalloc.get_traced_memory()[1] < 15_000_000
    finally:
        tracemalloc.stop()


def test_a_tenant_that_refuses_everything_fails(tenant, api, empty, states, now):
    """A list whose every release is refused is a failure that the operator hears of, and no first reading."""
    told: list[str] = []
    tenant.pages["/api/VersionInfo"] = Reply(200, [release(901), release(902)])
    tenant.pages["/api/VersionInfo/901"] = tenant.pages["/api/VersionInfo/902"] = Reply(403)
    watch = SourcePoller(
        empty, states, (WatchedSource("halo-api"),), open_halo_api=lambda: api, notify_operator=told.append
    )
    ((_, outcome),) = watch.poll_due(now)
    assert "read:software" in outcome
    assert len(told) == 1
    assert (states.get("halo-api").failures, states.get("halo-api").last_success) == (1, None)
    tenant.pages["/api/VersionInfo/902"] = Reply(200, SHAPES["notes"])
    ((_, report),) = watch.poll_due(now + timedelta(hours=6))
    assert (report.new, report.silent, states.get("halo-api").last_success) == (("1093288",), True, None)
    tenant.pages["/api/VersionInfo/901"] = Reply(200, {"notes": [note(1085535)]})
    ((_, report),) = watch.poll_due(now + timedelta(hours=12))
    assert (report.new, report.silent, states.get("halo-api").failures) == (("1085535",), True, 0)


def test_notes_that_cannot_be_found_are_a_failure(tenant, api, empty, states, now):
    """Releases that count notes of which none can be found are no success."""
    tenant.pages["/api/VersionInfo"] = Reply(200, [release(901)])
    tenant.pages["/api/VersionInfo/901"] = Reply(200, {"elsewhere": "?"})
    ((_, outcome),) = SourcePoller(empty, states, (WatchedSource("halo-api"),), open_halo_api=lambda: api).poll_due(now)
    assert "none was found in: elsewhere" in outcome


@pytest.mark.parametrize(
    ("auth_url", "trusted"),
    [
        ("https://halo.acme.co.uk/auth", True),
        ("https://acme.halopsa.com/auth", True),
        ("https://evil.co.uk/auth", False),
        ("https://evilhalopsa.com/auth", False),
        ("http://halo.acme.co.uk/auth", False),
        ("http://acme.halopsa.com/auth", False),
    ],
)
def test_where_the_secret_goes(monkeypatch, auth_url, trusted):
    """The secret goes to the tenant's own site or its makers', by https; to nobody who only shares the end of its
    name.
    """
    asked = []

    def request(self, method, url, parameters, form, headers):
        if method == "POST":
            asked.append(url)
            return ApiResponse(404, None), None
        return ApiResponse(200, {"auth_url": auth_url}), None

    monkeypatch.setattr(HaloApi, "_request", request)
    with pytest.raises(SourceError, match="did not sign us in"):
        HaloApi("https://halo.acme.co.uk", "client", "secret").sign_in()
    assert (f"{auth_url}/token" in asked) is trusted
    assert set(asked) <= {f"{auth_url}/token", "https://halo.acme.co.uk/auth/token"}


def test_only_https():
    """A tenant's address without encryption is refused in a sentence, but on this very machine."""
    with pytest.raises(SourceError, match="HALO_API_URL has to begin with https://"):
        HaloApi("http://acme.halopsa.com", "client", "secret")
    assert HaloApi("http://localhost:8080/api", "client", "secret").base == "http://localhost:8080"


def test_the_probe_signs_in_once(tenant, api):
    """One sign-in is enough for all that the probe asks."""
    list(probe_api(api))
    assert tenant.paths().count("/auth/token") == 1


def test_probe(tenant, api):
    """The probe shows status, keys and the first record's keys of every endpoint, and no values."""
    tenant.pages["/api/VersionInfo"] = Reply(200, {"record_count": 1, "releases": [release(902)]})
    tenant.pages["/api/VersionInfo/902"] = Reply(200, SHAPES["groups"])
    tenant.pages["/api/VersionInfo/Spotlight"] = Reply(403)
    said = "\n".join(probe_api(api))
    for part in (
        "accepted, scope read:software",
        "record_count (number)",
        "first record: an object with 7 keys",
        "not there (404)",
        "refused (403)",
        "groups[0].releasenotes[0]",
    ):
        assert part in said
    assert "Quotes can be frozen" not in said
    tenant.pages["/auth/token"] = Reply(400, {"error": "invalid_client"})
    assert "sign-in: Halo did not sign us in" in "\n".join(probe_api(HaloApi(tenant.url, "client", "wrong")))


def test_synthetic_samples(tenant, api):
    """Invented responses in the folder `halo-api` of HALO_TEST_DOCUMENTS are read as far as they have notes."""
    folder = DOCUMENTS / "halo-api"
    if not folder.is_dir():
        pytest.skip("HALO_TEST_DOCUMENTS names no folder with sample responses")
    samples = {
        path.stem.removeprefix("SYNTHETIC_"): json.loads(path.read_text()) for path in folder.glob("SYNTHETIC_*.json")
    }
    tenant.pages["/api/VersionInfo"] = Reply(200, samples["release_list"])
    tenant.pages["/api/VersionInfo/902"] = Reply(200, samples["release_detail"])
    tenant.pages["/api/VersionInfo/901"] = Reply(200, samples["versioninfo_search"])
    assert [(record.number, str(record.version)) for record in read_halo_api(api)[0].records] == [
        ("1093288", "v2.216"),
        ("1085535", "v2.216"),
    ]
