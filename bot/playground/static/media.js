// Images, and the attachments under a message (unfurled links, too).

import { el } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { blocksOf } from "./blocks.js";

/** An image; where it cannot be loaded, its description stands there. */
export const image = (one, size) =>
  /^https?:/.test(one.image_url ?? "") ? el("img", { class: size, src: one.image_url, alt: one.alt_text ?? "" }) : el("span", { class: "note" }, one.alt_text ?? "image");

/** An attachment, with its coloured bar. */
export function attachment(one, context) {
  const inside = one.blocks
    ? blocksOf(one.blocks, context)
    : [one.title ? el("strong", {}, one.title) : null, one.text || one.fallback ? el("div", {}, ...mrkdwn(one.text || one.fallback)) : null];
  const node = el("div", { class: "attachment" }, ...inside);
  if (/^#?[0-9a-f]{6}$/i.test(one.color ?? "")) node.style.borderColor = `#${one.color.replace("#", "")}`;
  return node;
}
