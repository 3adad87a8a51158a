// The drawer that shows what goes to and fro: Slack's requests to the app with its answers, and the app's calls with Slack's.

import { read } from "./api.js";
import { clockTime } from "./dates.js";
import { byId, el, fill, keyed } from "./dom.js";

const MOST = 120;

/** Fills it; for nothing while it is closed. */
export async function drawInspector() {
  const drawer = byId("inspector");
  if (drawer.hidden) return;
  const [sent, called] = await Promise.all([read("deliveries"), read("calls")]);
  const all = [...sent.deliveries.map((one) => ({ ...one, out: true })), ...called.calls].sort((one, other) => other.seq - one.seq).slice(0, MOST);
  let list = drawer.querySelector("ol");
  if (!list) {
    list = el("ol");
    fill(drawer,
      el("div", { class: "pane-head" }, el("h2", {}, "Inspector"), el("button", { type: "button", class: "plain", "aria-label": "Close the inspector", onclick: toggleInspector }, "✕")),
      el("p", { class: "note" }, "What Slack sends to the app (→) and what the app asks of Slack (←), newest first."),
      el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Requests and answers" }, list));
  }
  keyed(list, all.map((one) => [String(one.seq), "", () => line(one)])); // what is open stays open
}

function line(one) {
  const [sign, name, outcome, parts] = one.out ? delivery(one) : call(one);
  return el("li", {}, el("details", {},
    el("summary", {}, el("span", { class: "sign" }, sign), el("span", { class: "what" }, name), el("span", { class: one.error ? "outcome bad" : "outcome" }, outcome), el("time", {}, clockTime(one.at))),
    ...parts.map(([title, value]) => [el("h3", {}, title), el("pre", { tabindex: "0" }, typeof value === "string" ? value : JSON.stringify(value, null, 2))])));
}

function delivery(one) {
  const { payload } = one;
  const name = payload.command ? `${payload.command} ${payload.text}` : (payload.event?.type ?? `${payload.type}${payload.actions ? ` ${payload.actions[0].action_id}` : ""}`);
  const outcome = one.error ?? `answered in ${Math.max(1, Math.round(one.seconds * 1000))} ms`;
  return ["→", name, outcome, [["Sent to the app", payload], ["Its answer", one.answer ?? "(empty)"]]];
}

const call = (one) => ["←", one.method, one.error ?? "ok", [["Asked by the app", one.args], ["Slack’s answer", one.answer ?? one.error ?? "(forgotten)"]]];

/** Opens or closes it. */
export async function toggleInspector() {
  const [drawer, button] = [byId("inspector"), byId("open-inspector")];
  drawer.hidden = !drawer.hidden;
  button.setAttribute("aria-expanded", String(!drawer.hidden));
  document.body.classList.toggle("inspecting", !drawer.hidden);
  await drawInspector();
  (drawer.hidden ? button : drawer.querySelector("button"))?.focus();
}
