// An external select: one types, the app is asked, its options can be picked. The pattern is WAI-ARIA's combobox with a list.

import { el, freshId } from "./dom.js";
import { textOf } from "./mrkdwn.js";

const PAUSE = 120; // milliseconds without a key before the app is asked, as Slack waits too
const LEAST = 3; // Slack's min_query_length where the app names none

/** `now` is what is chosen; `ways`: {suggest(typed) -> options, pick(node, value)}. */
export function combobox(element, now, props, ways) {
  const id = freshId("options");
  const least = element.min_query_length ?? LEAST;
  const chosen = now.selected_option ? textOf(now.selected_option.text) : "";
  const box = el("input", {
    type: "text", class: "text-input", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder: chosen || element.placeholder?.text || "Type to search",
    "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": id, autofocus: element.focus_on_load, ...props,
  });
  const list = el("ul", { class: "options", role: "listbox", id, "aria-label": "Suggestions", hidden: true });
  let [options, active, asked, timer] = [[], -1, 0, 0];

  function show(open) {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) mark(-1);
  }

  function mark(place) {
    active = place;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === place)));
    const item = place >= 0 ? list.children[place] : null;
    item ? box.setAttribute("aria-activedescendant", item.id) : box.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  function draw() {
    const items = options.map((option, place) => el("li", { role: "option", id: `${id}-${place}`, "aria-selected": "false", onpointerdown: (event) => (event.preventDefault(), pick(place)) },
      el("span", {}, textOf(option.text)), option.description ? el("span", { class: "note" }, textOf(option.description)) : null));
    list.replaceChildren(...(items.length ? items : [el("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "No results")]));
    show(true);
    if (options.length) mark(0);
  }

  async function ask() {
    const typed = box.value.trim();
    if (typed.length < least) return show(false);
    const turn = ++asked;
    const found = await ways.suggest(typed);
    if (turn !== asked || document.activeElement !== box) return undefined; // a later key was faster
    options = found;
    return draw();
  }

  function pick(place) {
    const option = options[place];
    if (!option) return;
    asked += 1;
    clearTimeout(timer);
    show(false);
    box.value = "";
    box.placeholder = textOf(option.text);
    ways.pick(box, option.value);
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("blur", () => show(false));
  if (least === 0) box.addEventListener("focus", ask);
  box.addEventListener("keydown", (event) => {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) {
      event.preventDefault();
      if (list.hidden) ask();
      else if (options.length) mark((active + moves[event.key] + options.length) % options.length);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      pick(active);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      show(false);
    }
  });
  return el("div", { class: "combo" }, box, list);
}
