// How people look: initials on a colour of their own; bots get a sign.

import { h } from "./dom.js";

const hues = [172, 262, 332, 22, 142, 192, 42, 292];

function hue(name) {
  let sum = 0;
  for (const c of name) sum = (sum * 31 + c.codePointAt(0)) >>> 0;
  return hues[sum % hues.length];
}

/** A round sign for a person or a bot; the name beside it says who it is. */
export function avatar(user, { name = user?.username ?? "?", bot = user?.is_bot, system = false } = {}) {
  const isSign = bot || system;
  const sign = h("span", { class: isSign ? "avatar bot" : "avatar", "aria-hidden": "true" }, isSign ? "⚑" : name.slice(0, 1).toUpperCase());
  sign.style.setProperty("--hue", hue(name));
  return sign;
}
