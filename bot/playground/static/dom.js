// Making and finding elements. Text is always set as text: what a message says never becomes markup.

/** An element: `el("button", {class: "x", onclick: f, "aria-label": "y"}, "text", child, null)`. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (value === true) node.setAttribute(name, "");
    else node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** The element with that id. */
export const byId = (id) => document.getElementById(id);

let last = 0;
/** An id that nothing else on the page has. */
export const freshId = (prefix) => `${prefix}-${++last}`;

/** Puts these children into a node in place of what was there. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter(Boolean));
}

/**
 * Brings a list of keyed children up to date: `items` are [key, fingerprint, make]. What has the same fingerprint stays the very same
 * element, so that focus, open menus and a screen reader's place in it survive; new ones are announced by the live region they are in.
 */
export function keyed(parent, items) {
  const before = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const wanted = items.map(([key, fingerprint, make]) => {
    const old = before.get(key);
    if (old && old.dataset.fingerprint === fingerprint) return old;
    const made = make();
    made.dataset.key = key;
    made.dataset.fingerprint = fingerprint;
    if (old) keepFocus(old, () => old.replaceWith(made));
    return made;
  });
  const kept = new Set(wanted);
  for (const child of [...parent.children]) if (!kept.has(child)) child.remove();
  wanted.forEach((node, place) => {
    if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] ?? null);
  });
}

/** Does `change`, and puts the focus back on what has the same data-focus as what had it (inside `scope`) before. */
export function keepFocus(scope, change) {
  const active = document.activeElement;
  const key = scope.contains(active) ? active.dataset?.focus : undefined;
  const place = key && "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null;
  change();
  if (!key || document.activeElement === active) return;
  const again = document.querySelector(`[data-focus="${CSS.escape(key)}"]`);
  again?.focus();
  if (place && place[0] !== null && again?.setSelectionRange) again.setSelectionRange(...place);
}

/** Says something in the status line, for everyone to see and to hear. */
export function announce(text, bad = false) {
  const line = byId("status");
  fill(line, el("span", {}, text), el("button", { type: "button", class: "plain", "aria-label": "Close this note", onclick: () => fill(line) }, "✕"));
  line.classList.toggle("bad", bad);
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => fill(line), 12_000);
}
