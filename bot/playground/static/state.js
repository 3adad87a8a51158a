// What the page knows, in one object, and who is who in it.

export const state = {
  me: "UALICE",
  place: "C1", // the conversation that is shown
  tab: "messages", // or "home", in the app's direct messages
  thread: null, // the ts of the thread that is open
  workspace: null,
  about: { commands: [], shortcuts: [], unfurl_domains: [], buttons: [] },
  messages: [], // of the conversation, as this person sees it
  views: { modals: [], home: null },
  failures: [], // Slack's own words, which are no messages: {at, channel, visible_to, text}
  unread: {}, // by person and channel
  follow: null, // "channel" or "thread" while something that was written there is sent: its end is shown
  seq: 0,
};

/** The person (or bot) with that id. */
export const user = (id) => state.workspace?.users.find((one) => one.id === id);

/** Who acts. */
export const me = () => user(state.me);

/** What a person is called. */
export const nameOf = (id) => user(id)?.real_name ?? id;

/** The app's bot. */
export const bot = () => user(state.workspace?.app.user_id);

/** The app's direct messages with whoever acts. */
export const directId = () => `D${state.me}`;

/** The channel with that id; the direct messages are there even before anything was said in them. */
export function channel(id) {
  const found = state.workspace?.channels.find((one) => one.id === id);
  return found ?? (id === directId() ? { id, kind: "im", members: [state.me], missing: true } : undefined);
}

/** What a channel is called in the sidebar and in links. */
export function channelName(id) {
  const found = state.workspace?.channels.find((one) => one.id === id);
  if (!found || found.kind === "im") return bot()?.real_name ?? "direct message";
  return found.name;
}

/** The people one can act as: all but bots. */
export const people = () => (state.workspace?.users ?? []).filter((one) => !one.is_bot && !one.deleted && one.id !== "USLACKBOT");

/** The conversations of whoever acts, without the direct messages. */
export const channels = () => (state.workspace?.channels ?? []).filter((one) => one.kind !== "im" && one.members.includes(state.me));
