// The playground's clock: the buttons that let time pass, for the server and the sidecar alike.

import { h } from "./dom.js";
import { now, setNow } from "./time.js";

const steps = [
  { label: "+15 min", body: { minutes: 15 } },
  { label: "+1 h", body: { minutes: 60 } },
  { label: "+24 h", body: { minutes: 1440 } },
  { label: "+7 days", body: { minutes: 10080 } },
  { label: "Next working day", body: { nextWorkingDay: true } },
];
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
      h("div", { class: "clock-steps" }, steps.map((step) => h("button", { type: "button", class: "button small", onclick: () => this.move(step.body) }, step.label))),
    );
    this.show();
    setInterval(() => this.show(), 5_000);
  }

  show() {
    this.time.textContent = `It is ${shown.format(now())} UTC`;
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
