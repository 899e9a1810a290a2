// The fields of a dialog. Each gives its element and what stands in it; what of it is sent, and in which form, is
// decided where the form is.

import { h, iconButton, uniqueId } from "./dom.js";
import { renderInline } from "./markdown-inline.js";
import { picker } from "./picker.js";
import { channelSource, optionSource, userSource } from "./sources.js";

const defaultLength = { text: 150, textarea: 3000 };
const newer = ["date", "datetime"];
const inputTypes = ["email", "number", "tel", "url", "password"];

/**
 * @param form The dialog: what is shown, and whom to tell of changes.
 * @returns {{name: string, element: HTMLElement, value: () => any, check?: () => string, mark: (error: any) => void, focus: () => void} | null}
 *   null for what this age's client does not draw.
 */
export function field(form, element) {
  if (!form.screen.app && (!makers[element.type] || newer.includes(element.type))) return null;
  const ids = { input: uniqueId("field"), label: uniqueId("label"), help: uniqueId("help"), error: uniqueId("error") };
  const make = makers[element.type] ?? unknown;
  const shown = form.screen.values[element.name] ?? null;
  const own = make(form, element, ids, shown, () => form.changed(result));
  const error = h("div", { class: "problem field-error", id: ids.error, role: "alert" });
  const help = element.help_text && h("div", { class: "help", id: ids.help }, renderInline(element.help_text, {}));
  const mark = h("span", { class: element.optional ? "soft" : "problem" }, element.optional ? " (optional)" : " *");
  const labelTag = own.group ? "div" : "label";
  const label = h(labelTag, { class: "label", id: ids.label, for: own.group ? null : ids.input }, element.display_name, mark);
  const wrapper = h(
    "div",
    { class: `form-field ${element.type}`, role: own.group, "aria-labelledby": own.group ? ids.label : null },
    h("div", { class: "label-row" }, label, own.counter),
    own.element,
    help,
    error,
  );
  const result = {
    name: element.name,
    element: wrapper,
    value: own.value,
    check: own.check,
    mark(text) {
      error.replaceChildren(text || "");
      wrapper.classList.toggle("invalid", Boolean(text));
      own.input?.setAttribute("aria-invalid", String(Boolean(text)));
    },
    focus: () => own.input?.focus(),
  };
  return result;
}

const described = (element, ids) => (element.help_text ? `${ids.help} ${ids.error}` : ids.error);

function text(form, element, ids, shown, changed) {
  const max = element.max_length || defaultLength[element.type];
  const long = element.type === "textarea";
  const input = h(long ? "textarea" : "input", {
    id: ids.input, maxlength: max, placeholder: element.placeholder || null, value: shown ?? "",
    rows: long ? 5 : null, type: long ? null : inputTypes.includes(element.subtype) ? element.subtype : "text",
    "aria-describedby": described(element, ids), "aria-required": element.optional ? null : "true",
    step: element.subtype === "number" ? "any" : null, name: element.name,
  });
  const counter = h("span", { class: "counter soft", "aria-hidden": "true" });
  const count = () => {
    counter.textContent = `${[...input.value].length} / ${max}`;
    counter.classList.toggle("near", input.value.length > max * 0.9);
    counter.hidden = !long && input.value.length < max * 0.7;
  };
  input.addEventListener("input", count);
  input.addEventListener("change", changed);
  count();
  // What is no number at all the browser does not even tell.
  const check = () => (element.subtype === "number" && input.validity.badInput ? "Must be a number." : "");
  return { element: input, input, counter, value: () => input.value || null, check };
}

function select(form, element, ids, shown, changed) {
  if (element.multiselect) return (element.options ? many : several)(form, element, ids, shown, changed);
  const initial = shown === null ? null : { value: shown, text: textOf(form, element, shown) };
  let chosen = shown;
  const box = picker({
    id: ids.input,
    label: element.display_name,
    placeholder: element.placeholder || "Search or choose…",
    source: sourceOf(form, element),
    initial,
    required: !element.optional,
    clearable: true,
    closesWithForm: form.screen.app,
    describedBy: described(element, ids),
    choose: (option) => {
      chosen = option?.value ?? null;
      changed();
    },
  });
  return { element: box, input: box.querySelector("input"), value: () => chosen };
}

