// Modals: the one on top of a person's stack, in a native dialog (which keeps the focus inside and gives it back afterwards).

import { blocksOf } from "./blocks.js";
import { contextFor, does } from "./doing.js";
import { el, keepFocus } from "./dom.js";
import { filledIn } from "./elements.js";
import { textObject, textOf } from "./mrkdwn.js";
import { state } from "./state.js";

let dialog = null;
let opener = null; // the data-focus of what had the focus before the first modal

/** Shows the modal on top, or takes the dialog away when there is none. */
export function drawModal() {
  const stack = state.views.modals;
  const view = stack.at(-1);
  if (!view) return close();
  const print = JSON.stringify([view.id, view.hash, view.errors, stack.length]);
  if (dialog?.dataset.print === print) return undefined;
  const fresh = !dialog;
  if (fresh) open();
  const typed = dialog.dataset.view === view.id ? leftInside() : [];
  const scroll = dialog.dataset.view === view.id ? dialog.querySelector(".modal-body")?.scrollTop : 0;
  const other = dialog.dataset.view !== view.id;
  Object.assign(dialog.dataset, { print, view: view.id });
  keepFocus(dialog, () => dialog.replaceChildren(...contents(view, stack.length)));
  putBack(typed);
  dialog.querySelector(".modal-body").scrollTop = scroll ?? 0;
  if (!dialog.open) dialog.showModal();
  if (other || !dialog.contains(document.activeElement)) firstField()?.focus();
  if (Object.keys(view.errors).length) dialog.querySelector("[aria-invalid=true]")?.focus();
  return undefined;
}

function open() {
  opener = document.activeElement?.dataset?.focus ?? null;
  dialog = el("dialog", { class: "modal", "aria-labelledby": "modal-title" });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault(); // the playground says what is closed, and the app may be told
    does("close_view");
  });
  document.body.append(dialog);
}

function close() {
  if (!dialog) return;
  dialog.close();
  dialog.remove();
  dialog = null;
  (opener && document.querySelector(`[data-focus="${CSS.escape(opener)}"]`) || document.getElementById("composer-text"))?.focus();
}

const firstField = () => dialog.querySelector(".modal-body :is(input, select, textarea)") ?? dialog.querySelector(".modal-body") ?? dialog;

/** What was typed and not told to the playground yet stays where the same input is still there. */
const leftInside = () => [...dialog.querySelectorAll(".modal-body input.text-input, .modal-body textarea")].map((node) => [node.dataset.focus, node.value]);
const putBack = (typed) => typed.forEach(([key, value]) => {
  const node = dialog.querySelector(`[data-focus="${CSS.escape(key ?? "")}"]`);
  if (node && value && node.value !== value && node.getAttribute("role") !== "combobox") node.value = value;
});

function contents(view, depth) {
  const context = contextFor(view.id, { view_id: view.id }, view.state?.values ?? {}, view.errors);
  const body = el("div", { class: "modal-body", tabindex: "0", role: "group", "aria-labelledby": "modal-title" }, ...blocksOf(view.blocks, context));
  const submit = async (event) => {
    event.preventDefault();
    send?.setAttribute("aria-busy", "true");
    await does("submit", { values: filledIn(body), view_id: view.id });
    send?.removeAttribute("aria-busy");
  };
  const send = view.submit ? el("button", { type: "submit", class: "button primary" }, ...textObject(view.submit)) : null;
  const back = depth > 1 ? el("button", { type: "button", class: "plain", "aria-label": "Back", onclick: () => does("close_view") }, "←") : null;
  const foot = el("div", { class: "dialog-foot" }, el("button", { type: "button", class: "button", onclick: () => does("close_view"), dataset: { focus: "modal-close" } }, view.close ? textOf(view.close) : "Close"), send);
  const form = el("form", { novalidate: true, onsubmit: submit },
    el("div", { class: "modal-head" }, back, el("h2", { id: "modal-title" }, ...textObject(view.title)),
      el("button", { type: "button", class: "plain", "aria-label": "Close", onclick: () => does("close_view", { everything: true }) }, "✕")),
    body, foot);
  return [form];
}
