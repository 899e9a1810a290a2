// A list of posts that changes in place: only posts that look different are drawn again, the reader's place and focus
// stay where they are.

import { h } from "./dom.js";
import { postElement, signature } from "./post.js";
import { dayName, sameDay } from "./time.js";

const sameBreath = 5 * 60_000;
const nearEnd = 80;

export class PostList {
  /** @param {{label: string, inThread?: boolean, actions: object, older?: () => Promise<void>}} options */
  constructor(options) {
    this.options = options;
    this.drawn = new Map();
    this.list = h("div", { class: "post-items", role: "log", "aria-label": options.label, "aria-live": "polite" });
    this.element = h("div", { class: "post-scroll", tabindex: 0, "aria-label": options.label, role: "region" }, this.list);
    this.atEnd = true;
    this.editing = null;
    this.element.addEventListener("scroll", () => this.scrolled());
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.list);
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.element);
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    this.atEnd = scrollHeight - scrollTop - clientHeight < nearEnd;
    if (scrollTop < 200 && this.options.older && !this.loadingOlder) this.loadOlder();
  }

  async loadOlder() {
    this.loadingOlder = true;
    const before = this.element.scrollHeight;
    await this.options.older().catch((problem) => console.warn("Older posts:", problem.message));
    if (!this.atEnd) this.element.scrollTop += this.element.scrollHeight - before;
    this.loadingOlder = false;
  }

  toEnd() {
    this.atEnd = true;
    this.element.scrollTop = this.element.scrollHeight;
  }

  /** Draws these posts, oldest first. `newSince` puts the "New messages" line before the first newer one of others. */
  render(account, posts, { newSince = 0, intro = null, before = [] } = {}) {
    const wanted = [...before];
    if (intro) wanted.push(intro);
    let previous = null;
    let lineDrawn = false;
    for (const post of posts) {
      if (!previous || !sameDay(previous.create_at, post.create_at)) wanted.push(this.divider(post, dayName(post.create_at), "day"));
      const isNew = newSince > 0 && !lineDrawn && post.create_at > newSince && post.user_id !== account.me.id;
      if (isNew) {
        wanted.push(this.divider(post, "New messages", "new"));
        lineDrawn = true;
      }
      wanted.push(this.postNode(account, post, !isNew && this.continues(previous, post)));
      previous = post;
    }
    this.place(wanted);
    if (this.atEnd) this.toEnd();
  }

  continues(previous, post) {
    return Boolean(
      previous && previous.user_id === post.user_id && previous.type === post.type && !post.root_id && !post.is_pinned &&
      post.create_at - previous.create_at < sameBreath && sameDay(previous.create_at, post.create_at) &&
      previous.props?.override_username === post.props?.override_username && !previous.reply_count,
    );
  }

  divider(post, text, kind) {
    const key = `${kind}-${post.id}`;
    const known = this.drawn.get(key);
    if (known?.sign === text) return known.node;
    const node = h("div", { class: `divider ${kind}`, role: "separator", "aria-label": text }, h("span", {}, text));
    this.drawn.set(key, { node, sign: text });
    return node;
  }

  postNode(account, post, compact) {
    const options = { compact, inThread: this.options.inThread, editing: this.editing };
    const sign = signature(account, post, options);
    const known = this.drawn.get(post.id);
    if (known?.sign === sign) return known.node;
    const node = postElement(account, post, options, this.options.actions);
    if (known) keepFocus(known.node, node);
    this.drawn.set(post.id, { node, sign });
    return node;
  }

  place(wanted) {
    const keep = new Set(wanted);
    for (const [key, { node }] of this.drawn) if (!keep.has(node)) this.drawn.delete(key);
    for (const child of [...this.list.children]) if (!keep.has(child)) child.remove();
    let at = this.list.firstElementChild;
    for (const node of wanted) {
      if (node === at) at = at.nextElementSibling;
      else this.list.insertBefore(node, at);
    }
  }

  edit(post) {
    this.editing = post?.id ?? null;
  }

  /** Goes to a post and shows which one it is. Returns whether it is in the list. */
  reveal(id) {
    const node = this.drawn.get(id)?.node;
    if (!node) return false;
    this.atEnd = false;
    node.scrollIntoView({ block: "center" });
    node.classList.add("revealed");
    node.focus({ preventScroll: true });
    return true;
  }
}

// A card that was redrawn under the reader's finger keeps the keyboard where it was: on the same button, else on the post.
function keepFocus(old, fresh) {
  if (!old.contains(document.activeElement)) return;
  const action = document.activeElement.dataset.action;
  const label = document.activeElement.getAttribute("aria-label");
  requestAnimationFrame(() => {
    if (fresh.contains(document.activeElement)) return;
    const same =
      (action && fresh.querySelector(`[data-action="${CSS.escape(action)}"]`)) ||
      (label && fresh.querySelector(`[aria-label="${CSS.escape(label)}"]`));
    (same || fresh).focus({ preventScroll: true });
  });
}
