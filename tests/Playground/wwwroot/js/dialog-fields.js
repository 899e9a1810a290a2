// The fields of a dialog. Each gives its element, its value as Mattermost submits it, and the check that Mattermost's
// client makes before it submits.

import { h, uniqueId } from "./dom.js";
import { renderInline } from "./markdown-inline.js";
import { picker } from "./picker.js";
import { channelSource, optionSource, userSource } from "./sources.js";

const defaultLength = { text: 150, textarea: 3000 };
const inputTypes = ["email", "number", "tel", "url", "password"];

/** @returns {{name: string, element: HTMLElement, value: () => any, check: () => string, mark: (error: string) => void, focus: () => void}} */
export function field(account, element) {
  const ids = { input: uniqueId("field"), label: uniqueId("label"), help: uniqueId("help"), error: uniqueId("error") };
  const make = makers[element.type] ?? unknown;
  const own = make(account, element, ids);
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
  return {
    name: element.name,
    element: wrapper,
    value: own.value,
    check: () => required(element, own.value()) || (own.check?.(own.value()) ?? ""),
    mark(text) {
      error.textContent = text;
      wrapper.classList.toggle("invalid", Boolean(text));
      own.input?.setAttribute("aria-invalid", String(Boolean(text)));
    },
    focus: () => own.input?.focus(),
  };
}

// A required yes-or-no must be yes: so does Mattermost.
const required = (element, value) =>
  !element.optional && value !== 0 && (!value || value.length === 0) ? "This field is required." : "";

const described = (element, ids) => (element.help_text ? `${ids.help} ${ids.error}` : ids.error);

function text(account, element, ids) {
  const max = element.max_length || defaultLength[element.type];
  const long = element.type === "textarea";
  const input = h(long ? "textarea" : "input", {
    id: ids.input, maxlength: max, placeholder: element.placeholder || null, value: element.default ?? "",
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
  count();
  const value = () => {
    if (element.subtype !== "number") return input.value;
    return input.value === "" ? null : Number(input.value);
  };
  return { element: input, input, counter, value, check: (v) => checkText(element, input, v) };
}

function checkText(element, input, value) {
  if (element.subtype === "number" && (input.validity.badInput || Number.isNaN(value))) return "Must be a number.";
  if (!value) return "";
  if (value.length < (element.min_length ?? 0)) return `Minimum input length is ${element.min_length}.`;
  if (element.subtype === "email" && !value.includes("@")) return "Must be a valid email address.";
  if (element.subtype === "url" && !/https?:\/\//.test(value)) return "URL must include http:// or https://.";
  return "";
}

function select(account, element, ids) {
  if (element.multiselect) return many(account, element, ids);
  let chosen = null;
  const initial = initialOption(account, element);
  chosen = initial?.value ?? null;
  const box = picker({
    id: ids.input,
    label: element.display_name,
    placeholder: element.placeholder || "Search or choose…",
    source: sourceOf(account, element),
    initial,
    required: !element.optional,
    clearable: true,
    describedBy: described(element, ids),
    choose: (option) => (chosen = option?.value ?? null),
  });
  return { element: box, input: box.querySelector("input"), value: () => chosen };
}

function sourceOf(account, element) {
  if (element.data_source === "users") return userSource(account);
  if (element.data_source === "channels") return channelSource(account);
  return optionSource(element.options ?? []);
}

function initialOption(account, element) {
  const value = element.default;
  if (!value) return null;
  const user = account.usersById.get(value);
  const channel = account.channels.get(value);
  if (element.data_source === "users") return user ? { value, text: user.username } : null;
  if (element.data_source === "channels") return channel ? { value, text: account.channels.title(channel) } : null;
  return (element.options ?? []).find((o) => o.value === value) ?? null;
}

function many(account, element, ids) {
  const chosen = new Set(String(element.default ?? "").split(",").filter(Boolean));
  const boxes = (element.options ?? []).map((option) => {
    const box = h("input", { type: "checkbox", value: option.value, checked: chosen.has(option.value) });
    return h("label", { class: "choice" }, box, option.text);
  });
  const group = h("div", { class: "choices", id: ids.input }, boxes);
  const value = () => [...group.querySelectorAll("input:checked")].map((box) => box.value);
  return { element: group, group: "group", input: group.querySelector("input"), value };
}

function radio(account, element, ids) {
  const choices = (element.options ?? []).map((option) => {
    const input = h("input", { type: "radio", name: ids.input, value: option.value, checked: option.value === element.default });
    return h("label", { class: "choice" }, input, option.text);
  });
  const group = h("div", { class: "choices", id: ids.input }, choices);
  const value = () => group.querySelector("input:checked")?.value ?? null;
  return { element: group, group: "radiogroup", input: group.querySelector("input"), value };
}

function bool(account, element, ids) {
  const input = h("input", {
    type: "checkbox", id: ids.input, name: element.name, checked: String(element.default).toLowerCase() === "true",
    "aria-describedby": described(element, ids),
  });
  const choice = h("label", { class: "choice" }, input, element.placeholder || "Yes");
  return { element: choice, input, value: () => input.checked };
}

function date(account, element, ids) {
  const withTime = element.type === "datetime";
  const input = h("input", {
    id: ids.input, type: withTime ? "datetime-local" : "date", name: element.name,
    value: withTime ? localTime(element.default) : (element.default ?? ""),
    "aria-describedby": described(element, ids),
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

const unknown = (account, element) => ({
  element: h("div", { class: "problem" }, `This page can't show a field of type “${element.type}”.`),
  value: () => null,
});

const makers = { text, textarea: text, select, radio, bool, date, datetime: date };
