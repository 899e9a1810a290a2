// One post as an element. A post is drawn anew whenever its `signature` changes.

import { h, icon, iconButton } from "./dom.js";
import { emoji } from "./emoji.js";
import { renderMarkdown } from "./markdown.js";
import { attachments } from "./attachments.js";
import { files } from "./files.js";
import { folding } from "./folding.js";
import { avatar } from "./people.js";
import { ago, clockTime, fullTime } from "./time.js";

const tallestMessage = 600;
const quickReactions = ["eyes", "white_check_mark"];

/** What a post looks like, as text: equal signatures need no redrawing. */
export function signature(account, post, options) {
  const reactions = (post.metadata?.reactions ?? []).map((r) => r.user_id + r.emoji_name).join();
  const author = account.userName(post.user_id);
  const replies = options.inThread ? "" : `${post.reply_count}${account.unreadThreads.has(post.id)}`;
  const own = [post.update_at, post.edit_at, post.is_pinned, post.local, options.editing === post.id].join();
  return [own, reactions, author, replies, options.compact].join("|");
}

export function postElement(account, post, options, actions) {
  const ephemeral = post.type === "system_ephemeral";
  const system = post.type?.startsWith("system_") && !ephemeral;
  const classes = ["post"];
  if (options.compact) classes.push("compact");
  if (ephemeral) classes.push("ephemeral");
  if (system) classes.push("system");
  if (post.local) classes.push(`local-${post.local}`);
  if (post.is_pinned) classes.push("pinned");
  const author = authorOf(account, post);
  const body = [
    !options.compact && header(account, post, author, actions),
    ephemeral && ephemeralNote(post, actions),
    post.is_pinned && h("div", { class: "pin-note" }, icon("pin"), "Pinned to this channel"),
    post.root_id && !options.inThread && replyNote(account, post, actions),
    options.editing === post.id ? editor(account, post, actions) : content(account, post),
    reactionBar(account, post),
    post.local && localNote(account, post),
    !options.inThread && !ephemeral && post.reply_count > 0 && threadLink(account, post, actions),
  ];
  const label = `${author.name}, ${clockTime(post.create_at)}${ephemeral ? ", only visible to you" : ""}`;
  return h(
    "article",
    { class: classes.join(" "), tabindex: -1, "aria-label": label, data: { post: post.id } },
    h("div", { class: "post-side" }, options.compact ? time(post) : avatar(author.user, author)),
    h("div", { class: "post-main" }, body),
    !ephemeral && !post.local && toolbar(account, post, actions),
  );
}

function authorOf(account, post) {
  const user = account.usersById.get(post.user_id);
  const props = post.props ?? {};
  const overridden = props.from_webhook === "true" && props.override_username;
  if (overridden) return { name: props.override_username, bot: true, user: account.usersByName.get(props.override_username) };
  if (post.type === "system_ephemeral") return { name: "System", bot: false, system: true, user: null };
  return { name: user?.username ?? "…", bot: Boolean(user?.is_bot || props.from_bot === "true"), user };
}

function header(account, post, author, actions) {
  const who = author.user
    ? h("button", { type: "button", class: "author", onclick: () => actions.openUser(author.user) }, author.name)
    : h("span", { class: "author" }, author.name);
  return h("div", { class: "post-header" }, who, author.bot && h("span", { class: "tag" }, "BOT"), time(post));
}

const time = (post) =>
  h(
    "time",
    { datetime: new Date(post.create_at).toISOString(), title: fullTime(post.create_at) },
    clockTime(post.create_at),
  );

