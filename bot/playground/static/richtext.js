// Slack's rich_text block, and the `markdown` block, into nodes.

import { dateText } from "./dates.js";
import { el } from "./dom.js";
import { emojiOf, withEmoji } from "./emoji.js";
import { channelChip, link, mentionOf } from "./mrkdwn.js";
import { state } from "./state.js";

function styled(node, style = {}) {
  let shown = node;
  for (const [name, tag] of [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"]]) {
    if (style[name]) shown = el(tag, {}, shown);
  }
  return shown;
}

const broken = (text) => text.split("\n").flatMap((line, place) => (place ? [el("br"), line] : [line]));

function piece(element) {
  switch (element.type) {
    case "text": return styled(el("span", {}, ...broken(element.text)), element.style);
    case "link": return styled(link(element.url, element.text || element.url), element.style);
    case "emoji": return emojiOf(element.name, element.unicode);
    case "user": return mentionOf(element.user_id);
    case "usergroup": return el("span", { class: "mention" }, `@${element.usergroup_id}`);
    case "channel": return channelChip(element.channel_id);
    case "broadcast": return el("span", { class: "mention" }, `@${element.range}`);
    case "date": return el("time", {}, dateText(element.timestamp, element.format, state.workspace?.now ?? 0));
    case "color": return el("code", {}, element.value);
    default: return element.text ?? "";
  }
}

const pieces = (elements = []) => elements.map(piece);

function part(element) {
  switch (element.type) {
    case "rich_text_list": {
      const items = (element.elements ?? []).map((item) => el("li", {}, ...pieces(item.elements)));
      return el(element.style === "ordered" ? "ol" : "ul", { class: `indent-${element.indent ?? 0}`, start: element.offset ? element.offset + 1 : null }, ...items);
    }
    case "rich_text_quote": return el("blockquote", {}, ...pieces(element.elements));
    case "rich_text_preformatted": return el("pre", {}, ...pieces(element.elements));
    default: return el("p", {}, ...pieces(element.elements));
  }
}

/** A rich_text block. */
export const richText = (block) => el("div", { class: "rich" }, ...(block.elements ?? []).map(part));

const MARK = /\*\*(?<bold>[^*]+)\*\*|\*(?<italic>[^*\n]+)\*|`(?<code>[^`]+)`|\[(?<label>[^\]]+)\]\((?<url>[^)\s]+)\)/g;

function marked(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(MARK)) {
    const { bold, italic, code, label, url } = found.groups;
    nodes.push(withEmoji(text.slice(end, found.index)));
    nodes.push(bold ? el("strong", {}, bold) : italic ? el("em", {}, italic) : code ? el("code", {}, code) : link(url, label));
    end = found.index + found[0].length;
  }
  return [...nodes, withEmoji(text.slice(end))];
}

/** A markdown block: headings, lists, quotes and the usual marks; the rest as text. */
export function markdown(block) {
  const lines = (block.text ?? "").split("\n").map((line) => {
    const heading = line.match(/^#{1,6}\s+(.*)/);
    if (heading) return el("p", {}, el("strong", {}, ...marked(heading[1])));
    const item = line.match(/^\s*[-*]\s+(.*)/);
    if (item) return el("p", { class: "item" }, "• ", ...marked(item[1]));
    const quote = line.match(/^>\s?(.*)/);
    return quote ? el("blockquote", {}, ...marked(quote[1])) : el("p", {}, ...marked(line));
  });
  return el("div", { class: "rich" }, ...lines);
}
