// "Are you sure?": the confirmation that a button can ask for. A dialog of its own, on top of whatever is open.

import { el, freshId } from "./dom.js";
import { textObject } from "./mrkdwn.js";

/** Asks; true when the person went on. */
export function confirmed(confirm) {
  return new Promise((resolve) => {
    const [title, text] = [freshId("confirm"), freshId("confirm")];
    const answer = (yes) => () => {
      dialog.close();
      dialog.remove();
      resolve(yes);
    };
    const dialog = el(
      "dialog",
      { class: "confirm", "aria-labelledby": title, "aria-describedby": text },
      el("h2", { id: title }, ...(confirm.title ? textObject(confirm.title) : ["Are you sure?"])),
      el("p", { id: text }, ...(confirm.text ? textObject(confirm.text) : [""])),
      el("div", { class: "dialog-foot" },
        el("button", { type: "button", class: "button", onclick: answer(false) }, ...(confirm.deny ? textObject(confirm.deny) : ["Cancel"])),
        el("button", { type: "button", class: `button ${confirm.style === "danger" ? "danger" : "primary"}`, onclick: answer(true) }, ...(confirm.confirm ? textObject(confirm.confirm) : ["Yes"]))),
    );
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      answer(false)();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
