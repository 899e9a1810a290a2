// Emphasis, code, links and what Mattermost finds in plain text: mentions, channel links, hashtags, emoji.
// It follows the rules of Mattermost's own web client, also where they differ from CommonMark.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";

// A backslash before anything else stays visible, as it does in Mattermost.
const escapable = "`*{}[]()#+-.!_>|~";
const bareUrl = /(?:https?:\/\/|www\d{0,3}\.)[^\s<>"]+/iy;
const linkTail = /\(\s*<?((?:[^()<>\s]|\([^()]*\))*)>?(?:\s+["']([^"']*)["'])?\s*\)/y;
const angleLink = /<((?:https?:\/\/|mailto:)[^\s>]+|[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+)>/iy;
const emphases = [
  { tag: "strong", rule: /\*\*([\s\S]+?)\*\*(?!\*)/y },
  { tag: "strong", rule: /__([\s\S]+?)__(?!_)/y },
  { tag: "del", rule: /~~(?=\S)([\s\S]*?\S)~~/y },
  { tag: "em", rule: /\*([^\s*](?:[\s\S]*?[^\s*])??)\*(?!\*)/y },
  { tag: "em", rule: /_([^\s_](?:[\s\S]*?[^\s_])??)_(?![\w])/y },
];
const special = /([^\p{L}\p{N}_]|^)([@~#])([\p{L}\p{N}][\p{L}\p{N}._-]*)|:([a-z0-9_+-]+):/gu;

/**
 * @param {string} text
 * @param {{user?: Function, channel?: Function, openUser?: Function, openChannel?: Function, me?: string}} names
 * @param {{linksOnly?: boolean}} options `linksOnly` drops all formatting but links, as card titles do
 * @returns {DocumentFragment}
 */
export function renderInline(text, names = {}, options = {}) {
  const out = document.createDocumentFragment();
  let plain = "";
  const flush = () => {
    if (plain) appendPlain(out, plain, names, options);
    plain = "";
  };
  for (let at = 0; at < text.length; ) {
    const found = nextElement(text, at, names, options);
    if (found?.literal !== undefined) plain += found.literal;
    else if (found) {
      flush();
      out.append(found.node);
    } else plain += text[at];
    at += found?.length ?? 1;
  }
  flush();
  return out;
}

/** What a message says on one line and without formatting: what a post renders is rendered here too. */
export function plainWords(text) {
  const words = h("span");
  words.append(renderInline(text.replace(/^[#>\s]+/gm, ""), {}, { linksOnly: true }));
  return words.textContent;
}

function nextElement(text, at, names, options) {
  const c = text[at];
  if (c === "\\") return escape(text, at);
  if (c === "\n") return { node: options.linksOnly ? document.createTextNode(" ") : h("br"), length: 1 };
  if (c === "`") return code(text, at, options);
  if ("*_~".includes(c)) return emphasis(text, at, names, options);
  if (names.noLinks) return null;
  if (c === "[" || (c === "!" && text[at + 1] === "[")) return link(text, at, names, options);
  if (c === "<") return angle(text, at);
  if ("hHwW".includes(c) && !/[\p{L}\p{N}_]/u.test(text[at - 1] ?? " ")) return url(text, at);
  return null;
}

function escape(text, at) {
  const next = text[at + 1];
  if (next === "\\") return { literal: /\w/.test(text[at + 2] ?? " ") ? "\\\\" : "\\", length: 2 };
  return next && escapable.includes(next) ? { literal: next, length: 2 } : { literal: "\\", length: 1 };
}

function code(text, at, options) {
  const ticks = /`+/y;
  ticks.lastIndex = at;
  const fence = ticks.exec(text)[0];
  const end = new RegExp(`(?<!\`)${fence}(?!\`)`, "g");
  end.lastIndex = at + fence.length;
  const close = end.exec(text);
  if (!close) return { literal: fence, length: fence.length };
  const inner = text.slice(at + fence.length, close.index).trim();
  const node = options.linksOnly ? document.createTextNode(inner) : h("code", {}, inner);
  return { node, length: close.index + fence.length - at };
}

function link(text, at, names, options) {
  const image = text[at] === "!";
  const start = at + (image ? 2 : 1);
  const close = closingBracket(text, start);
  if (close < 0) return null;
  linkTail.lastIndex = close + 1;
  const tail = linkTail.exec(text);
  if (!tail) return null;
  const label = text.slice(start, close);
  const address = safeAddress(tail[1].replace(/\\([()\\*_~|`])/g, "$1"));
  const length = linkTail.lastIndex - at;
  if (!address) return { literal: label, length };
  const content = image ? [`🖼 ${label || address}`] : [renderInline(label, { ...names, noLinks: true }, options)];
  return { node: anchor(address, content, tail[2]), length };
}

function closingBracket(text, from) {
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === "[") depth++;
    else if (text[i] === "]" && --depth === 0) return i;
  }
  return -1;
}

function angle(text, at) {
  angleLink.lastIndex = at;
  const found = angleLink.exec(text);
  if (!found) return null;
  const address = found[1].includes("://") || /^mailto:/i.test(found[1]) ? found[1] : `mailto:${found[1]}`;
  return { node: anchor(address, [found[1]]), length: found[0].length };
}

function emphasis(text, at, names, options) {
  if (text[at] === "_" && /\w/.test(text[at - 1] ?? " ")) return null;
  for (const { tag, rule } of emphases) {
    rule.lastIndex = at;
    const found = rule.exec(text);
    if (!found || endsEscaped(found[1])) continue;
    const inner = renderInline(found[1], names, options);
    return { node: options.linksOnly ? inner : h(tag, {}, inner), length: found[0].length };
  }
  const run = /[*_~]+/y;
  run.lastIndex = at;
  const literal = run.exec(text)[0];
  // "~name" is a channel link: leave it to the plain text.
  return literal.length > 1 ? { literal, length: literal.length } : null;
}

const endsEscaped = (inner) => /(?:^|[^\\])(?:\\\\)*\\$/.test(inner);

function url(text, at) {
  bareUrl.lastIndex = at;
  const found = bareUrl.exec(text);
  if (!found) return null;
  let address = found[0].replace(/[`!\[\]{};:'",.<>?*_~|]+$/, "");
  // A closing bracket belongs to the address only if it was opened in it.
  while (address.endsWith(")") && count(address, ")") > count(address, "(")) address = address.slice(0, -1);
  if (address.length < 5) return null;
  const target = /^www/i.test(address) ? `http://${address}` : address;
  return safeAddress(target) ? { node: anchor(target, [address]), length: address.length } : null;
}

const count = (text, character) => text.split(character).length - 1;

/** The address if a click on it can do no harm, else null. */
export function safeAddress(address) {
  try {
    const target = new URL(address, location.href);
    return ["http:", "https:", "mailto:"].includes(target.protocol) ? target.href : null;
  } catch {
    return null;
  }
}

const anchor = (address, content, title) =>
  h("a", { href: address, title, target: "_blank", rel: "noopener noreferrer" }, content);

function appendPlain(out, text, names, options) {
  let done = 0;
  for (const match of text.matchAll(special)) {
    const node = match[4] ? emojiNode(match) : nameNode(match, names, options);
    if (!node) continue;
    const from = match.index + (match[1]?.length ?? 0);
    out.append(text.slice(done, from), node.element);
    done = from + node.length;
  }
  if (done < text.length) out.append(text.slice(done));
}

function emojiNode(match) {
  const character = emoji(match[4]);
  if (!character) return null;
  const element = h("span", { class: "emoji", role: "img", "aria-label": match[4].replaceAll("_", " ") }, character);
  return { element, length: match[0].length };
}

function nameNode(match, names, options) {
  if (names.noLinks || options.linksOnly) return null;
  const word = match[3].replace(/[._-]+$/, "");
  if (match[2] === "@") return mention(word, names);
  if (match[2] === "~") return channelLink(word, names);
  const isTag = word.length > 1 && /^\p{L}/u.test(word);
  return isTag ? { element: h("span", { class: "hashtag" }, `#${word}`), length: word.length + 1 } : null;
}

function mention(word, names) {
  const everyone = ["channel", "all", "here"].includes(word.toLowerCase());
  const user = everyone ? null : names.user?.(word.toLowerCase());
  if (!everyone && !user) return null;
  const mine = everyone || user.username === names.me;
  const props = { class: mine ? "mention mention-me" : "mention" };
  const element = everyone
    ? h("span", props, `@${word}`)
    : h("button", { ...props, type: "button", onclick: () => names.openUser?.(user) }, `@${user.username}`);
  return { element, length: word.length + 1 };
}

function channelLink(word, names) {
  const channel = names.channel?.(word.toLowerCase());
  if (!channel) return null;
  const onclick = () => names.openChannel?.(channel);
  const element = h("button", { class: "mention", type: "button", onclick }, `~${channel.display_name}`);
  return { element, length: word.length + 1 };
}
