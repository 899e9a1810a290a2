// Interactive dialogs: the web app shows the one whose trigger it was told of last, in whichever order the two come. It
// remembers one trigger and one dialog, no more.

export class Dialogs {
  #expected = "";
  #offered = null;

  constructor(session, place) {
    this.session = session;
    this.place = place;
  }

  expect(trigger) {
    this.#expected = trigger;
    if (this.#offered?.trigger_id === trigger) this.#show(this.#offered);
  }

  offer(request) {
    this.#offered = request;
    if (this.#expected === request.trigger_id) this.#show(request);
  }

  #show(request) {
    this.#offered = null;
    const { dialog } = request;
    const element = document.createElement("dialog");
    const form = document.createElement("form");
    form.noValidate = true;
    const title = document.createElement("h2");
    title.textContent = dialog.title;
    const problem = document.createElement("p");
    problem.setAttribute("role", "alert");
    const fields = (dialog.elements ?? []).map(field);
    const send = button(dialog.submit_label || "Submit", "submit");
    const cancel = button("Cancel", "button");
    cancel.addEventListener("click", () => element.close());
    element.addEventListener("close", () => element.remove());
    form.append(title, ...fields.map((f) => f.element), problem, cancel, send);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const { errors, error } = await this.#submit(request, fields);
      for (const f of fields) f.mark(errors?.[f.name] ?? "");
      problem.textContent = error ?? "";
      if (!error && !errors) element.close();
    });
    element.setAttribute("aria-label", dialog.title);
    element.append(form);
    document.body.append(element);
    element.showModal();
  }

  #submit(request, fields) {
    const { channel, team } = this.place();
    return this.session.request("/api/v4/actions/dialogs/submit", {
      url: request.url,
      callback_id: request.dialog.callback_id ?? "",
      state: request.dialog.state ?? "",
      channel_id: channel,
      team_id: team,
      submission: Object.fromEntries(fields.map((f) => [f.name, f.value()])),
      cancelled: false,
    });
  }
}

function button(text, type) {
  const element = document.createElement("button");
  element.type = type;
  element.textContent = text;
  return element;
}

function field(described) {
  const element = document.createElement("label");
  const name = document.createElement("span");
  name.textContent = described.display_name;
  const input = inputFor(described);
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

function inputFor({ type, subtype, default: initial, options }) {
  const tag = { textarea: "textarea", select: "select", radio: "select" }[type] ?? "input";
  const input = document.createElement(tag);
  if (tag === "select") {
    input.append(...[{ text: "", value: "" }, ...(options ?? [])].map((o) => new Option(o.text, o.value)));
  }
  if (type === "bool") {
    input.type = "checkbox";
    input.checked = initial === "true";
  } else {
    if (tag === "input") input.type = subtype === "password" ? "password" : "text";
    input.value = initial ?? "";
  }
  return input;
}
