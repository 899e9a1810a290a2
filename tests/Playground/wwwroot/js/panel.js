// The right column: a thread, the pinned messages, or the guide. On narrow screens it covers the channel.

import { h, iconButton } from "./dom.js";
import { Composer } from "./composer.js";
import { guide, rememberGuide } from "./guide.js";
import { PostList } from "./post-list.js";

export class Panel {
  constructor(app) {
    this.app = app;
    this.title = h("h2", {});
    this.body = h("div", { class: "panel-body" });
    this.element = h(
      "aside",
      { class: "panel", hidden: true, "aria-label": "Details" },
      h("header", {}, iconButton("back", "Back", () => this.close(), { class: "narrow-only" }), this.title, iconButton("close", "Close", () => this.close(), { class: "wide-only" })),
      this.body,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.close();
    });
    this.mode = null;
  }

  open(mode, title, children) {
    const wasPlugin = this.mode === "plugin" && mode !== "plugin";
    this.mode = mode;
    this.title.textContent = title;
    this.element.setAttribute("aria-label", title);
    this.body.replaceChildren(...children);
    this.body.dataset.mode = mode;
    this.element.hidden = false;
    document.body.classList.add("has-panel");
    if (wasPlugin) this.app.plugins.closed();
  }

  close() {
    if (!this.mode) return;
    if (this.mode === "guide") rememberGuide(false);
    const wasPlugin = this.mode === "plugin";
    const { rootId, mode } = this;
    this.mode = null;
    this.list = null;
    this.element.hidden = true;
    document.body.classList.remove("has-panel");
    if (mode === "thread") this.app.view?.list.drawn.get(rootId)?.node.focus({ preventScroll: true });
    if (wasPlugin) this.app.plugins.closed();
  }

  showGuide() {
    rememberGuide(true);
    this.list = null;
    this.open("guide", "What can I try?", [guide(this.app)]);
  }

  /** A plugin's panel stays while channels change, as in Mattermost. */
  showPlugin(title, place) {
    if (this.mode === "plugin") return;
    this.list = null;
    this.open("plugin", title, [place]);
  }

  closePlugin() {
    if (this.mode === "plugin") this.close();
  }

  showThread(account, root) {
    this.account = account;
    this.rootId = root.id;
    this.channelId = root.channel_id;
    account.unreadThreads.delete(root.id);
    this.list = new PostList({ label: "Thread", inThread: true, actions: this.app.postActions });
    this.composer = new Composer({ account, channelId: root.channel_id, rootId: root.id, label: "Reply to this thread" });
    this.open("thread", "Thread", [this.list.element, this.composer.element]);
    this.update();
    this.list.toEnd();
    account.posts.loadThread(root.id).catch((problem) => this.app.problem(problem.message));
    this.composer.focus();
  }

  showPinned(account, channelId) {
    this.account = account;
    this.channelId = channelId;
    this.list = new PostList({ label: "Pinned messages", actions: this.app.postActions });
    this.open("pinned", "Pinned messages", [this.list.element]);
    this.update();
  }

  update() {
    if (this.mode === "thread") {
      this.account.unreadThreads.delete(this.rootId);
      const posts = this.account.posts.thread(this.rootId, this.channelId);
      if (posts.length === 0) return this.close();
      this.list.render(this.account, posts);
    } else if (this.mode === "pinned") {
      this.list.render(this.account, this.account.posts.shown(this.channelId).filter((p) => p.is_pinned));
    }
  }

  /** Another channel or account is shown: what belonged to the old one goes. */
  leaveChannel() {
    if (this.mode && this.mode !== "guide" && this.mode !== "plugin") this.close();
  }
}
