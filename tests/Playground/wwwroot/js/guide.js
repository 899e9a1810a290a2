// "What can I try?": a few things to do, each with a button that goes to the right place as the right person.

import { h } from "./dom.js";

const key = "playground.guide";

export const steps = [
  { as: "engineer", channel: "escalations", title: "Acknowledge one", text: "Press Acknowledge on the card of ESC-3. The card changes for everybody and its thread is told. Then press it as the lead: you are told who was first." },
  { as: "tam", channel: "escalations", fill: "/escalate", title: "Raise one with the form", text: "Send /escalate without words: a form asks for everything, and keeps what you typed when something is wrong." },
  { as: "tam", channel: "escalations", fill: "/escalate new \"Harbour Logistics\" sev1 Checkout answers 502 for every user", title: "Raise one in a line", text: "Customer, severity, summary: it is raised at once. Leave the severity out and the form asks for it." },
  { as: "engineer", channel: "escalations", fill: "/escalate list mine", title: "What is mine?", text: "What you own or raised, the worst first. Only you see the answer." },
  { as: "lead", channel: "escalations", fill: "/escalate assign ESC-2 @engineer", title: "Hand one over", text: "By command or by the menu on the card." },
  { as: "lead", channel: "customer-success", fill: "/escalate asign ESC-2 @tam", title: "Mistype something", text: "You are told what was wrong, and get the right command with everything that you typed." },
  { as: "tam", channel: "town-square", fill: "sev1! \"Northern Bank\" The site is down again", title: "Begin a message with sev1!", text: "No command at all: the word raises a Sev 1, with its card in the thread of your message." },
  { as: "lead", channel: "escalations", fill: "/escalate timeline ESC-1", title: "What happened?", text: "Who did what, when. /escalate help knows everything else." },
  { as: "tam", channel: "escalations", restart: true, title: "Pull the plug", text: "Kill the sidecar's process and start it again, then press any button on any card: nothing was lost." },
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
