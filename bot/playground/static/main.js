// The page: listens to the playground's transcript, and draws what whoever acts sees.

import { about, read } from "./api.js";
import { blocksOf } from "./blocks.js";
import { focusComposer, makeComposer } from "./composer.js";
import { moment } from "./dates.js";
import { drawModal } from "./dialog.js";
import { afterwards, contextFor, does } from "./doing.js";
import { announce, byId, el, fill, keepFocus } from "./dom.js";
import { drawInspector, toggleInspector } from "./inspector.js";
import { drawMessages, isTop, keepEnd } from "./messages.js";
import { drawSidebar } from "./sidebar.js";
import { bot, channel, channelName, directId, nameOf, state } from "./state.js";

const LONG_POLL = 20; // seconds

let [composer, threadComposer] = [null, null];
let [running, again] = [null, false];

/** Reads what can have changed and draws it; calls while it runs become one more run. */
async function refresh() {
  if (running) {
    again = true;
    return running;
  }
  running = (async () => {
    try {
      do {
        again = false;
        await readAll();
        draw();
      } while (again);
    } finally {
      running = null;
    }
  })();
  return running;
}

async function readAll() {
  const [place, person] = [state.place, state.me];
  const [workspace, views] = await Promise.all([read("workspace"), read("views", { user: person })]);
  state.workspace = workspace;
  const exists = workspace.channels.some((one) => one.id === place);
  const messages = exists ? (await read("messages", { channel: place, user: person })).messages : [];
  if (person !== state.me || place !== state.place) {
    again = true; // somebody else acts by now, or somewhere else
    return;
  }
  Object.assign(state, { views, messages });
}

function draw() {
  drawSidebar(ways);
  drawHead();
  const inApp = state.place === directId();
  const atHome = inApp && state.tab === "home";
  byId("messages").hidden = atHome;
  byId("composer").hidden = atHome;
  byId("home").hidden = !atHome;
  if (atHome) drawHome();
  else drawMessages(byId("messages"), state.messages.filter(isTop), failuresHere(), { openThread });
  drawThread();
  composer.draw();
  drawModal();
  drawInspector();
  byId("clock").textContent = moment(state.workspace.now);
}

const failuresHere = () => state.failures.filter((one) => one.channel === state.place && one.visible_to === state.me);

function drawHead() {
  const inApp = state.place === directId();
  const here = channel(state.place);
  const members = here?.members?.length ?? 0;
  const print = JSON.stringify([state.place, state.tab, here?.name, members, bot()?.real_name]);
  const head = byId("place-head");
  if (head.dataset.print === print) return;
  head.dataset.print = print;
  const tab = (name, text) => el("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(state.tab === name), tabindex: state.tab === name ? "0" : "-1",
    onclick: () => showTab(name), onkeydown: (event) => /^Arrow(Left|Right)$/.test(event.key) && showTab(name === "home" ? "messages" : "home"), dataset: { focus: `tab/${name}` } }, text);
  keepFocus(head, () => fill(head,
    el("h1", {}, inApp ? nameOf(bot()?.id) : [here?.kind === "private" ? el("img", { class: "lock", src: "/static/lock.svg", alt: "private channel" }) : "#", ` ${channelName(state.place)}`]),
    inApp ? el("div", { class: "tabs", role: "tablist", "aria-label": "The app" }, tab("home", "Home"), tab("messages", "Messages")) : el("span", { class: "note" }, `${members} members`)));
}

async function showTab(name) {
  state.tab = name;
  draw();
  byId(`tab-${name}`)?.focus();
  if (name === "home") await does("open_home");
}

function drawHome() {
  const home = byId("home");
  const view = state.views.home;
  const print = `${state.me} ${view?.hash ?? ""}`;
  if (home.dataset.print === print) return;
  home.dataset.print = print;
  const context = view ? contextFor(view.id, { view_id: view.id }, view.state?.values ?? {}) : {};
  keepFocus(home, () => fill(home, ...(view ? blocksOf(view.blocks, context) : [el("p", { class: "note" }, "The app has published no Home yet.")])));
}

function openThread(ts) {
  state.thread = ts;
  draw();
  threadComposer?.focus();
}

function closeThread() {
  const opener = `replies/${state.thread}`;
  state.thread = null;
  draw();
  (document.querySelector(`[data-focus="${CSS.escape(opener)}"]`) ?? byId("composer-text"))?.focus();
}

