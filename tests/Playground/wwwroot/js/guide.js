// "What can I try?": a few things to do, each with a button that goes to the right place as the right person.

import { h } from "./dom.js";

const key = "playground.guide";

export const steps = [
  { as: "tam", channel: "escalations", fill: "/escalate", title: "File an escalation", text: "Send /escalate without words: a dialog asks for everything, and keeps what you typed when something is missing." },
  { as: "tam", channel: "escalations", fill: "/escalate new abc Checkout answers 502 for every user", title: "File one faster", text: "Words after “new” fill the dialog in." },
  { as: "engineer", channel: "escalations", title: "Acknowledge it", text: "As the engineer, press Acknowledge on the card. The card changes for everybody; press it twice and you are told who was first." },
  { as: "engineer", channel: "escalations", title: "Answer with a reaction", text: "👀 on a card acknowledges, ✅ resolves. Point at the card to see them." },
  { as: "engineer", channel: "escalations", fill: "/escalate list mine", title: "What is mine?", text: "Your open escalations in the order of their priority. Only you see the answer." },
  { as: "lead", channel: "customer-success", fill: "/escalate help", title: "What else is there?", text: "Help knows every command. Or mistype one and see what you are told." },
  { as: "tam", channel: "escalations", restart: true, title: "Pull the plug", text: "Kill the sidecar and start it again, then press any button on any card: nothing was lost." },
];

const load = () => JSON.parse(localStorage.getItem(key) ?? '{"open":null,"done":[]}');
const save = (change) => localStorage.setItem(key, JSON.stringify({ ...load(), ...change }));

/** Whether the guide was open when the page was last left; null for a first visit. */
export const guideWasOpen = () => load().open;
export const rememberGuide = (open) => save({ open });

export function guide(app) {
  const done = new Set(load().done);
  const items = steps.map((step, i) => stepElement(app, step, i, done));
  return h("div", { class: "guide" }, [
    h("p", { class: "soft" }, "Three accounts are logged in: switch between them at the top left, or open a second window with ", h("code", {}, "?as=engineer"), "."),
    h("ol", {}, items),
  ]);
}

function stepElement(app, step, i, done) {
  const box = h("input", { type: "checkbox", checked: done.has(i), "aria-label": `Done: ${step.title}` });
  box.addEventListener("change", () => {
    if (box.checked) done.add(i);
    else done.delete(i);
    save({ done: [...done] });
  });
  const label = step.restart ? "Kill and restart the sidecar" : step.fill ? `Type it as ${step.as}` : `Go there as ${step.as}`;
  const go = h("button", { type: "button", class: "button small", onclick: () => (step.restart ? app.restartSidecar() : app.play(step)) }, label);
  return h("li", {}, box, h("div", {}, h("strong", {}, step.title), h("p", {}, step.text), step.fill && h("code", { class: "command" }, step.fill), go));
}
