// "What can I try?": a few things to do, each with a button that goes to the right place as the right person.

import { h } from "./dom.js";

const key = "playground.guide";

export const steps = [
  { as: "engineer", channel: "escalations", title: "An eligible one", text: "Northern Bank is above the ARR line, so Deployment Engineering takes it at once. Press Acknowledge on the card of ESC-3: it changes for everybody and its thread is told. Type /escalate ack ESC-3 as the lead: you are told who was first." },
  { as: "tam", channel: "escalations", fill: "/escalate new corner sev3 Their upgrade hangs", title: "One under the ARR line", text: "Corner Shop pays exactly 50,000, which is not above the line: it goes to Customer Support, with the reason, and is shown in ~customer-support. The lead can accept it anyway: More… on the card. A Sev 1 or 2 would be taken at once, and handed over." },
  { as: "tam", channel: "escalations", fill: "/escalate", title: "One out of scope", text: "Send /escalate without words: a form asks for everything, and changes with what you choose: Sev 1 makes it short. Choose the category “Expansion, renewal or licence”: it says that it goes to the CSM and TAM, and stands in ~customer-success." },
  { as: "tam", channel: "escalations", fill: "/escalate", title: "One waiting for approval", text: "The form again, with the category “In-product feature”: nothing can start before Product Engineering approves. Press Acknowledge as the engineer, and then Approve as the lead, who is of Product Engineering here, too." },
  { as: "engineer", channel: "escalations", fill: "/escalate tasks ESC-3", title: "A Sev 1: its channel", text: "Nobody can log in at Northern Bank: ESC-3 is a Sev 1, so it has a channel of its own, whose name begins with ESC-3, with the right people, the card pinned, a header and a checklist. Acknowledge it, and check off the first tasks with the buttons below the checklist." },
  { as: "engineer", channel: "escalations", fill: "/escalate update ESC-3", title: "A Sev 1: a status update", text: "The form is filled in from what is known; say when the next one comes as you would say it. It goes to the incident channel and to Town Square, where this team broadcasts, and moves the escalation." },
  { as: "engineer", channel: "escalations", title: "A Sev 1: an hour later", text: "Press +1 h at the bottom left. You are asked for the next update by direct message: snooze it, or write it. The executive joins the channel (the lead plays that part, too). Let it be overdue with +15 min, twice: the channel is reminded, then the DE lead told." },
  { as: "engineer", channel: "escalations", fill: "/escalate state ESC-3 monitoring", title: "A Sev 1: the fix is watched", text: "Move ESC-3 to Monitoring, then press +24 h: you are asked whether it held. Say so, and resolve it." },
  { as: "engineer", channel: "escalations", fill: "/escalate summary ESC-3", title: "A Sev 1: afterwards", text: "It closes once the customer has confirmed. The summary is drafted from the timeline and comes as a file; the retrospective asks three questions. “Next working day” brings the reminders of what is due when." },
  { as: "tam", channel: "escalations", fill: "/escalate engineer request harbour", title: "An assigned engineer: the request", text: "Harbour Logistics is strategic, so it may have a support engineer of its own. The form asks why; the leads are asked by direct message. The lead is all three of them here: one press approves, then names @engineer." },
  { as: "engineer", channel: "escalations", fill: "/escalate checkin plan harbour", title: "An assigned engineer: four weeks", text: "A weekly check-in is proposed inside both people’s hours: /escalate checkin plan harbour shows and moves it. Press +7 days, which lets a week pass in half days: you are asked by direct message. Answer one week, skip one with a reason, leave two unanswered, and the CS lead hears of it." },
  { as: "tam", channel: "escalations", fill: "/escalate engineer request alpine", title: "An assigned engineer: not for everybody", text: "Alpine Hospitals is a prospect: its engineer is internal only. Request one as the TAM, approve as the lead, and look where it shows: /escalate engineer list tells people of ours; a channel shows it only when it is marked with /escalate internal mark and no guest is in it." },
  { as: "tam", channel: "escalations", fill: "/escalate implementation alpine", title: "An implementation: the request", text: "Alpine Hospitals is about to sign: ask that implementation engineers lead the deployment. The lead is IE lead here: score it and press Decide… in the direct message, name the lead as IE; the TAM links the two documents, then Start… opens a channel of its own." },
  { as: "lead", channel: "escalations", fill: "/escalate implementation dates IMP-1", title: "An implementation: to the hand-off", text: "Plan the target date in five weeks, then press +7 days: three weeks before it the TA is pulled in. /escalate implementation complete IMP-1 takes the documentation, and adoption counts from then on." },
  { as: "tam", channel: "escalations", fill: "/escalate service harbour", title: "Work that is agreed first", text: "The statement of work says what is delivered, by whom, in what time. Press “Signed off…” when the customer agrees; the work does not start before. An escalation for a custom solution becomes one with a button." },
  { as: "engineer", channel: "escalations", fill: "/escalate me", title: "What is mine?", text: "Everything that is due, overdue or waits for you, with the command that does it; /escalate me daily 8:30 sends it every working day." },
  { as: "lead", channel: "escalations", fill: "/escalate new alpine sev1 Video calls drop in every ward", title: "One that nobody acknowledges", text: "Alpine has an open one of this category, but a Sev 1 does not wait: it is raised, the engineer on duty is called, and its card offers to merge the two. Then press +15 min at the bottom left, again and again: the engineer, then the DE lead are reminded, round by round, until somebody acknowledges. “Next working day” does the like to the Sev 3." },
  { as: "tam", channel: "escalations", fill: "/escalate new \"Blue Ferry\" sev3 Uploads fail", title: "One that waits for a fact", text: "Nobody has added Blue Ferry, so it waits and says who can. Send /escalate customer add ferry \"Blue Ferry\", then /escalate customer set ferry arr 90000: it goes on by itself." },
  { as: "engineer", channel: "escalations", title: "The plugin's panel", text: "Press the two chevrons above the channel: what is open, mine, of this channel, with the checklist and the moves of each; it follows what happens. Point at a message and press “Escalate this message”: the form has its text and its link. (The chevrons are there once the plugin is built: npm --prefix webapp-stub ci, npm --prefix webapp-stub run package, and start the playground again.)" },
  { as: "tam", channel: "escalations", fill: "/escalate why ESC-2", title: "Why is it there?", text: "The list goes by impact and effort; why tells the place and the neighbours. Change one with /escalate edit ESC-2 impact critical, and find one with /escalate find search." },
  { as: "engineer", channel: "escalations", title: "To the end, and back", text: "Resolve ESC-3 with the button. As the lead press Close: a Sev 1 closes once the customer has confirmed, so you are asked who did. Reopen another one with its button." },
  { as: "engineer", channel: "escalations", title: "React with 👀", text: "Point at a card that nobody has acknowledged and press 👀 above it: that acknowledges too. ✅ asks what solved it. Try it while the sidecar is killed: it looks up what it missed." },
  { as: "tam", channel: "escalations", fill: "/escalate decline ESC-2 Not ours", title: "Not everybody may", text: "Only leads decline: you are told which roles, who has them, and the line that asks one of them for you." },
  { as: "lead", channel: "customer-success", fill: "/escalate asign ESC-2 @tam", title: "Mistype something", text: "You are told what was wrong, and get the right command with everything that you typed." },
  { as: "tam", channel: "town-square", fill: "sev1! harbour The site is down again", title: "Begin a message with sev1!", text: "No command at all: the word raises a Sev 1 and calls who is on duty; its card stands in the channel. Say “sev1! nothern …” with a slip in the name: it is raised all the same, and asks about the name." },
  { as: "lead", channel: "escalations", fill: "/escalate export escalations", title: "What happened?", text: "The export comes as a file by direct message; /escalate timeline ESC-1 tells who did what, when. /escalate help knows everything else." },
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
