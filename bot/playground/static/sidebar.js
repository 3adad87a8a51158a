// The left side: who acts, the channels, the app, and the buttons that make something happen.

import { press } from "./api.js";
import { announce, byId, el, fill, keepFocus } from "./dom.js";
import { bot, channels, directId, people, state } from "./state.js";

/** Draws it. `ways`: {go(place), become(person), refresh(), closeSidebar()}. */
export function drawSidebar(ways) {
  const side = byId("sidebar");
  const print = JSON.stringify([state.me, state.place, state.unread, people(), channels().map((one) => [one.id, one.name, one.kind, one.is_archived]), state.about.buttons, bot()]);
  if (side.dataset.print === print) return;
  side.dataset.print = print;
  keepFocus(side, () => fill(side, acting(ways), conversations(ways), adminButtons(ways)));
}

const heading = (text, id) => el("h2", { id }, text);

function acting(ways) {
  return el("section", { "aria-labelledby": "acting" }, heading("You act as", "acting"),
    el("div", { class: "people", role: "group", "aria-labelledby": "acting" }, ...people().map((one) =>
      el("button", { type: "button", class: "person", "aria-pressed": String(one.id === state.me), onclick: () => ways.become(one.id), dataset: { focus: `person/${one.id}` } },
        el("span", {}, one.real_name), el("span", { class: "note" }, one.is_admin ? `admin, ${city(one.tz)}` : city(one.tz))))));
}

const city = (zone) => zone.split("/").pop().replaceAll("_", " ");

function conversations(ways) {
  const mark = (one) => (one.kind === "private" ? el("img", { class: "lock", src: "/static/lock.svg", alt: "" }) : "#");
  return el("section", {}, heading("Channels", "channels-title"),
    el("ul", { "aria-labelledby": "channels-title" }, ...channels().map((one) => el("li", {}, place(one.id, mark(one), one.name, one.is_archived ? "archived" : "", ways)))),
    heading("App", "app-title"),
    el("ul", { "aria-labelledby": "app-title" }, el("li", {}, place(directId(), "●", bot()?.real_name ?? "App", "direct messages and Home", ways))));
}

function place(id, mark, name, note, ways) {
  const unread = state.unread[`${state.me}/${id}`] ?? 0;
  return el("button", { type: "button", class: unread ? "to unread" : "to", "aria-current": id === state.place ? "page" : null, onclick: () => ways.go(id), dataset: { focus: `to/${id}` } },
    el("span", { class: "mark", "aria-hidden": "true" }, mark), el("span", { class: "name" }, name, note ? el("span", { class: "note" }, note) : null),
    unread ? el("span", { class: "count" }, String(unread), el("span", { class: "hidden" }, " unread")) : null);
}

function adminButtons(ways) {
  if (!state.about.buttons.length) return null;
  return el("section", { "aria-labelledby": "admin" }, heading("Make it happen", "admin"),
    ...state.about.buttons.map((one) => el("button", { type: "button", class: "button admin", "aria-describedby": `hint-${one.name}`, onclick: (event) => pressAdmin(event.currentTarget, one.name, ways), dataset: { focus: `admin/${one.name}` } }, one.label)),
    ...state.about.buttons.map((one) => el("p", { class: "note", id: `hint-${one.name}` }, el("strong", {}, one.label), `: ${one.hint}`)));
}

async function pressAdmin(button, name, ways) {
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  try {
    announce(await press(name));
  } catch (error) {
    announce(error.message, true);
  } finally {
    button.removeAttribute("aria-busy");
    ways.closeSidebar();
    await ways.refresh();
  }
}
