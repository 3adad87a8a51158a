// Slack's mrkdwn into nodes: bold, italic, strike, code, quotes, links, mentions, dates, emoji.

import { dateText } from "./dates.js";
import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { bot, channelName, nameOf, state, user } from "./state.js";

const unescaped = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

// In the order they are tried at each place: code first, for nothing inside it means anything else.
const TOKEN =
  /`(?<code>[^`\n]+)`|<(?<angle>[^<>\n]+)>|(?<![\w*])\*(?<bold>\S(?:[^*\n]*\S)?)\*(?![\w*])|(?<![\w_/])_(?<italic>\S(?:[^_\n]*\S)?)_(?![\w_])|(?<![\w~])~(?<strike>\S(?:[^~\n]*\S)?)~(?![\w~])/g;

/** A link that opens in a tab of its own; only addresses that a browser may be sent to become one. */
export function link(url, ...label) {
  if (!/^(https?:|mailto:)/i.test(url)) return el("span", {}, ...label);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...label);
}

/** `@name` and `#channel`, as chips. */
export const mentionOf = (id) =>
  el("span", { class: id === state.me ? "mention mine" : "mention" }, `@${id === bot()?.id ? bot().name : (user(id) ? nameOf(id) : id)}`);
export const channelChip = (id, label) => el("span", { class: "mention" }, `#${label || channelName(id)}`);

function angle(inside) {
  const [target, label] = inside.split(/\|(.*)/s);
  if (/^@[UW]/.test(target)) return mentionOf(target.slice(1));
  if (/^#[CG]/.test(target)) return channelChip(target.slice(1), label && unescaped(label));
  if (target.startsWith("!date^")) {
    const [, seconds, template, url] = target.split("^");
    const text = dateText(Number(seconds), unescaped(template), state.workspace?.now ?? Date.now() / 1000);
    return url ? link(unescaped(url), text) : el("time", {}, text);
  }
  if (target.startsWith("!")) return el("span", { class: "mention" }, `@${label || target.slice(1).split("^")[0]}`);
  return link(unescaped(target), ...plain(label ?? target.replace(/^mailto:/, "")));
}

/** Text without marks: entities, emoji, line breaks. */
export function plain(text, emoji = true) {
  const shown = emoji ? withEmoji(unescaped(text)) : unescaped(text);
  return shown.split("\n").flatMap((line, place) => (place ? [el("br"), line] : [line])).filter((part) => part !== "");
}

function inline(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(TOKEN)) {
    nodes.push(...plain(text.slice(end, found.index)));
    const { code, angle: inside, bold, italic, strike } = found.groups;
    if (code !== undefined) nodes.push(el("code", {}, ...plain(code, false)));
    else if (inside !== undefined) nodes.push(angle(inside));
    else if (bold !== undefined) nodes.push(el("strong", {}, ...inline(bold)));
    else if (italic !== undefined) nodes.push(el("em", {}, ...inline(italic)));
    else nodes.push(el("s", {}, ...inline(strike)));
    end = found.index + found[0].length;
  }
  return [...nodes, ...plain(text.slice(end))];
}

function withQuotes(text) {
  const nodes = [];
  for (const part of text.match(/(?:(?:^|\n)(?:&gt;|>)[^\n]*)+|(?:(?!\n(?:&gt;|>))[\s\S])+/g) ?? []) {
    if (/^\n?(?:&gt;|>)/.test(part)) nodes.push(el("blockquote", {}, ...inline(part.replace(/^\n/, "").replace(/^(?:&gt;|>) ?/gm, ""))));
    else nodes.push(...inline(part));
  }
  return nodes;
}

/** mrkdwn as nodes. */
export function mrkdwn(text) {
  return (text ?? "").split(/```\n?([\s\S]*?)```/).flatMap((part, place) => {
    if (place % 2) return [el("pre", {}, ...plain(part, false))];
    return part ? withQuotes(part) : [];
  });
}

/** A text object (plain_text or mrkdwn) as nodes. */
export const textObject = (object) => (object?.type === "mrkdwn" ? mrkdwn(object.text) : rawPlain(object?.text ?? ""));

// plain_text is shown as it is: Slack unescapes nothing but its three entities in it.
const rawPlain = (text) => plain(text);

/** A text object as a string, for labels. */
export const textOf = (object) => {
  const holder = el("span", {}, ...textObject(object));
  return holder.textContent;
};
