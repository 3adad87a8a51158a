"""What each page shows: a function of a look at an address, which returns the page. Search is in `search_view`."""

from collections.abc import Callable

from bot.catalog.models import Entry, Filters, Version
from bot.conversation.answers import Answer, ResultAnswer, UpgradeAnswer
from bot.conversation.entry_text import comes_first, entry_subtitle
from bot.conversation.export import document_parts, to_csv, to_markdown
from bot.conversation.filter_parameters import AskedFilters, UnknownValueError, read_area, read_version
from bot.conversation.grouping import by_section, by_version, list_of, to_page
from bot.conversation.result_text import upgrade_title
from bot.search import lookups
from bot.search.small_talk.replies import knowledge_sentence
from bot.search.upgrade import build_checklist
from bot.web.addresses import ENTRY_FOLDERS, entry_path
from bot.web.models import PageReply
from bot.web.page import Page

PageView = Callable[[Page], PageReply]
MAX_FIRST = 6  # changes of the newest version on the first page
MAX_OLDER_VERSIONS = 12  # from which a version's page leads to upgrades
KINDS = {folder: kind for kind, folder in ENTRY_FOLDERS.items()}


def show_home(page: Page) -> PageReply:
    """The search box, the newest version, and ways into the rest."""
    snapshot = page.snapshot
    newest = snapshot.versions[-1] if snapshot.versions else None
    entries = lookups.entries_of_version(snapshot, newest) if newest else []
    known = knowledge_sentence(lookups.about_facts(snapshot))
    return page.render(
        "home.html",
        "What changed in HaloPSA",
        known,
        newest=newest,
        newest_count=len(entries),
        first=[entry for entry in entries if comes_first(entry)][:MAX_FIRST] or entries[:MAX_FIRST],
        areas=[area for area in lookups.areas_with_counts(snapshot) if area.entry_count],
        known=known,
    )


def show_entry(page: Page) -> PageReply:
    """All about one entry: what it does, what to test, where it was discussed, what is related, and its history."""
    snapshot, key = page.snapshot, page.names["key"]
    entry = lookups.find_entry(snapshot, key)
    if entry is None:
        number = f"#{key[:20]}" if key.isdigit() else f"“{key[:40]}”"
        raise UnknownValueError(f"I do not have {number}. It may be newer than what I know, or have another number.")
    if page.names["folder"] != ENTRY_FOLDERS[entry.kind]:
        return page.redirect(entry_path(entry))
    return page.render(
        "entry.html",
        entry.title,
        entry.summary or entry.answer or entry_subtitle(entry),
        canonical=entry_path(entry),
        entry=entry,
        related=lookups.related_entries(snapshot, entry),
        arrivals=page.arrivals_of([key]).get(key, []),
        sources=lookups.sources_of(snapshot, entry),
    )


def show_kind(page: Page) -> PageReply:
    """All questions, or all guides; the changes are listed by version."""
    folder = page.names["folder"]
    if folder == "changes":
        return page.redirect("/versions")
    entries = page.snapshot.entries_matching(Filters(kind=KINDS[folder]))
    title = {"questions": "Frequent questions", "guides": "Guides"}[folder]
    return page.render("kind.html", title, entries=sorted(entries, key=lambda entry: entry.title.lower()))


def show_index(page: Page) -> PageReply:
    """A list of all versions, areas, episodes or feeds."""
    snapshot, name = page.snapshot, page.names["name"]
    counts = {version: len(lookups.entries_of_version(snapshot, version)) for version in snapshot.versions[::-1]}
    areas = lookups.areas_with_counts(snapshot)
    return page.render(f"{name}.html", name.capitalize(), counts=counts, areas=areas)


def show_version(page: Page) -> PageReply:
    """One version: how much of what, the upgrades to it, and all that is in it; or that as Markdown or CSV."""
    snapshot, version = page.snapshot, read_version(page.names["version"], page.snapshot)
    result = lookups.search_version(snapshot, version)
    title, groups = list_of(ResultAnswer(result)) or (str(version), [])
    if page.names.get("ending"):
        return _document(page, title, ResultAnswer(result))
    older = [one for one in snapshot.versions if one < version]
    return page.render(
        "version.html",
        title,
        f"What is new in HaloPSA {version}: " + ", ".join(f"{len(g.entries)} {g.heading}" for g in groups),
        canonical=f"/versions/{version.number}",
        feed_of=AskedFilters(version),
        version=version,
        sections=build_checklist(version, version, (version,), result).sections,
        older=older[-MAX_OLDER_VERSIONS:][::-1],
        newer=next((one for one in snapshot.versions if one > version), None),
        listing=to_page(groups, page.query.get("page", "1")),
    )