function sourceOf(form, element) {
  if (element.data_source === "users") return userSource(form.account);
  if (element.data_source === "channels") return channelSource(form.account);
  if (element.data_source === "dynamic" && form.screen.app) return (term) => form.offers(element.name, term.trim());
  return optionSource(element.options ?? []);
}

function textOf(form, element, value) {
  const { usersById, channels } = form.account;
  if (element.data_source === "users") return usersById.get(value)?.username ?? value;
  if (element.data_source === "channels") return channels.get(value) ? channels.title(channels.get(value)) : value;
  if (element.data_source === "dynamic") return form.screen.texts[element.name] ?? value;
  return (element.options ?? []).find((o) => o.value === value)?.text ?? value;
}

/** Several people or channels: each that is chosen stands before the list, and can be taken out. */
function several(form, element, ids, shown, changed) {
  const chosen = new Map((shown ?? []).map((value) => [value, textOf(form, element, value)]));
  const chips = h("span", { class: "chips" });
  const draw = () => chips.replaceChildren(...[...chosen].map(([value, name]) =>
    h("span", { class: "chip" }, name, iconButton("close", `Take out ${name}`, () => {
      chosen.delete(value);
      redraw();
    }))));
  const redraw = () => {
    draw();
    changed();
  };
  const box = picker({
    id: ids.input,
    label: element.display_name,
    placeholder: element.placeholder || "Search or choose…",
    source: sourceOf(form, element),
    required: !element.optional,
    takesMany: true,
    closesWithForm: form.screen.app,
    describedBy: described(element, ids),
    choose: (option) => {
      chosen.set(option.value, option.text);
      redraw();
    },
  });
  draw();
  return { element: h("div", { class: "several" }, chips, box), input: box.querySelector("input"), value: () => [...chosen.keys()] };
}

function many(form, element, ids, shown, changed) {
  const chosen = new Set(shown ?? []);
  const boxes = (element.options ?? []).map((option) => {
    const box = h("input", { type: "checkbox", value: option.value, checked: chosen.has(option.value), onchange: changed });
    return h("label", { class: "choice" }, box, option.text);
  });
  const group = h("div", { class: "choices", id: ids.input }, boxes);
  const value = () => [...group.querySelectorAll("input:checked")].map((box) => box.value);
  return { element: group, group: "group", input: group.querySelector("input"), value };
}

// A preset is sent, but where forms are drawn as those of apps no circle is filled before somebody chooses.
function radio(form, element, ids, shown, changed) {
  const isFilled = !form.screen.app || form.touched.has(element.name);
  let chosen = shown;
  const choices = (element.options ?? []).map((option) => {
    const onchange = () => {
      chosen = option.value;
      changed();
    };
    const input = h("input", { type: "radio", name: ids.input, value: option.value, checked: isFilled && option.value === shown, onchange });
    return h("label", { class: "choice" }, input, option.text);
  });
  const group = h("div", { class: "choices", id: ids.input }, choices);
  return { element: group, group: "radiogroup", input: group.querySelector("input"), value: () => chosen };
}

function bool(form, element, ids, shown, changed) {
  const input = h("input", {
    type: "checkbox", id: ids.input, name: element.name, checked: shown === true, onchange: changed,
    "aria-describedby": described(element, ids),
  });
  const choice = h("label", { class: "choice" }, input, element.placeholder || "Yes");
  return { element: choice, input, value: () => input.checked };
}

function date(form, element, ids, shown, changed) {
  const withTime = element.type === "datetime";
  const input = h("input", {
    id: ids.input, type: withTime ? "datetime-local" : "date", name: element.name, onchange: changed,
    value: withTime ? localTime(shown) : (shown ?? ""), "aria-describedby": described(element, ids),
  });
  const value = () => {
    if (!input.value) return null;
    return withTime ? new Date(input.value).toISOString().replace(/\.\d+Z$/, "Z") : input.value;
  };
  return { element: input, input, value };
}

function localTime(instant) {
  const at = new Date(instant ?? "");
  if (Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const unknown = () => ({
  element: h("div", { class: "problem" }, "This field could not be converted properly"),
  value: () => null,
});

const makers = { text, textarea: text, select, radio, bool, date, datetime: date };
