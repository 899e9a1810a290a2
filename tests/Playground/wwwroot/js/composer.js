// Where messages are written: Enter sends, Shift+Enter breaks the line, "/", "@", "~" and ":" complete.

import { h, icon } from "./dom.js";
import { Completion } from "./completion.js";
import { ApiError } from "./api.js";

const longest = 16_383;

export class Composer {
  /** @param {{account: object, channelId: string, rootId?: string, label: string}} where */
  constructor(where) {
    this.where = where;
    this.key = where.rootId || where.channelId;
    this.problem = h("div", { class: "problem composer-problem", role: "alert" });
    this.area = h("textarea", {
      rows: 1, maxlength: longest, placeholder: where.label, "aria-label": where.label,
      value: where.account.drafts.get(this.key) ?? "",
    });
    this.sendButton = h("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send (Enter)" }, icon("send"));
    this.element = h(
      "form",
      { class: "composer", onsubmit: (event) => { event.preventDefault(); this.send(); } },
      this.problem,
      h("div", { class: "composer-box" }, this.area, this.sendButton),
    );
    this.completion = new Completion(this.area, where.account, () => this.changed());
    this.area.addEventListener("input", () => this.changed());
    this.area.addEventListener("keydown", (event) => this.keyDown(event));
    this.changed();
  }

  changed() {
    this.where.account.drafts.set(this.key, this.area.value);
    this.area.style.height = "auto";
    this.area.style.height = `${Math.min(this.area.scrollHeight + 2, 240)}px`;
    this.sendButton.disabled = !this.area.value.trim();
  }

  keyDown(event) {
    if (this.completion.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    }
  }

  /** Puts text in place of what is there, ready to be sent. */
  fill(text) {
    this.area.value = text;
    this.problem.textContent = "";
    this.changed();
    this.area.focus();
    this.area.setSelectionRange(text.length, text.length);
  }

  focus = () => this.area.focus();

  async send() {
    const text = this.area.value;
    if (!text.trim()) return;
    this.problem.textContent = "";
    this.completion.close();
    const { account, channelId, rootId } = this.where;
    this.area.value = "";
    this.changed();
    // As in Mattermost, a leading space sends a text that begins with a slash.
    if (text.startsWith("/")) await this.run(text);
    else await account.posts.send(channelId, rootId, text.trim());
  }

  async run(text) {
    const { account, channelId, rootId } = this.where;
    try {
      const answer = await account.execute(channelId, rootId, text.trim());
      if (answer.goto_location) account.emit("go", answer.goto_location);
    } catch (problem) {
      if (!(problem instanceof ApiError)) throw problem;
      this.problem.textContent = problem.message;
      if (!this.area.value) this.fillKeeping(text);
    }
  }

  fillKeeping(text) {
    const said = this.problem.textContent;
    this.fill(text);
    this.problem.textContent = said;
  }
}
