// Messages as a channel or a thread shows them.

import { blocksOf } from "./blocks.js";
import { clockTime, dayName, moment } from "./dates.js";
import { contextFor, does } from "./doing.js";
import { el, keyed } from "./dom.js";
import { attachment } from "./media.js";
import { menuButton } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { bot, nameOf, state, user } from "./state.js";

/** A square with initials, in a colour of its own; the bot's has its mark. */
function avatar(id) {
  const initials = nameOf(id).split(/\s+/).map((word) => word[0]).join("").slice(0, 2).toUpperCase();
  const people = ["UALICE", "UBOB"];
  const kind = id === bot()?.id ? "bot" : id === "USLACKBOT" ? "slackbot" : `person-${Math.max(0, people.indexOf(id))}`;
  return el("span", { class: `avatar ${kind}`, "aria-hidden": "true" }, initials);
}

/** Whether a message stands in the channel itself, not only in a thread. */
export const isTop = (message) => !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast";

function body(message) {
  const context = contextFor(`m${message.ts}`, { channel: state.place, ts: message.ts });
  const nodes = message.blocks?.length ? blocksOf(message.blocks, context) : message.text ? [el("div", { class: "block" }, ...mrkdwn(message.text))] : [];
  const more = [...(message.attachments ?? []), ...Object.values(message.unfurls ?? {})].map((one) => attachment(one, context));
  return el("div", { class: "body" }, ...nodes, ...more);
}

function tools(message, inThread, openThread) {
  if (message.visible_to || message.subtype === "tombstone") return null;
  const items = state.about.shortcuts.filter((one) => one.type === "message")
    .map((one) => ({ text: one.name, run: () => does("message_shortcut", { callback_id: one.callback_id, ts: message.ts, channel: state.place }) }));
  const reply = inThread ? null : el("button", { type: "button", class: "plain", onclick: () => openThread(message.thread_ts ?? message.ts), dataset: { focus: `reply/${message.ts}` } }, "Reply in thread");
  return reply || items.length ? el("div", { class: "tools" }, reply, items.length ? menuButton("More for this message", "⋯", items, { dataset: { focus: `more/${message.ts}` } }) : null) : null;
}

function repliesLine(message, openThread) {
  if (!message.reply_count) return null;
  const words = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  return el("button", { type: "button", class: "plain replies", onclick: () => openThread(message.ts), dataset: { focus: `replies/${message.ts}` } },
    ...message.reply_users.map(avatar), el("span", {}, words));
}

/** One message. */
function messageNode(message, inThread, openThread) {
  const app = user(message.user)?.is_bot || message.user === "USLACKBOT";
  const seconds = Number(message.ts);
  return el("article", { class: `message${message.visible_to ? " ephemeral" : ""}`, "aria-label": `${nameOf(message.user)}, ${clockTime(seconds)}` },
    message.visible_to ? el("p", { class: "only-you" }, "Only visible to you") : null,
    avatar(message.user),
    el("div", { class: "said" },
      el("div", { class: "who" }, el("strong", {}, nameOf(message.user)), app ? el("span", { class: "app" }, "APP") : null,
        el("time", { datetime: new Date(seconds * 1000).toISOString(), title: moment(seconds) }, clockTime(seconds)),
        message.edited && !message.blocks?.length && !message.visible_to ? el("span", { class: "note" }, "(edited)") : null),
      body(message),
      inThread ? null : repliesLine(message, openThread)),
    tools(message, inThread, openThread));
}

const failureNode = (failure) => messageNode({ ts: String(failure.at), user: "USLACKBOT", text: failure.text.replaceAll("<", "&lt;"), visible_to: state.me }, true, () => {});

/** Scrolls to the last message: to its end, or to its beginning when it is longer than what can be seen. */
function showEnd(parent) {
  parent.scrollTop = parent.scrollHeight;
  const last = parent.lastElementChild;
  if (last && last.offsetHeight > parent.clientHeight) last.scrollIntoView({ block: "start" });
}

/** What one reads at the end of a list stays in sight when the list becomes lower: a note above it, a longer text being written below. */
export function keepEnd(parent) {
  let atEnd = true;
  parent.addEventListener("scroll", () => { atEnd = parent.scrollHeight - parent.scrollTop - parent.clientHeight < 4; });
  new ResizeObserver(() => { if (atEnd) parent.scrollTop = parent.scrollHeight; }).observe(parent);
}

/** Brings the list up to date. `messages` and `failures` (Slack's own words) by time, with a line where a new day begins. */
export function drawMessages(parent, messages, failures, { inThread = false, openThread = () => {} } = {}) {
  const dated = [
    ...messages.map((one) => ({ at: Number(one.ts), key: one.ts, print: JSON.stringify(one), make: () => messageNode(one, inThread, openThread) })),
    ...failures.map((one) => ({ at: one.at, key: `failure-${one.seq}`, print: String(one.seq), make: () => failureNode(one) })),
  ].sort((one, other) => one.at - other.at);
  const items = [];
  let day = null;
  for (const { at, key, print, make } of dated) {
    const name = dayName(at);
    if (name !== day && !inThread) items.push([`day-${name}`, "", () => el("div", { class: "day" }, el("span", {}, name))]);
    day = name;
    items.push([key, `${state.me} ${print}`, make]);
  }
  const atEnd = parent.scrollHeight - parent.scrollTop - parent.clientHeight < 80;
  const before = parent.dataset.shown;
  keyed(parent, items);
  parent.dataset.shown = `${state.me}/${state.place}/${inThread ? state.thread : ""}`;
  if (atEnd || before !== parent.dataset.shown || state.follow === (inThread ? "thread" : "channel")) showEnd(parent);
}