function drawThread() {
  const pane = byId("thread");
  pane.hidden = !state.thread;
  document.body.classList.toggle("threading", Boolean(state.thread));
  if (!state.thread) return;
  if (!pane.childElementCount) {
    const compose = el("div", { class: "composer" });
    fill(pane, el("div", { class: "pane-head" }, el("h2", {}, "Thread"), el("button", { type: "button", class: "plain", "aria-label": "Close the thread", onclick: closeThread }, "✕")),
      el("div", { class: "scroll", id: "thread-messages", role: "log", "aria-label": "Messages in the thread", tabindex: "0" }), compose);
    threadComposer = makeComposer(compose, "thread", () => state.thread);
  }
  const inside = state.messages.filter((one) => one.ts === state.thread || one.thread_ts === state.thread);
  drawMessages(byId("thread-messages"), inside, [], { inThread: true });
  threadComposer.draw();
}

const ways = {
  refresh,
  closeSidebar: () => showSidebar(false),
  async go(place) {
    Object.assign(state, { place, thread: null });
    delete state.unread[`${state.me}/${place}`];
    showSidebar(false);
    focusComposer();
    await refresh();
    if (place === directId() && state.tab === "home") await does("open_home");
  },
  async become(person) {
    const inApp = state.place === directId();
    state.me = person;
    if (inApp) state.place = directId();
    else if (!channel(state.place)?.members.includes(person)) state.place = "C1";
    state.thread = null;
    delete state.unread[`${person}/${state.place}`];
    await refresh();
    if (state.place === directId() && state.tab === "home") await does("open_home");
    announce(`You act as ${nameOf(person)} now.`);
  },
};

/** What was written since: Slack's own words are kept, what others said elsewhere counts as unread. */
function take(entries) {
  for (const entry of entries) {
    if (entry.kind === "failure") state.failures.push(entry);
    if (entry.kind !== "message" && entry.kind !== "ephemeral") continue;
    const readers = entry.visible_to ? [entry.visible_to] : (channel(entry.channel)?.members ?? (entry.channel?.startsWith("D") ? [entry.channel.slice(1)] : []));
    for (const reader of readers) {
      const here = reader === state.me && entry.channel === state.place && !(entry.channel === directId() && state.tab === "home");
      const threadOnly = entry.thread_ts && entry.thread_ts !== entry.ts;
      if (!here && reader !== entry.author && !threadOnly) state.unread[`${reader}/${entry.channel}`] = (state.unread[`${reader}/${entry.channel}`] ?? 0) + 1;
    }
  }
}

async function listen() {
  for (let wait = 0; ;) {
    try {
      const found = await read("transcript", { after: state.seq, wait: LONG_POLL });
      state.seq = found.seq;
      take(found.entries);
      await refresh();
      wait = 0;
    } catch {
      wait = Math.min(wait + 1, 10);
      byId("clock").textContent = "Halobot was stopped. Start it again, and this page goes on.";
      await new Promise((resolve) => setTimeout(resolve, wait * 1000));
      if (wait > 1) await startedAgain();
    }
  }
}

/** A playground that was started anew counts from the beginning. */
async function startedAgain() {
  try {
    const found = await read("transcript", { after: 0 });
    if (found.seq < state.seq) location.reload();
  } catch {
    // still away
  }
}

function showSidebar(open) {
  document.body.classList.toggle("side-open", open);
  byId("open-sidebar").setAttribute("aria-expanded", String(open));
  if (open) byId("sidebar").querySelector("[aria-current]")?.focus();
}

async function start() {
  byId("open-sidebar").addEventListener("click", () => showSidebar(!document.body.classList.contains("side-open")));
  byId("open-inspector").addEventListener("click", toggleInspector);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (document.body.classList.contains("side-open")) showSidebar(false);
    else if (state.thread) closeThread();
  });
  state.about = await about();
  const past = await read("transcript", { after: 0 });
  state.seq = past.seq;
  state.failures = past.entries.filter((one) => one.kind === "failure");
  composer = makeComposer(byId("composer"), "composer", () => null);
  keepEnd(byId("messages"));
  afterwards(refresh);
  await refresh();
  byId("workspace-name").textContent = state.workspace.team.name;
  document.body.classList.add("ready");
  listen();
}

start();
