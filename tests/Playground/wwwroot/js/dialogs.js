// Interactive dialogs. What stands in the fields, what is asked and what is sent, the stand-in decides, as the client of
// its age does: the page draws what it is told, and tells what its reader does.

import { h, iconButton, uniqueId } from "./dom.js";
import { field } from "./dialog-fields.js";
import { renderInline } from "./markdown-inline.js";
import { renderMarkdown } from "./markdown.js";

/** Shows a dialog that the server asked for. Resolves when it is gone. */
export function openDialog(account, request) {
  return new Promise((resolve) => new OpenDialog(account, resolve).start(request));
}

class OpenDialog {
  constructor(account, done) {
    this.account = account;
    this.done = done;
    this.turn = Promise.resolve();
    this.touched = new Set();
    this.element = h("dialog", { class: "dialog" });
    this.element.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.cancel();
    });
  }

  async start(request) {
    try {
      this.draw(await this.account.api.openForm(request.trigger_id));
    } catch (problem) {
      this.account.emit("problem", `The form can't be shown: ${problem.message}`);
      return this.done();
    }
    document.body.append(this.element);
    this.element.showModal();
    this.focusFirst();
  }

  draw(screen) {
    this.screen = screen;
    const { dialog, app } = screen;
    const titleId = uniqueId("dialog-title");
    this.element.setAttribute("aria-labelledby", titleId);
    this.fields = (dialog.elements ?? []).map((element) => field(this, element)).filter(Boolean);
    this.told = new Map(this.fields.map((f) => [f.name, sign(f)]));
    this.problem = h("div", { class: "problem dialog-problem", role: "alert" });
    this.submitButton = h("button", { type: "submit", class: "button primary" }, dialog.submit_label || "Submit");
    const names = { ...this.account.names, openUser: undefined, openChannel: undefined };
    const introduction = dialog.introduction_text && h("div", { class: "md introduction" }, renderMarkdown(dialog.introduction_text, names));
    const form = h(
      "form",
      { novalidate: true, autocomplete: "off", onsubmit: (event) => this.submit(event) },
      h("header", {}, h("h2", { id: titleId }, dialog.title), iconButton("close", "Close", () => this.cancel())),
      h("div", { class: "dialog-body" }, introduction, this.fields.map((f) => f.element)),
      h("footer", {}, this.problem, [
        h("button", { type: "button", class: "button", onclick: () => this.cancel() }, "Cancel"),
        this.submitButton,
      ]),
    );
    this.element.classList.toggle("app", app);
    this.element.replaceChildren(form);
  }

  focusFirst() {
    (this.fields[0]?.focus ?? (() => this.submitButton.focus()))();
  }

  /** What is asked of the server one after the other, as it was done. */
  inTurn(work) {
    this.turn = this.turn.then(work).catch((problem) => this.say(problem.message));
    return this.turn;
  }

  /** A field was changed: the lists may offer something else now, and the form may be another one. */
  changed(f) {
    this.touched.add(f.name);
    this.inTurn(() => this.tell([f]));
  }

  async tell(fields) {
    const fresh = fields.filter((f) => this.told.get(f.name) !== sign(f));
    if (fresh.length === 0) return true;
    for (const f of fresh) this.told.set(f.name, sign(f));
    const values = Object.fromEntries(fresh.map((f) => [f.name, f.value()]));
    return this.take(await this.account.api.form(this.screen.id, "fill", { values }), fresh);
  }

  /** Draws what the form has become; another form takes the place of this one. Returns whether nothing was refused. */
  take(screen, asked = this.fields) {
    if (JSON.stringify(screen.dialog) !== JSON.stringify(this.screen.dialog)) {
      const focused = this.fields.find((f) => f.element.contains(document.activeElement))?.name;
      this.draw(screen);
      (this.fields.find((f) => f.name === focused) ?? this.fields[0])?.focus();
      return true;
    }
    this.screen = screen;
    this.say(screen.error);
    return !this.mark(screen.errors, asked);
  }

  offers = async (name, typed) => (await this.account.api.form(this.screen.id, "offers", { field: name, typed })).offers;

  async submit(event) {
    event.preventDefault();
    if (this.submitButton.getAttribute("aria-busy") === "true") return;
    this.submitButton.setAttribute("aria-busy", "true");
    await this.inTurn(async () => {
      this.say("");
      const unreadable = Object.fromEntries(this.fields.map((f) => [f.name, f.check?.() ?? ""]));
      if (this.mark(unreadable)) return;
      if (!(await this.tell(this.fields))) return;
      const answer = await this.account.api.form(this.screen.id, "submit", {});
      if (answer.closed) return this.close();
      this.take(answer);
    });
    this.submitButton.removeAttribute("aria-busy");
  }

  /** Shows the errors at their fields and goes to the first. Returns whether any field had one. */
  mark(errors, fields = this.fields) {
    let first = null;
    for (const f of fields) {
      const text = Object.hasOwn(errors, f.name) ? errors[f.name] : "";
      f.mark(this.read(text));
      if (text) first ??= f;
    }
    first?.focus();
    return first !== null;
  }

  /** Errors are read as Markdown where forms are drawn as those of apps. */
  read = (text) => (text && this.screen.app ? renderInline(text, {}) : text);

  say(text) {
    this.problem.replaceChildren(this.read(text ?? "") || "");
  }

  cancel() {
    this.account.api.form(this.screen.id, "cancel", {}).catch(() => {});
    this.close();
  }

  close() {
    this.element.close();
    this.element.remove();
    this.done();
  }
}

const sign = (f) => JSON.stringify(f.value() ?? null);
