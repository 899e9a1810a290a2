// Short notices in the corner: a direct message, what went wrong, what was done. They leave by themselves unless one
// points at them.

import { h, iconButton } from "./dom.js";

const stays = 7_000;
const atMost = 4;

export class Toasts {
  constructor() {
    this.element = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
  }

  /** @param {{title?: string, text: string, sign?: Node, kind?: "info" | "problem", onclick?: () => void}} toast */
  show({ title, text, sign, kind = "info", onclick }) {
    const content = [sign, h("span", { class: "toast-text" }, title && h("strong", {}, title), h("span", {}, text))];
    const main = onclick
      ? h("button", { type: "button", class: "toast-main", onclick: () => { leave(); onclick(); } }, content)
      : h("div", { class: "toast-main" }, content);
    const toast = h("div", { class: `toast ${kind}` }, main, iconButton("close", "Dismiss", () => leave()));
    let timer;
    const leave = () => { clearTimeout(timer); toast.remove(); };
    const wait = () => { clearTimeout(timer); timer = setTimeout(leave, stays); };
    toast.addEventListener("pointerenter", () => clearTimeout(timer));
    toast.addEventListener("focusin", () => clearTimeout(timer));
    toast.addEventListener("pointerleave", wait);
    toast.addEventListener("focusout", wait);
    this.element.append(toast);
    while (this.element.children.length > atMost) this.element.firstElementChild.remove();
    wait();
  }
}
