// The playground's endpoints: /control/ for actions and for what can be seen, /page/ for what the page was given.

async function answerOf(response) {
  const body = await response.json();
  if (!body.ok) throw new Error(body.error);
  return body;
}

const post = (path, body) =>
  fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }).then(answerOf);

/** Does what a person does (see ACTIONS in control.py). Throws an Error with a sentence when that is not possible. */
export const act = async (name, given) => (await post(`/control/${name}`, given)).result;

/** Reads transcript, calls, deliveries, workspace, messages or views. */
export const read = (what, query = {}) => fetch(`/control/${what}?${new URLSearchParams(query)}`).then(answerOf);

/** What the app's manifest says of it, and the admin buttons. */
export const about = () => fetch("/page/about").then(answerOf);

/** Presses an admin button; says what happened. */
export const press = async (name) => (await post(`/page/buttons/${name}`, {})).said;
