// The middle: header, posts and composer of one channel.

import { h, icon, iconButton } from "./dom.js";
import { Composer } from "./composer.js";
import { renderInline } from "./markdown-inline.js";
import { avatar } from "./people.js";
import { PostList } from "./post-list.js";

export class ChannelView {
  constructor(app, account, channelId) {
    this.app = app;
    this.account = account;
    this.channelId = channelId;
    this.unreadAtOpening = account.channels.unreadIn(channelId).messages;
    this.newSince = 0;
    this.title = h("h1", {});
    this.about = h("div", { class: "channel-about" });
    this.pinned = h("button", { type: "button", class: "pinned-button", onclick: () => app.showPinned() });
    this.offline = h("div", { class: "offline", role: "status", hidden: true }, "Connection lost. Trying again…");
    this.list = new PostList({ label: "Messages", actions: app.postActions, older: () => account.posts.loadOlder(channelId) });
    this.composer = new Composer({ account, channelId, label: `Write to ${this.name}` });
    this.parts = [this.header(), this.offline, this.list.element, this.composer.element];
  }

  get channel() {
    return this.account.channels.get(this.channelId);
  }

  get name() {
    const { channel } = this;
    const title = channel ? this.account.channels.title(channel) : "";
    return channel?.type === "D" ? `@${title}` : title;
  }

  header() {
    return h(
      "header",
      { class: "channel-header" },
      iconButton("menu", "Open menu", () => this.app.toggleDrawer(true), { class: "narrow-only menu-button", "aria-controls": "sidebar" }),
      h("div", { class: "channel-heading" }, h("div", { class: "channel-title" }, this.title, this.pinned), this.about),
      this.app.plugins.headerButtons(),
      iconButton("help", "What can I try?", () => this.app.showGuide()),
      this.accountChip(),
    );
  }

  // On a narrow screen the accounts are in the drawer: this says who one is.
  accountChip() {
    const { username } = this.account.login;
    const props = { type: "button", class: "account-chip narrow-only", "aria-label": `Playing as ${username}`, title: username };
    return h("button", { ...props, onclick: () => this.app.toggleDrawer(true) }, avatar(this.account.me));
  }

  async load() {
    try {
      await this.account.posts.load(this.channelId);
    } catch (problem) {
      this.app.problem(`The messages can't be read: ${problem.message}`);
    }
    if (this.unreadAtOpening > 0) {
      const others = this.account.posts.shown(this.channelId).filter((p) => p.user_id !== this.account.me.id);
      this.newSince = (others.at(-this.unreadAtOpening)?.create_at ?? 1) - 1;
    }
    this.update();
    this.list.toEnd();
  }

  updateHeader() {
    const { channel } = this;
    if (!channel) return;
    const direct = channel.type === "D";
    const sign = direct ? avatar(this.account.channels.partner(channel)) : icon(channel.type === "P" ? "lock" : "hash");
    this.title.replaceChildren(sign, h("span", { class: "channel-name" }, this.account.channels.title(channel)));
    const about = channel.header || channel.purpose;
    this.about.replaceChildren(renderInline(about.replaceAll("\n", " "), this.account.names));
    this.about.title = about;
    this.offline.hidden = this.account.connected || !this.account.socket;
    const pinned = this.account.posts.shown(this.channelId).filter((p) => p.is_pinned).length;
    this.pinned.hidden = pinned === 0;
    this.pinned.replaceChildren(icon("pin"), String(pinned));
    this.pinned.setAttribute("aria-label", pinned === 1 ? "1 pinned message" : `${pinned} pinned messages`);
  }

  update() {
    this.updateHeader();
    const { posts } = this.account;
    const intro = posts.hasOlder(this.channelId) ? null : this.intro();
    this.list.render(this.account, posts.shown(this.channelId), { newSince: this.newSince, intro });
  }

  intro() {
    if (this.introNode || !this.channel) return this.introNode ?? null;
    const direct = this.channel.type === "D";
    const text = direct
      ? `This is the beginning of your messages with ${this.name}.`
      : `This is the beginning of ${this.name}. ${this.channel.purpose ?? ""}`;
    this.introNode = h("div", { class: "intro" }, h("h2", {}, this.name), h("p", { class: "soft" }, text));
    return this.introNode;
  }
}
