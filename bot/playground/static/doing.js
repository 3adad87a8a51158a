// What a person does, with what follows: the page is drawn anew, and what is not possible is said.

import { act } from "./api.js";
import { announce } from "./dom.js";
import { state } from "./state.js";

let refresh = async () => {};
/** Who draws the page anew after an action. */
export const afterwards = (function_) => { refresh = function_; };

/** Does an action as whoever acts. Returns its result, or null when it was not possible. */
export async function does(name, given = {}) {
  try {
    const result = await act(name, { user: state.me, ...given });
    for (const shown of result?.shown ?? []) if (shown.kind === "failure" && !shown.channel) announce(shown.text, true);
    return result;
  } catch (error) {
    announce(error.message, true);
    return null;
  } finally {
    await refresh();
  }
}

/** What blocks in a place need: how their elements are used. `where` is {channel, ts} or {view_id}. */
export const contextFor = (place, where, values = {}, errors = {}) => ({
  place, values, errors,
  use: (block, element, value, entered = true) => does("click", { action_id: element.action_id, block_id: block.block_id, value: value ?? null, entered, ...where }),
  suggest: async (block, element, query) => (await does("suggest", { action_id: element.action_id, block_id: block.block_id, query, ...where }))?.options ?? [],
});
