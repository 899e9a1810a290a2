// Interactive dialogs. Refused ones keep what was typed: only a successful submission, Cancel or Esc closes them.

import { h, iconButton, uniqueId } from "./dom.js";
import { field } from "./dialog-fields.js";
import { renderMarkdown } from "./markdown.js";

/** Shows a dialog that the server asked for. Resolves when it is gone. */
export function openDialog(account, request) {
  return new Promise((resolve) => new OpenDialog(account, request, resolve).show());
}

class OpenDialog {
  constructor(account, request, done) {
    this.account = account;
    this.url = request.url;
    this.done = done;
    this.channel = account.viewing ?? "";
    this.element = h("dialog", { class: "dialog" });
    this.element.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.cancel();
    });
    this.draw(request.dialog);
  }

  show() {
    document.body.append(this.element);
    this.element.showModal();
    this.focusFirst();
  }

  draw(dialog) {
    this.dialog = dialog;
    const titleId = uniqueId("dialog-title");
    this.element.setAttribute("aria-labelledby", titleId);
    this.fields = (dialog.elements ?? []).map((element) => field(this.account, element));
    this.problem = h("div", { class: "problem dialog-problem", role: "alert" });
    this.submitButton = h("button", { type: "submit", class: "button primary" }, dialog.submit_label || "Submit");
    const names = { ...this.account.names, openUser: undefined, openChannel: undefined };
    const introduction = dialog.introduction_text && h("div", { class: "md introduction" }, renderMarkdown(dialog.introduction_text, names));
    const body = h("div", { class: "dialog-body" }, introduction, this.fields.map((f) => f.element));
    const form = h(
      "form",
      { novalidate: true, autocomplete: "off", onsubmit: (event) => this.submit(event) },
      h("header", {}, h("h2", { id: titleId }, dialog.title), iconButton("close", "Close", () => this.cancel())),
      body,
      h("footer", {}, this.problem, [
        h("button", { type: "button", class: "button", onclick: () => this.cancel() }, "Cancel"),
        this.submitButton,
      ]),
    );
    this.element.replaceChildren(form);
  }

  focusFirst() {
    (this.fields[0]?.focus ?? (() => this.submitButton.focus()))();
  }

  async submit(event) {
    event.preventDefault();
    if (this.submitButton.getAttribute("aria-busy") === "true") return;
    this.problem.textContent = "";
    const errors = {};
    for (const f of this.fields) {
      const error = f.check();
      if (error) errors[f.name] = error;
    }
    if (this.mark(errors)) return;
    const submission = {};
    for (const f of this.fields) {
      const value = f.value();
      if (value !== null && value !== undefined) submission[f.name] = value;
    }
    this.submitButton.setAttribute("aria-busy", "true");
    await this.send(submission);
    this.submitButton.removeAttribute("aria-busy");
  }

  async send(submission) {
    let answer;
    try {
      answer = (await this.deliver(submission, false)) ?? {};
    } catch (problem) {
      this.problem.textContent = problem.message;
      return;
    }
    if (answer.type === "form" && answer.form) {
      this.draw(answer.form);
      this.focusFirst();
      return;
    }
    this.problem.textContent = answer.error ?? "";
    const marked = this.mark(answer.errors ?? {});
    // As in Mattermost: errors for fields that the dialog does not have do not keep it open.
    if (!marked && !answer.error) this.close();
  }

  deliver(submission, cancelled) {
    return this.account.api.submitDialog({
      url: this.url,
      callback_id: this.dialog.callback_id ?? "",
      state: this.dialog.state ?? "",
      channel_id: this.channel,
      team_id: this.account.team.id,
      submission,
      cancelled,
    });
  }

  /** Shows the errors at their fields and goes to the first. Returns whether any field had one. */
  mark(errors) {
    let first = null;
    for (const f of this.fields) {
      const text = Object.hasOwn(errors, f.name) ? errors[f.name] : "";
      f.mark(text);
      if (text) first ??= f;
    }
    first?.focus();
    return first !== null;
  }

  cancel() {
    if (this.dialog.notify_on_cancel) this.deliver({}, true).catch(() => {});
    this.close();
  }

  close() {
    this.element.close();
    this.element.remove();
    this.done();
  }
}
