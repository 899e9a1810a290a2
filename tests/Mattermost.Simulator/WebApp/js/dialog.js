// Interactive dialogs: the web app shows the one whose trigger it was told of last, in whichever order the two come. It
// remembers one trigger and one dialog, no more. What stands in the fields and what is sent the stand-in decides, as the
// client of its age does: here it is drawn, and told what was changed.

export class Dialogs {
  #expected = "";
  #offered = null;

  constructor(session) {
    this.session = session;
  }

  expect(trigger) {
    this.#expected = trigger;
    if (this.#offered?.trigger_id === trigger) this.#show(this.#offered);
  }

  offer(request) {
    this.#offered = request;
    if (this.#expected === request.trigger_id) this.#show(request);
  }

  async #show(request) {
    this.#offered = null;
    new Dialog(this.session).show(await this.session.request("/_client/forms", { trigger_id: request.trigger_id }));
  }
}

class Dialog {
  #turn = Promise.resolve();

  constructor(session) {
    this.session = session;
    this.element = document.createElement("dialog");
    this.element.addEventListener("cancel", () => this.#ask("cancel"));
    this.element.addEventListener("close", () => this.element.remove());
  }

  show(screen) {
    this.#draw(screen);
    document.body.append(this.element);
    this.element.showModal();
  }

  #draw(screen) {
    this.screen = screen;
    const { dialog } = screen;
    const form = document.createElement("form");
    form.noValidate = true;
    const title = document.createElement("h2");
    title.textContent = dialog.title;
    const introduction = document.createElement("p");
    introduction.textContent = dialog.introduction_text;
    this.problem = document.createElement("p");
    this.problem.setAttribute("role", "alert");
    this.fields = (dialog.elements ?? []).map((described) => field(described, screen));
    this.told = new Map(this.fields.map((f) => [f.name, f.value()]));
    const send = button(dialog.submit_label || "Submit", "submit");
    const cancel = button("Cancel", "button");
    cancel.addEventListener("click", () => {
      this.#ask("cancel");
      this.element.close();
    });
    form.append(title, introduction, ...this.fields.map((f) => f.element), this.problem, cancel, send);
    form.addEventListener("change", () => this.#inTurn(() => this.#tell()));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#inTurn(async () => {
        if (await this.#tell()) this.#take(await this.#ask("submit"));
      });
    });
    this.element.setAttribute("aria-label", dialog.title);
    this.element.replaceChildren(form);
  }

  /** One thing after the other, as it was done. */
  #inTurn(work) {
    this.#turn = this.#turn.then(work).catch((problem) => (this.problem.textContent = problem.message));
  }

  #ask = (what, body = {}) => this.session.request(`/_client/forms/${this.screen.id}/${what}`, body);

  async #tell() {
    const fresh = this.fields.filter((f) => f.value() !== this.told.get(f.name));
    if (fresh.length === 0) return true;
    for (const f of fresh) this.told.set(f.name, f.value());
    return this.#take(await this.#ask("fill", { values: Object.fromEntries(fresh.map((f) => [f.name, f.value()])) }));
  }

  #take(screen) {
    if (screen.closed) return this.element.close();
    if (JSON.stringify(screen.dialog) !== JSON.stringify(this.screen.dialog)) this.#draw(screen);
    for (const f of this.fields) f.mark(screen.errors[f.name] ?? "");
    this.problem.textContent = screen.error;
    return Object.keys(screen.errors).length === 0;
  }
}

function button(text, type) {
  const element = document.createElement("button");
  element.type = type;
  element.textContent = text;
  return element;
}

function field(described, screen) {
  const element = document.createElement("label");
  const name = document.createElement("span");
  name.textContent = described.display_name;
  const input = inputFor(described, screen);
  input.name = described.name;
  const problem = document.createElement("span");
  problem.className = "field-problem";
  element.append(name, input, problem);
  return {
    name: described.name,
    element,
    value: () => (described.type === "bool" ? input.checked : input.value),
    mark: (text) => (problem.textContent = text),
  };
}

// A list that is asked of somebody is a field to type into: a name, a key, or several of them with commas.
function inputFor({ type, subtype, name, options, multiselect }, { values, texts }) {
  const shown = values[name] ?? "";
  const isList = type === "radio" || (type === "select" && options && !multiselect);
  const input = document.createElement(isList ? "select" : type === "textarea" ? "textarea" : "input");
  if (isList) input.append(...[{ text: "", value: "" }, ...options].map((o) => new Option(o.text, o.value)));
  if (type === "bool") {
    input.type = "checkbox";
    input.checked = shown === true;
  } else {
    if (!isList && type !== "textarea") input.type = subtype === "password" ? "password" : "text";
    input.value = texts[name] ?? (Array.isArray(shown) ? shown.join(",") : shown);
  }
  return input;
}