def show_upgrade(page: Page) -> PageReply:
    """What an upgrade brings, as a checklist; as Markdown or CSV where the address ends so."""
    older, newer = (read_version(page.names[name], page.snapshot) for name in ("older", "newer"))
    ending = page.names.get("ending") or ""
    if older >= newer:
        return page.redirect(_upgrade_path(newer, older) + ending)
    checklist = lookups.upgrade_checklist(page.snapshot, older, newer)
    title = f"Upgrade {upgrade_title(checklist)}"
    if ending:
        return _document(page, title, UpgradeAnswer(checklist))
    return page.render(
        "upgrade.html",
        title,
        f"What an upgrade of HaloPSA from {older} to {newer} brings: what acts by itself, and what to test first.",
        canonical=_upgrade_path(older, newer),
        checklist=checklist,
        listing=to_page(by_section(checklist), page.query.get("page", "1"), 300),
    )


def find_upgrade(page: Page) -> PageReply:
    """The form on versions' pages leads here: `?from=2.204&to=2.206`; without either, to the versions."""
    if not page.query.get("from") or not page.query.get("to"):
        return page.redirect("/versions")
    older, newer = (read_version(page.query.get(name, ""), page.snapshot) for name in ("from", "to"))
    return page.redirect(_upgrade_path(min(older, newer), max(older, newer)))


def _upgrade_path(older: Version, newer: Version) -> str:
    return f"/versions/{newer.number}" if older == newer else f"/upgrade/{older.number}/{newer.number}"


def _document(page: Page, title: str, answer: Answer) -> PageReply:
    parts, episodes = document_parts(answer), page.snapshot.episodes
    if page.names["ending"] == ".csv":
        return PageReply(to_csv(parts, episodes).encode("utf-8-sig", "replace"), "text/csv")
    return PageReply(to_markdown(title, parts, episodes).encode("utf-8", "replace"), "text/markdown")


def show_area(page: Page) -> PageReply:
    """All of one area, the newest version first."""
    name = read_area(page.names["area"], page.snapshot)
    if page.slugs.get(page.names["area"]) != name:
        return page.redirect(page.area_path(name))
    entries = page.snapshot.entries_matching(Filters(area=name))
    return page.render(
        "area.html",
        name,
        f"All changes in HaloPSA’s {name}, the newest first.",
        feed_of=AskedFilters(area=name),
        aliases=page.snapshot.areas[name],
        listing=to_page(by_version(entries), page.query.get("page", "1")),
    )


def show_episode(page: Page) -> PageReply:
    """All that an episode talks about, in its order."""
    text = page.names["episode"]
    episode = page.snapshot.episodes.get(int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else None
    if episode is None:
        raise UnknownValueError(f"I know no episode “{text[:40]}”.")

    def minute(entry: Entry) -> int:
        return min(mention.seconds for mention in entry.mentions if mention.episode == episode.number)

    entries = sorted(lookups.entries_of_episode(page.snapshot, episode.number), key=minute)
    return page.render(
        "episode.html",
        f"Episode {episode.number}",
        f"The changes in HaloPSA that episode {episode.number} of “By the [run]Book” talks about, minute by minute.",
        canonical=f"/episodes/{episode.number}",
        episode=episode,
        entries=entries,
    )


def show_robots(page: Page) -> PageReply:
    """robots.txt: pages may be read; a search is different for each question, so it is not worth reading."""
    lines = ["User-agent: *", "Disallow: /search", "Allow: /"]
    lines += [f"Sitemap: {page.url('/sitemap.xml')}"] if page.options.public_url else []
    return PageReply(("\n".join(lines) + "\n").encode(), "text/plain", links=("/sitemap.xml",))


def show_sitemap(page: Page) -> PageReply:
    """The whole addresses of all pages, for search engines."""
    snapshot = page.snapshot
    paths = ["/", "/versions", "/areas", "/episodes", "/questions", "/guides", "/feeds"]
    paths += [f"/versions/{version.number}" for version in snapshot.versions]
    paths += [f"/areas/{slug}" for slug in page.slugs]
    paths += [f"/episodes/{number}" for number in snapshot.episodes]
    paths += [entry_path(entry) for entry in snapshot.catalog.entries()]
    if not page.options.public_url:
        raise UnknownValueError("There is no sitemap, as nobody told me my address.")
    return page.render("sitemap.xml", "", urls=[page.url(path) for path in paths[:50_000]])._replace(
        media_type="application/xml"
    )