// Where threads are not collapsed, replies stand among the other messages and say what they answer.
function replyNote(account, post, actions) {
  const root = account.posts.find(post.root_id);
  const said = root && (root.message || root.props?.attachments?.[0]?.title || "").replace(/[*_`~#>\\]|:\w+:/g, "").trim().slice(0, 80);
  const text = root ? `Reply to ${authorOf(account, root).name}: ${said}` : "Reply to a message";
  return h("button", { type: "button", class: "text-button reply-note", onclick: () => actions.openThread(post) }, icon("reply"), h("span", {}, text));
}

function ephemeralNote(post, actions) {
  return h(
    "div",
    { class: "ephemeral-note" },
    "Only visible to you",
    h("button", { type: "button", class: "text-button", onclick: () => actions.dismiss(post) }, "Dismiss"),
  );
}

function content(account, post) {
  const text = h("div", { class: "md" }, renderMarkdown(post.message, account.names));
  if (post.edit_at > 0 && post.message) {
    const note = h("span", { class: "edited", title: `Edited ${fullTime(post.edit_at)}` }, " (edited)");
    (text.lastElementChild?.tagName === "P" ? text.lastElementChild : text).append(note);
  }
  return [post.message && folding(text, tallestMessage), attachments(account, post), files(account, post)];
}

function reactionBar(account, post) {
  const byName = new Map();
  for (const reaction of post.metadata?.reactions ?? []) {
    byName.set(reaction.emoji_name, [...(byName.get(reaction.emoji_name) ?? []), reaction.user_id]);
  }
  if (byName.size === 0) return null;
  const badges = [...byName].map(([name, people]) => {
    const mine = people.includes(account.me.id);
    const who = people.map((id) => (id === account.me.id ? "you" : account.userName(id))).join(", ");
    const label = `${name.replaceAll("_", " ")}, ${people.length}: ${who}`;
    const props = { type: "button", class: "reaction", "aria-pressed": String(mine), "aria-label": label, title: label };
    return h("button", { ...props, onclick: () => toggle(account, post, name, mine) }, [
      h("span", { class: "emoji" }, emoji(name) ?? `:${name}:`),
      h("span", {}, people.length),
    ]);
  });
  return h("div", { class: "reactions" }, badges);
}

async function toggle(account, post, name, present) {
  const call = present ? account.api.unreact(post.id, name) : account.api.react(account.me.id, post.id, name);
  await call.catch((problem) => account.emit("problem", problem.message));
}

function localNote(account, post) {
  if (post.local === "sending") return h("div", { class: "local-note", role: "status" }, "Sending…");
  const again = h("button", { type: "button", class: "text-button", onclick: () => account.posts.retry(post) }, "Try again");
  return h("div", { class: "local-note problem", role: "alert" }, `Not sent: ${post.problem} `, again);
}

function threadLink(account, post, actions) {
  const fresh = account.unreadThreads.has(post.id);
  const count = post.reply_count === 1 ? "1 reply" : `${post.reply_count} replies`;
  const last = post.last_reply_at ? `Last reply ${ago(post.last_reply_at)}` : "";
  return h(
    "button",
    { type: "button", class: "thread-link", onclick: () => actions.openThread(post) },
    fresh && h("span", { class: "dot", role: "img", "aria-label": "New replies" }),
    icon("reply"),
    h("strong", {}, count),
    last && h("span", { class: "soft" }, last),
  );
}

function toolbar(account, post, actions) {
  const mine = post.user_id === account.me.id;
  const reactions = quickReactions.map((name) => {
    const has = (post.metadata?.reactions ?? []).some((r) => r.user_id === account.me.id && r.emoji_name === name);
    const label = `${has ? "Take back" : "React with"} ${name.replaceAll("_", " ")}`;
    const props = { type: "button", class: "icon-button", "aria-label": label, title: label };
    return h("button", { ...props, onclick: () => toggle(account, post, name, has) }, h("span", { class: "emoji" }, emoji(name)));
  });
  const pinLabel = post.is_pinned ? "Unpin from channel" : "Pin to channel";
  return h(
    "div",
    { class: "post-tools", role: "toolbar", "aria-label": "Post actions" },
    reactions,
    iconButton("reply", "Reply", () => actions.openThread(post)),
    iconButton("pin", pinLabel, () => actions.pin(post, !post.is_pinned)),
    iconButton("link", "Copy link", () => actions.copyLink(post)),
    actions.ofPlugins(post),
    mine && iconButton("edit", "Edit", () => actions.edit(post)),
    mine && iconButton("trash", "Delete", () => actions.remove(post)),
  );
}

function editor(account, post, actions) {
  const area = h("textarea", { "aria-label": "Edit message", rows: 3, value: post.message });
  const save = () => actions.saveEdit(post, area.value);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") actions.edit(null);
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      save();
    }
  });
  queueMicrotask(() => area.focus());
  return h(
    "div",
    { class: "post-editor" },
    area,
    h("div", { class: "row" }, [
      h("button", { type: "button", class: "button primary", onclick: save }, "Save"),
      h("button", { type: "button", class: "button", onclick: () => actions.edit(null) }, "Cancel"),
    ]),
  );
}
