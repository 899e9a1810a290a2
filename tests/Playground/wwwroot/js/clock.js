// The playground's clock: the buttons that let time pass, for the server and the sidecar alike.

import { h } from "./dom.js";
import { now, setNow } from "./time.js";

const steps = [
  { label: "+15 min", body: { minutes: 15 } },
  { label: "+1 h", body: { minutes: 60 } },
  { label: "+24 h", body: { minutes: 1440 } },
  // A week in one leap would look like a week of downtime, which is caught up with and not played.
  { label: "+7 days", body: { minutes: 720 }, times: 14 },
  { label: "Next working day", body: { nextWorkingDay: true } },
];
// In milliseconds: long enough for the sidecar to do what has fallen due.
const pause = 1_200;
// How often it is asked what another window did to the time.
const every = 2_000;
const shown = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: "UTC" });

export class Clock {
  constructor(app) {
    this.app = app;
    setNow(app.setup.now);
    this.time = h("span", { role: "status", class: "clock-time" });
    this.element = h(
      "div",
      { class: "clock", role: "group", "aria-label": "Clock" },
      this.time,
      h("div", { class: "clock-steps" }, steps.map((step) => h("button", { type: "button", class: "button small", onclick: (event) => this.run(step, event.currentTarget) }, step.label))),
    );
    this.show();
    setInterval(() => this.follow(), every);
  }

  /** Another window may have let time pass. */
  async follow() {
    try {
      const response = await fetch("/playground/clock");
      if (response.ok) setNow((await response.json()).now);
    } catch {
      // The playground is away; this clock goes on by itself.
    }
    this.show();
  }

  show() {
    this.time.textContent = `It is ${shown.format(now())} UTC`;
  }

  async run(step, button) {
    button.disabled = true;
    try {
      for (let left = step.times ?? 1; left > 0; left--) {
        await this.move(step.body);
        if (left > 1) await new Promise((done) => setTimeout(done, pause));
      }
    } finally {
      button.disabled = false;
    }
  }

  async move(body) {
    const response = await fetch("/playground/clock", { method: "POST", headers: { "X-Playground": "1", "Content-Type": "application/json" }, body: JSON.stringify(body) });
    if (!response.ok) {
      this.app.problem("The clock did not move.");
      return;
    }
    setNow((await response.json()).now);
    this.show();
  }
}
