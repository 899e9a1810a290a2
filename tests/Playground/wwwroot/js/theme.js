// Light or dark: as the system says, until the reader chooses.

const key = "playground.theme";
const order = ["auto", "light", "dark"];

export const themeName = () => localStorage.getItem(key) ?? "auto";

export function applyTheme(name = themeName()) {
  if (name === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
}

export function nextTheme() {
  const next = order[(order.indexOf(themeName()) + 1) % order.length];
  localStorage.setItem(key, next);
  applyTheme(next);
  document.dispatchEvent(new Event("theme"));
  return next;
}
