// Builds elements. Text always arrives as text nodes: nothing on this page is ever parsed as HTML.

const asProperty = new Set(["value", "checked", "disabled", "hidden", "inert"]);

/** @returns {HTMLElement} an element; `on…` props listen, `data` fills the dataset, false and null are left out. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else if (asProperty.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((c) => c !== undefined && c !== null && c !== false && c !== ""));
  return element;
}

const paths = {
  add: "M12 5v14M5 12h14",
  back: "M15 5l-7 7 7 7",
  chevron: "M6 9l6 6 6-6",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10v10H9zM5 15V5h10",
  edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  help: "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 18v.01",
  hash: "M9 4L7 20M17 4l-2 16M4 9h16M3 15h16",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  lock: "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
  menu: "M4 7h16M4 12h16M4 17h16",
  moon: "M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z",
  pin: "M9 4h6l-1 6 4 3v2H6v-2l4-3zM12 15v6",
  power: "M12 4v8M7 7a7 7 0 1 0 10 0",
  reply: "M10 8L4 13l6 5v-3c5 0 8 1 10 4-1-6-4-8-10-8z",
  send: "M4 12l16-8-6 16-3-7z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2",
  theme: "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
};

/** A line icon that takes the colour of the text around it and says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}

/** A button that shows only an icon; its label is read out and shown as a tooltip. */
export function iconButton(name, label, onclick, props = {}) {
  const { class: extra, ...rest } = props;
  return h(
    "button",
    { type: "button", class: `icon-button ${extra ?? ""}`, "aria-label": label, title: label, onclick, ...rest },
    icon(name),
  );
}

let lastId = 0;

/** An id for `aria-…` references, unique on the page. */
export const uniqueId = (prefix) => `${prefix}-${++lastId}`;
