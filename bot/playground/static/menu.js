// A button that opens a menu: the overflow element, and the menu of a message.

import { el, freshId } from "./dom.js";
import { textOf } from "./mrkdwn.js";

/** `items` are {text, run, url}. Arrow keys, Home, End, Escape and a click elsewhere work as people expect. */
export function menuButton(label, sign, items, props = {}) {
  const id = freshId("menu");
  const button = el("button", { type: "button", class: "plain dots", "aria-label": label, "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": id, ...props }, sign);
  const list = el("div", { class: "menu", role: "menu", id, "aria-label": label, hidden: true });
  list.append(...items.map((item) => {
    const entry = item.url
      ? el("a", { role: "menuitem", tabindex: "-1", href: item.url, target: "_blank", rel: "noopener noreferrer" }, item.text)
      : el("button", { type: "button", role: "menuitem", tabindex: "-1" }, item.text);
    entry.addEventListener("click", () => {
      show(false);
      button.focus();
      item.run(button);
    });
    return entry;
  }));
  const outside = (event) => list.contains(event.target) || button.contains(event.target) || show(false);
  function show(open) {
    list.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    document[open ? "addEventListener" : "removeEventListener"]("pointerdown", outside);
    if (open) list.firstElementChild?.focus();
  }
  button.addEventListener("click", () => show(list.hidden));
  button.addEventListener("keydown", (event) => event.key === "ArrowDown" && (event.preventDefault(), show(true)));
  list.addEventListener("keydown", (event) => {
    const all = [...list.children];
    const here = all.indexOf(document.activeElement);
    const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      all[(next + all.length) % all.length].focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      show(false);
      button.focus();
    } else if (event.key === "Tab") {
      show(false);
    }
  });
  return el("span", { class: "menu-holder" }, button, list);
}

/** The overflow element; picking an option calls `pick(node, value)`. */
export const overflow = (element, pick, focus, about = "") =>
  menuButton(about ? `More actions for ${about.slice(0, 80)}` : "More actions", "⋯", element.options.map((option) => ({
    text: textOf(option.text), url: /^https?:/i.test(option.url ?? "") ? option.url : null, run: (node) => pick(node, option.value),
  })), { dataset: { focus, action: element.action_id } });
