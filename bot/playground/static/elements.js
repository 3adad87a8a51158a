// The elements that a person can use: buttons, menus, inputs. Each knows its place (`data-focus`), so that focus survives a redraw.

import { combobox } from "./combobox.js";
import { confirmed } from "./confirm.js";
import { el, freshId } from "./dom.js";
import { overflow } from "./menu.js";
import { textObject, textOf } from "./mrkdwn.js";
import { channels, people } from "./state.js";

/** A plain_text object's own words. */
const rawText = (object) => object?.text ?? "";
const focusKey = (element, block, context) => `${context.place}/${block.block_id}/${element.action_id}`;
const held = (element, block, context) => context.values?.[block.block_id]?.[element.action_id] ?? {};

/** What every input has in common: its name for screen readers, its key, what is wrong with it. */
const common = (element, block, context, name) => ({
  "aria-labelledby": context.labelledBy, "aria-label": context.labelledBy ? null : name, "aria-describedby": context.describedBy || null,
  "aria-invalid": context.invalid ? "true" : null, "aria-required": context.labelledBy && context.required ? "true" : null,
  dataset: { focus: focusKey(element, block, context), block: block.block_id, action: element.action_id, kind: element.type },
});

/** Uses an element, after Slack's confirmation where it wants one. */
async function use(node, element, block, context, value, entered = true) {
  if (element.confirm && !(await confirmed(element.confirm))) return false;
  node.setAttribute("aria-busy", "true");
  try {
    await context.use(block, element, value, entered);
  } finally {
    node.removeAttribute("aria-busy");
  }
  return true;
}

function button(element, block, context) {
  const props = {
    class: ["button", element.style].filter(Boolean).join(" "), "aria-label": element.accessibility_label || null,
    dataset: { focus: focusKey(element, block, context), action: element.action_id, block: block.block_id },
  };
  if (element.url && /^https?:/i.test(element.url)) {
    const go = el("a", { ...props, href: element.url, target: "_blank", rel: "noopener noreferrer" }, ...textObject(element.text));
    go.addEventListener("click", () => use(go, element, block, context));
    return go;
  }
  const press = el("button", { ...props, type: "button" }, ...textObject(element.text));
  press.addEventListener("click", () => press.getAttribute("aria-busy") || use(press, element, block, context, element.value));
  return press;
}

/** A native select: it is what keyboards, screen readers and phones know best. `choices` are {value, text} or {label, choices}. */
function select(element, block, context, choices, chosen) {
  const name = rawText(element.placeholder) || "Choose";
  const option = ({ value, text }) => {
    const made = el("option", { value }, text);
    made.selected = value === chosen;
    return made;
  };
  const node = el("select", { class: "select", ...common(element, block, context, name) }, el("option", { value: "" }, name),
    ...choices.map((one) => (one.choices ? el("optgroup", { label: one.label }, ...one.choices.map(option)) : option(one))));
  if (!chosen) node.value = "";
  node.addEventListener("change", async () => {
    const done = await use(node, element, block, context, node.value || null);
    if (!done) node.value = chosen ?? "";
  });
  return node;
}

const optionChoice = (option) => ({ value: option.value, text: textOf(option.text) });
const optionChoices = (element) =>
  element.option_groups
    ? element.option_groups.map((group) => ({ label: textOf(group.label), choices: group.options.map(optionChoice) }))
    : (element.options ?? []).map(optionChoice);
const channelChoices = () => channels().map((one) => ({ value: one.id, text: `#${one.name}` }));
const peopleChoices = () => people().map((one) => ({ value: one.id, text: one.real_name }));

/** Several of many: boxes to tick in a list that scrolls. */
function boxes(element, block, context, choices, chosen, kind = "checkbox") {
  const name = freshId("choice");
  const flat = choices.flatMap((one) => one.choices ?? [one]);
  const node = el("div", { class: flat.length > 6 ? "boxes long" : "boxes", role: kind === "radio" ? "radiogroup" : null, "aria-labelledby": kind === "radio" ? context.labelledBy : null });
  node.append(...flat.map(({ value, text, description }) => {
    const box = el("input", {
      type: kind, name, value,
      dataset: { focus: `${focusKey(element, block, context)}/${value}`, block: block.block_id, action: element.action_id, kind: element.type },
    });
    box.checked = chosen.includes(value);
    return el("label", { class: "box" }, box, el("span", {}, text, description ? el("span", { class: "note" }, description) : null));
  }));
  node.addEventListener("change", () => {
    const ticked = [...node.querySelectorAll("input:checked")].map((box) => box.value);
    use(node, element, block, context, kind === "radio" ? ticked[0] : ticked);
  });
  return node;
}

