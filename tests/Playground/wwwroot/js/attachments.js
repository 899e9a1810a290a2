// Message attachments: colour bar, title, text, fields in one or two columns, buttons and menus.

import { h } from "./dom.js";
import { folding } from "./folding.js";
import { renderInline } from "./markdown-inline.js";
import { renderMarkdown } from "./markdown.js";
import { picker } from "./picker.js";
import { channelSource, optionSource, userSource } from "./sources.js";

const tallestText = 200;
const namedColours = { good: "#00c100", warning: "#dede01", danger: "#e40303" };

/** All attachments of a post, or null when there are none. */
export function attachments(account, post) {
  const all = post.props?.attachments;
  if (!Array.isArray(all) || all.length === 0) return null;
  return all.map((attachment) => attachmentElement(account, post, attachment));
}

function attachmentElement(account, post, attachment) {
  const names = account.names;
  const card = h(
    "div",
    { class: "attachment" },
    attachment.author_name && h("div", { class: "soft" }, attachment.author_name),
    attachment.title && title(attachment, names),
    attachment.text && folding(h("div", { class: "md" }, renderMarkdown(attachment.text, names)), tallestText),
    fields(attachment.fields, names),
    attachment.footer && h("div", { class: "attachment-footer" }, attachment.footer.slice(0, 300)),
    actions(account, post, attachment.actions),
  );
  const colour = namedColours[attachment.color] ?? attachment.color;
  if (/^#[0-9a-f]{3,8}$/i.test(colour ?? "")) card.style.setProperty("--bar", colour);
  const pretext = attachment.pretext && h("div", { class: "md" }, renderMarkdown(attachment.pretext, names));
  return [pretext, card];
}

function title(attachment, names) {
  const text = renderInline(attachment.title, names, { linksOnly: true });
  if (!attachment.title_link) return h("h3", { class: "attachment-title" }, text);
  const plain = h("span", {}, text).textContent;
  const link = h("a", { href: attachment.title_link, target: "_blank", rel: "noopener noreferrer" }, plain);
  return h("h3", { class: "attachment-title" }, /^https?:/i.test(attachment.title_link) ? link : plain);
}

// Short fields go in pairs; a long one takes a row of its own.
function fields(all, names) {
  if (!all?.length) return null;
  return h(
    "dl",
    { class: "fields" },
    all.map((field) =>
      h("div", { class: field.short ? "field short" : "field" }, [
        h("dt", {}, renderInline(String(field.title ?? ""), names)),
        h("dd", { class: "md" }, renderMarkdown(String(field.value ?? ""), names)),
      ]),
    ),
  );
}

function actions(account, post, all) {
  const usable = (all ?? []).filter((action) => action.id && action.name);
  if (usable.length === 0) return null;
  const problem = h("div", { class: "problem action-problem", role: "alert" });
  const row = h(
    "div",
    { class: "actions" },
    usable.map((action) => (action.type === "select" ? menu(account, post, action, problem) : button(account, post, action, problem))),
  );
  return [row, problem];
}

function button(account, post, action, problem) {
  const element = h("button", { type: "button", class: `action ${styleClass(action.style)}`, disabled: Boolean(action.disabled), data: { action: action.id } }, action.name);
  if (/^#[0-9a-f]{3,8}$/i.test(action.style ?? "")) element.style.setProperty("--tint", action.style);
  element.addEventListener("click", async () => {
    if (element.getAttribute("aria-busy") === "true") return;
    element.setAttribute("aria-busy", "true");
    await act(account, post, action, problem);
    element.removeAttribute("aria-busy");
  });
  return element;
}

const styleClass = (style) =>
  ["primary", "good", "success", "warning", "danger"].includes(style) ? style : "plain";

function menu(account, post, action, problem) {
  const source =
    action.data_source === "users" ? userSource(account)
    : action.data_source === "channels" ? channelSource(account)
    : optionSource(action.options ?? []);
  const initial = (action.options ?? []).find((o) => o.value === action.default_option);
  return picker({
    label: action.name,
    placeholder: action.name,
    source,
    initial,
    data: { action: action.id },
    choose: (option) => option && act(account, post, action, problem, option.value),
  });
}

async function act(account, post, action, problem, option) {
  problem.textContent = "";
  try {
    await account.act(post, action, option);
  } catch (failure) {
    problem.textContent = failure.message;
  }
}
