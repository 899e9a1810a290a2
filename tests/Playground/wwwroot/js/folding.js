// Long content is cut with "Show more", at the heights at which Mattermost cuts it.

import { h } from "./dom.js";

/** Wraps content so that it is at most `height` pixels tall until the reader wants all of it. */
export function folding(content, height) {
  const box = h("div", { class: "folding" }, content);
  const more = h("button", { type: "button", class: "text-button fold-button", "aria-expanded": "false", hidden: true }, "Show more");
  box.style.setProperty("--fold", `${height}px`);
  more.addEventListener("click", () => {
    const open = box.classList.toggle("open");
    more.textContent = open ? "Show less" : "Show more";
    more.setAttribute("aria-expanded", String(open));
  });
  const observer = new ResizeObserver(() => {
    const tall = content.scrollHeight > height + 8;
    box.classList.toggle("tall", tall);
    more.hidden = !tall;
  });
  observer.observe(content);
  return h("div", {}, box, more);
}
