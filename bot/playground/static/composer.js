// The box that one writes in: `/` and `@` are completed, Enter sends, Shift+Enter begins a new line.

import { byId, el, fill, freshId } from "./dom.js";
import { does } from "./doing.js";
import { menuButton } from "./menu.js";
import { bot, channel, channelName, directId, nameOf, people, state } from "./state.js";

const INVITE = { command: "/invite", description: "Bring somebody, or the bot, into this channel", usage_hint: "@halo" };
const commands = () => [...state.about.commands, INVITE];

/** A composer. `id` names it, `threadTs()` says which thread it writes to (null: the channel). */
export function makeComposer(holder, id, threadTs) {
  const listId = freshId("completions");
  const box = el("textarea", { id: `${id}-text`, rows: "1", "aria-autocomplete": "list", "aria-controls": listId, autocomplete: "off", dataset: { focus: `${id}-text` } });
  const list = el("ul", { class: "options above", role: "listbox", id: listId, "aria-label": "Completions", hidden: true });
  const hint = el("p", { class: "hint", id: `${id}-hint` });
  let [found, active] = [[], -1];

  const label = () => (threadTs() ? "Reply in thread" : state.place === directId() ? `Message ${nameOf(bot()?.id)}` : `Message #${channelName(state.place)}`);
  const send = el("button", { type: "button", class: "button primary send", onclick: () => submit() }, "Send");
  const shortcuts = el("span", {});
  box.setAttribute("aria-describedby", hint.id);
  fill(holder, list, el("div", { class: "compose-box" }, box, el("div", { class: "compose-foot" }, shortcuts, hint, send)));

  function draw() {
    box.setAttribute("aria-label", label());
    box.placeholder = threadTs() ? "Reply…" : state.place === directId() ? `${label()}: just ask` : `${label()}, or type /`;
    const items = state.about.shortcuts.filter((one) => one.type === "global").map((one) => ({ text: one.name, run: () => does("shortcut", { callback_id: one.callback_id }) }));
    if (items.length && !threadTs() && !shortcuts.childElementCount) fill(shortcuts, menuButton("Shortcuts", "⚡", items, { title: "Shortcuts" }));
    const known = commands().find((one) => box.value.startsWith(`${one.command} `));
    hint.textContent = known ? `${known.command} ${known.usage_hint ?? ""}` : "";
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 2, 160)}px`;
  }

  /** What could be meant by the word before the caret: {from, items: [{insert, text, note}]}. */
  function completions() {
    const before = box.value.slice(0, box.selectionStart);
    if (/^\/\S*$/.test(before)) {
      const items = commands().filter((one) => one.command.startsWith(before)).map((one) => ({ insert: `${one.command} `, text: one.command, note: one.description }));
      return { from: 0, items };
    }
    const at = before.match(/(?:^|\s)@([\w.-]*)$/);
    if (!at) return { from: 0, items: [] };
    const all = [bot(), ...people()].filter(Boolean);
    const fits = all.filter((one) => `${one.name} ${one.real_name}`.toLowerCase().split(/\s/).some((word) => word.startsWith(at[1].toLowerCase())));
    return { from: before.length - at[1].length - 1, items: fits.map((one) => ({ insert: `@${one.name} `, text: `@${one.name}`, note: one.is_bot ? `${one.real_name}, the app` : one.real_name })) };
  }

  function mark(place) {
    active = place;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === place)));
    place >= 0 && list.children[place] ? box.setAttribute("aria-activedescendant", list.children[place].id) : box.removeAttribute("aria-activedescendant");
  }

  function complete() {
    found = completions();
    list.hidden = !found.items.length;
    list.replaceChildren(...found.items.map((item, place) => el("li", { role: "option", id: `${listId}-${place}`, "aria-selected": "false", onpointerdown: (event) => (event.preventDefault(), take(place)) },
      el("strong", {}, item.text), " ", el("span", { class: "note" }, item.note))));
    mark(found.items.length ? 0 : -1);
  }

  /** Whether the completion that is marked stands there already: then Enter sends. */
  const written = () => box.value.slice(found.from, box.selectionStart) === found.items[active]?.insert.trim();

  function take(place) {
    const rest = box.value.slice(box.selectionStart);
    const head = box.value.slice(0, found.from) + found.items[place].insert;
    box.value = head + rest.replace(/^\s/, "");
    box.setSelectionRange(head.length, head.length);
    complete();
    draw();
    box.focus();
  }

  async function submit() {
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    complete();
    draw();
    box.focus(); // before the answer: by then the person may be in it already
    state.follow = threadTs() ? "thread" : "channel";
    await write(text, threadTs());
    state.follow = null;
  }

  box.addEventListener("input", () => { complete(); draw(); });
  box.addEventListener("blur", () => { list.hidden = true; });
  box.addEventListener("keydown", (event) => {
    const open = !list.hidden && found.items.length > 0;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      mark((active + (event.key === "ArrowDown" ? 1 : -1) + found.items.length) % found.items.length);
    } else if (open && (event.key === "Tab" || (event.key === "Enter" && !written())) && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      take(active);
    } else if (open && event.key === "Escape") {
      event.preventDefault();
      list.hidden = true;
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    }
  });
  draw();
  return { draw, focus: () => box.focus() };
}

/** `@name` as the box of Slack composes it. */
function withMentions(text) {
  const all = [bot(), ...people()].filter(Boolean);
  return text.replace(/@([\w.-]+)/g, (written, name) => {
    const one = all.find((who) => who.name.toLowerCase() === name.toLowerCase()) ?? (/^halo(bot)?$/i.test(name) ? bot() : undefined);
    return one ? `<@${one.id}>` : written;
  });
}

function slackSays(text) {
  state.failures.push({ seq: `page-${state.failures.length}`, at: state.workspace.now, channel: state.place, visible_to: state.me, text });
}

/** Sends what was written: a command, a message with a link, or a message. */
async function write(text, thread_ts) {
  const where = { channel: state.place, ...(thread_ts ? { thread_ts } : {}) };
  const [, name, rest] = text.match(/^(\/[a-z][\w-]*)\s*([\s\S]*)$/i) ?? [];
  if (name === INVITE.command) return invite(rest);
  if (name && state.about.commands.some((one) => one.command === name)) return does("command", { command: name, text: rest, ...where });
  if (name) {
    slackSays(`${name} is not a valid command. There is ${commands().map((one) => one.command).join(" and ")}.`);
    return does("now", { user: undefined });
  }
  const composed = withMentions(text);
  const url = (composed.match(/https?:\/\/[^\s<>|]+/g) ?? []).find(unfurls);
  const toBot = state.place === directId() || composed.includes(`<@${bot()?.id}>`);
  if (url && !toBot) return does("share_link", { url, text: composed, ...where });
  const said = await does("say", { text: composed, ...where });
  if (said?.error === "not_in_channel") {
    slackSays(`${nameOf(bot()?.id)} is not in this channel, so it does not hear this. Bring it in with /invite @${bot()?.name}`);
    await does("now", { user: undefined });
  }
  return said;
}

/** Whether the app asked to hear of links to there. */
function unfurls(url) {
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  return state.about.unfurl_domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

async function invite(rest) {
  const id = withMentions(rest.trim()).match(/^<@(\w+)>$/)?.[1];
  if (!id || !channel(state.place)?.name) {
    slackSays(`Say whom: /invite @${bot()?.name}`);
    return does("now", { user: undefined });
  }
  return does("join_channel", { channel: state.place, user: id, inviter: state.me });
}

/** Puts the cursor into the composer of the conversation. */
export const focusComposer = () => byId("composer-text")?.focus();
