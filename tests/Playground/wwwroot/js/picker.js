// A field with a list to choose from that narrows down while one types. Follows the ARIA combobox pattern.

import { h, icon, uniqueId } from "./dom.js";
import { placeNear } from "./popup.js";

/**
 * @param {{label: string, placeholder?: string, source: (term: string) => Promise<{value: string, text: string, hint?: string}[]>,
 *   initial?: {value: string, text: string}, choose: (option: object | null) => void, id?: string, describedBy?: string,
 *   required?: boolean, clearable?: boolean, takesMany?: boolean, closesWithForm?: boolean, data?: object}} options
 *   `takesMany` empties the field again after each choice; `closesWithForm` leaves Escape to the form around it.
 */
export function picker(options) {
  const listId = uniqueId("list");
  let chosen = options.initial ?? null;
  let shown = [];
  let active = -1;
  let asked = 0;

  const input = h("input", {
    type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", id: options.id,
    placeholder: options.placeholder ?? "Choose…", value: chosen?.text ?? "", data: options.data ?? {},
    "aria-label": options.id ? null : options.label, "aria-describedby": options.describedBy,
    "aria-required": options.required ? "true" : null, "aria-autocomplete": "list",
    "aria-expanded": "false", "aria-controls": listId,
  });
  const list = h("ul", { class: "popup options", role: "listbox", id: listId, "aria-label": options.label, popover: "manual" });
  const clear = h("button", {
    type: "button", class: "picker-clear", tabindex: -1, "aria-label": `Clear ${options.label}`,
    onclick: () => { take(null); input.focus(); },
  }, icon("close"));
  const root = h("div", { class: "picker" }, input, options.clearable && clear, icon("chevron"), list);

  const isOpen = () => input.getAttribute("aria-expanded") === "true";

  async function open(term) {
    const ask = ++asked;
    let found;
    try {
      found = await options.source(term);
    } catch (problem) {
      found = [];
      console.warn(`${options.label}:`, problem.message);
    }
    if (ask !== asked || document.activeElement !== input || !list.isConnected) return;
    shown = found.slice(0, 50);
    list.replaceChildren(...(shown.length > 0 ? shown.map(optionElement) : [h("li", { class: "none" }, "Nothing found")]));
    input.setAttribute("aria-expanded", "true");
    if (!list.matches(":popover-open")) list.showPopover();
    placeNear(list, root);
    move(shown.findIndex((o) => o.value === chosen?.value) >= 0 && !term ? shown.findIndex((o) => o.value === chosen.value) : 0);
  }

  function close() {
    asked++;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    if (list.isConnected && list.matches(":popover-open")) list.hidePopover();
  }

  function optionElement(option, i) {
    const element = h("li", { role: "option", id: `${listId}-${i}`, "aria-selected": "false" }, option.text);
    if (option.hint) element.append(h("span", { class: "soft" }, option.hint));
    element.addEventListener("pointerdown", (event) => event.preventDefault());
    element.addEventListener("click", () => take(option));
    return element;
  }

  function move(to) {
    const elements = [...list.querySelectorAll("[role=option]")];
    if (elements.length === 0) return;
    active = (to + elements.length) % elements.length;
    elements.forEach((element, i) => element.setAttribute("aria-selected", String(i === active)));
    elements[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", elements[active].id);
  }

  function take(option) {
    chosen = options.takesMany ? null : option;
    input.value = chosen?.text ?? "";
    close();
    options.choose(option);
  }

  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", () => isOpen() || open(""));
  input.addEventListener("input", () => open(input.value));
  input.addEventListener("blur", () => {
    close();
    if (input.value === (chosen?.text ?? "")) return;
    // What was typed but not chosen does not count; an emptied field means "nothing".
    if (input.value === "" && options.clearable) take(null);
    else input.value = chosen?.text ?? "";
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen()) open("");
      else move(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && isOpen()) {
      event.preventDefault();
      if (shown[active]) take(shown[active]);
    } else if (event.key === "Escape" && isOpen() && !options.closesWithForm) {
      event.preventDefault();
      event.stopPropagation();
      close();
      input.value = chosen?.text ?? "";
    }
  });
  return root;
}
