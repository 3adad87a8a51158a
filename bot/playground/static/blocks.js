// Block Kit: each block as an element. `context` says where it is and what using it does:
// {use(block, element, value), suggest(block, element, typed), values: state.values, errors: {block_id: words}, place: a name for focus}.

import { el, freshId } from "./dom.js";
import { elementOf } from "./elements.js";
import { image } from "./media.js";
import { textObject, textOf } from "./mrkdwn.js";
import { markdown, richText } from "./richtext.js";

/** All blocks of a message or a view. */
export const blocksOf = (blocks, context) => (blocks ?? []).map((block) => blockOf(block, context));

function blockOf(block, context) {
  const node = drawn(block, context);
  node.classList.add("block", `block-${block.type}`);
  return node;
}

function drawn(block, context) {
  switch (block.type) {
    case "header": return el("div", { role: "heading", "aria-level": "3" }, ...textObject(block.text));
    case "divider": return el("hr");
    case "section": return section(block, context);
    case "context": return el("div", {}, ...(block.elements ?? []).map((one) => (one.type === "image" ? image(one, "tiny") : el("span", {}, ...textObject(one)))));
    case "actions":
    case "context_actions": return el("div", {}, ...block.elements.map((one) => elementOf(one, block, context)));
    case "input": return input(block, context);
    case "image": return el("figure", {}, block.title ? el("figcaption", {}, ...textObject(block.title)) : null, image(block, "large"));
    case "rich_text": return richText(block);
    case "markdown": return markdown(block);
    default: return el("p", { class: "note" }, `A block of type “${block.type}”, which this page does not draw.`);
  }
}

function section(block, context) {
  const text = el("div", { class: "section-text" });
  if (block.text) text.append(el("div", {}, ...textObject(block.text)));
  if (block.fields) text.append(el("div", { class: "fields" }, ...block.fields.map((field) => el("div", {}, ...textObject(field)))));
  if (!block.accessory) return el("div", {}, text);
  const accessory = block.accessory.type === "image" ? image(block.accessory, "thumb") : elementOf(block.accessory, block, { ...context, about: text.textContent });
  return el("div", { class: "with-accessory" }, text, el("div", { class: "accessory" }, accessory));
}

function input(block, context) {
  const ids = { label: freshId("label"), hint: freshId("hint"), error: freshId("error") };
  const wrong = context.errors?.[block.block_id];
  const described = [block.hint && ids.hint, wrong && ids.error].filter(Boolean).join(" ");
  const label = textOf(block.label);
  const grouped = /^(checkboxes|radio_buttons|multi_)/.test(block.element.type);
  const field = elementOf(block.element, block, { ...context, label, labelledBy: ids.label, describedBy: described, invalid: Boolean(wrong), required: !block.optional });
  return el(
    "div",
    { class: wrong ? "wrong" : null, role: grouped ? "group" : null, "aria-labelledby": grouped ? ids.label : null },
    el("div", { class: "label", id: ids.label }, label, block.optional ? el("span", { class: "note" }, " (optional)") : null),
    field,
    wrong ? el("p", { class: "error", id: ids.error, role: "alert" }, wrong) : null,
    block.hint ? el("p", { class: "note", id: ids.hint }, ...textObject(block.hint)) : null,
  );
}
