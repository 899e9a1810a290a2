// How people look: initials on a colour of their own; bots get a sign.

import { h } from "./dom.js";

const hues = [212, 262, 152, 22, 332, 182, 42, 292];

function hue(name) {
  let sum = 0;
  for (const c of name) sum = (sum * 31 + c.codePointAt(0)) >>> 0;
  return hues[sum % hues.length];
}

/** A round sign for a person or a bot; the name beside it says who it is. */
export function avatar(user, { name = user?.username ?? "?", bot = user?.is_bot } = {}) {
  const sign = h("span", { class: bot ? "avatar bot" : "avatar", "aria-hidden": "true" }, bot ? "⚑" : name.slice(0, 1).toUpperCase());
  sign.style.setProperty("--hue", hue(name));
  return sign;
}