function textInput(element, block, context, type) {
  const now = held(element, block, context);
  const value = now.value ?? now.selected_date ?? now.selected_time ?? "";
  const props = {
    class: "text-input", type: element.multiline ? null : type, placeholder: rawText(element.placeholder) || null, maxlength: element.max_length ?? null,
    min: element.min_value ?? null, max: element.max_value ?? null, step: type === "number" && element.is_decimal_allowed ? "any" : null, rows: element.multiline ? "4" : null,
    autofocus: element.focus_on_load, ...common(element, block, context, rawText(element.placeholder) || "Text"),
  };
  const node = el(element.multiline ? "textarea" : "input", props);
  node.value = value;
  if (element.type !== "plain_text_input") {
    node.addEventListener("change", () => use(node, element, block, context, node.value || null));
    return node;
  }
  // A text is kept when it is left; the app hears of it when Enter is pressed, where its block dispatches, or as it is
  // typed, where its element says so: as in Slack, not of each character of a word that is typed at once.
  let told = node.value;
  const follows = block.dispatch_action && element.dispatch_action_config?.trigger_actions_on?.includes("on_character_entered");
  const tell = () => {
    if (node.value === told || !node.isConnected) return;
    told = node.value;
    context.use(block, element, node.value || null, false);
  };
  if (follows) node.addEventListener("input", () => { clearTimeout(node.resting); node.resting = setTimeout(tell, 300); });
  node.addEventListener("change", () => (follows ? tell() : use(node, element, block, context, node.value || null, false)));
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !block.dispatch_action || element.multiline) return;
    event.preventDefault();
    use(node, element, block, context, node.value || null);
  });
  return node;
}

const described = (option) => ({ ...optionChoice(option), text: el("span", {}, ...textObject(option.text)), description: option.description ? textOf(option.description) : "" });

/** Any element of an actions block, an accessory or an input. */
export function elementOf(element, block, context) {
  const now = held(element, block, context);
  switch (element.type) {
    case "button": return button(element, block, context);
    case "overflow": return overflow(element, (node, value) => use(node, element, block, context, value), focusKey(element, block, context), context.about);
    case "static_select": return select(element, block, context, optionChoices(element), now.selected_option?.value);
    case "multi_static_select": return boxes(element, block, context, optionChoices(element), (now.selected_options ?? []).map((one) => one.value));
    case "external_select":
    case "multi_external_select": return combobox(element, now, common(element, block, context, rawText(element.placeholder) || "Search"), {
      suggest: (typed) => context.suggest(block, element, typed), pick: (node, value) => use(node, element, block, context, value),
    });
    case "users_select": return select(element, block, context, peopleChoices(), now.selected_user);
    case "multi_users_select": return boxes(element, block, context, peopleChoices(), now.selected_users ?? []);
    case "channels_select": return select(element, block, context, channelChoices(), now.selected_channel);
    case "multi_channels_select": return boxes(element, block, context, channelChoices(), now.selected_channels ?? []);
    case "conversations_select": return select(element, block, context, channelChoices(), now.selected_conversation);
    case "multi_conversations_select": return boxes(element, block, context, channelChoices(), now.selected_conversations ?? []);
    case "checkboxes": return boxes(element, block, context, element.options.map(described), (now.selected_options ?? []).map((one) => one.value));
    case "radio_buttons": return boxes(element, block, context, element.options.map(described), [now.selected_option?.value], "radio");
    case "datepicker": return textInput(element, block, context, "date");
    case "timepicker": return textInput(element, block, context, "time");
    case "plain_text_input": return textInput(element, block, context, "text");
    case "email_text_input": return textInput(element, block, context, "email");
    case "url_text_input": return textInput(element, block, context, "url");
    case "number_input": return textInput(element, block, context, "number");
    default: return el("span", { class: "note" }, `“${element.type}”, which this page does not draw`);
  }
}

/** What is filled in inside `scope`, by block: what a submission sends. */
export function filledIn(scope) {
  const values = {};
  for (const node of scope.querySelectorAll("[data-block][data-kind]")) {
    const { block, kind } = node.dataset;
    if (kind === "checkboxes" || kind.startsWith("multi_")) {
      if (node.type !== "checkbox") continue;
      values[block] ??= [];
      if (node.checked) values[block].push(node.value);
    } else if (kind === "radio_buttons") {
      if (node.checked) values[block] = node.value;
    } else if (kind !== "external_select") {
      values[block] = node.value || null;
    }
  }
  return values;
}
