// Blocks of Markdown: headings, lists, quotes, tables, code. The result is made of elements, never of HTML text.

import { h } from "./dom.js";
import { renderInline } from "./markdown-inline.js";

const fence = /^ {0,3}(`{3,}|~{3,})([^`~]*)$/;
const heading = /^ *(#{1,6}) +(.+?) *#* *$/;
const rule = /^ *(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$/;
const quote = /^ *> ?/;
const bullet = /^( *)([*+-]|\d+\.) +(.*)$/;
const underline = /^ *(=|-){2,} *$/;
const tableRule = /^ *\|?(?: *:?-+:? *\|)+ *(?::?-+:? *)?$|^ *\| *:?-+:? *\|? *$/;

/** Renders Markdown as Mattermost shows it. `names` resolves mentions; see `renderInline`. */
export function renderMarkdown(text, names = {}, depth = 0) {
  const lines = (text ?? "").replace(/\r\n?/g, "\n").replaceAll("\t", "    ").replaceAll("\u00a0", " ").split("\n");
  const out = document.createDocumentFragment();
  for (let at = 0; at < lines.length; ) {
    if (!lines[at].trim()) {
      at++;
      continue;
    }
    const block = depth < 20 ? readBlock(lines, at, names, depth) : null;
    const { node, next } = block ?? paragraph(lines, at, names);
    out.append(node);
    at = next;
  }
  return out;
}

function readBlock(lines, at, names, depth) {
  const line = lines[at];
  if (fence.test(line)) return fenced(lines, at);
  if (/^ {4}/.test(line)) return indented(lines, at);
  if (heading.test(line)) return titled(line, at, names);
  if (startsTable(lines, at)) return table(lines, at, names);
  if (rule.test(line)) return { node: h("hr"), next: at + 1 };
  if (quote.test(line)) return quoted(lines, at, names, depth);
  if (bullet.test(line)) return list(lines, at, names, depth);
  return null;
}

function startsBlock(lines, at) {
  const line = lines[at];
  return (
    fence.test(line) || heading.test(line) || rule.test(line) || quote.test(line) || bullet.test(line) ||
    startsTable(lines, at)
  );
}

function paragraph(lines, at, names) {
  let next = at + 1;
  while (next < lines.length && lines[next].trim() && !underline.test(lines[next]) && !startsBlock(lines, next)) next++;
  // Mattermost makes a heading of the one line above "---" or "===".
  if (next === at + 1 && next < lines.length && underline.test(lines[next])) {
    const level = lines[next].trim()[0] === "=" ? "h1" : "h2";
    return { node: h(level, {}, renderInline(lines[at].trim(), names)), next: next + 1 };
  }
  const text = lines.slice(at, next).map((l) => l.trimStart()).join("\n").trimEnd();
  return { node: h("p", {}, renderInline(text, names)), next };
}

function titled(line, at, names) {
  const [, marks, text] = heading.exec(line);
  return { node: h(`h${marks.length}`, {}, renderInline(text, names)), next: at + 1 };
}

function fenced(lines, at) {
  const [, marks, language] = fence.exec(lines[at]);
  let end = at + 1;
  while (end < lines.length && !isClosing(lines[end], marks)) end++;
  return { node: codeBlock(lines.slice(at + 1, end).join("\n"), language.trim()), next: end + 1 };
}

const isClosing = (line, marks) => {
  const text = line.trim();
  return text.length >= marks.length && text === marks[0].repeat(text.length) && /^ {0,3}\S/.test(line);
};

function indented(lines, at) {
  let end = at;
  while (end < lines.length && (/^ {4}/.test(lines[end]) || !lines[end].trim())) end++;
  return { node: codeBlock(lines.slice(at, end).map((l) => l.slice(4)).join("\n").trimEnd()), next: end };
}

const codeBlock = (text, language) =>
  h("pre", { tabindex: 0, data: language ? { language } : {} }, h("code", {}, text));

function quoted(lines, at, names, depth) {
  let end = at;
  while (end < lines.length && lines[end].trim()) end++;
  const inner = lines.slice(at, end).map((l) => l.replace(quote, "")).join("\n");
  return { node: h("blockquote", {}, renderMarkdown(inner, names, depth + 1)), next: end };
}

function list(lines, at, names, depth) {
  const [, indent, mark] = bullet.exec(lines[at]);
  const ordered = mark.length > 1;
  const items = [];
  let next = at;
  while (next < lines.length) {
    const found = bullet.exec(lines[next]);
    if (!found || found[1].length < indent.length || found[2].length > 1 !== ordered) break;
    const item = readItem(lines, next, found);
    items.push(item.lines);
    next = item.next;
  }
  const props = ordered && parseInt(mark, 10) !== 1 ? { start: parseInt(mark, 10) } : {};
  return { node: h(ordered ? "ol" : "ul", props, items.map((i) => listItem(i, names, depth))), next };
}

// Only indented lines go on with an item; a blank line does not end it when the next line is indented.
function readItem(lines, at, [whole, indent, , text]) {
  const offset = whole.length - text.length;
  const own = [text];
  let next = at + 1;
  for (; next < lines.length; next++) {
    const spaces = /^ */.exec(lines[next])[0].length;
    if (!lines[next].trim()) {
      const following = lines[next + 1] ?? "";
      if (!following.trim() || (/^ */.exec(following)[0].length <= indent.length && !bullet.test(following))) break;
      own.push("");
    } else if (spaces > indent.length) own.push(lines[next].slice(Math.min(spaces, offset)));
    else break;
  }
  while (own.at(-1) === "" && own.length > 1) own.pop();
  return { lines: own, next };
}

function listItem(lines, names, depth) {
  const task = /^\[([ xX])\] +/.exec(lines[0]);
  if (task) lines = [lines[0].slice(task[0].length), ...lines.slice(1)];
  const content = renderMarkdown(lines.join("\n"), names, depth + 1);
  // A short item is not a paragraph of its own.
  const first = content.firstElementChild;
  if (first?.tagName === "P") first.replaceWith(...first.childNodes);
  if (!task) return h("li", {}, content);
  const box = h("input", { type: "checkbox", checked: task[1] !== " ", disabled: true });
  return h("li", { class: "task" }, box, " ", content);
}

function startsTable(lines, at) {
  return lines[at].includes("|") && at + 1 < lines.length && tableRule.test(lines[at + 1]);
}

function table(lines, at, names) {
  const align = cells(lines[at + 1]).map((cell) =>
    /^:-+:$/.test(cell) ? "center" : /^-+:$/.test(cell) ? "right" : "left",
  );
  let end = at + 2;
  while (end < lines.length && lines[end].includes("|")) end++;
  const row = (line, tag) => {
    const own = cells(line);
    return h("tr", {}, align.map((side, i) => h(tag, { class: `to-${side}` }, renderInline(own[i] ?? "", names))));
  };
  const head = h("thead", {}, row(lines[at], "th"));
  const body = h("tbody", {}, lines.slice(at + 2, end).map((line) => row(line, "td")));
  return { node: h("div", { class: "table", tabindex: 0 }, h("table", {}, head, body)), next: end };
}

const cells = (line) =>
  line
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
