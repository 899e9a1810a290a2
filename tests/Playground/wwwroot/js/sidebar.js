// The left column: who one is, the channels with what is unread, and the controls of the playground.

import { Clock } from "./clock.js";
import { h, icon, iconButton } from "./dom.js";
import { avatar } from "./people.js";
import { nextTheme, themeName } from "./theme.js";

export class Sidebar {
  constructor(app) {
    this.app = app;
    this.accounts = h("div", { class: "accounts", role: "radiogroup", "aria-label": "Play as" });
    this.channels = h("div", { class: "channel-list" });
    this.sidecar = h("div", { class: "sidecar-state", role: "status" });
    const themeButton = iconButton("theme", `Theme: ${themeName()}`, () => {
      const label = `Theme: ${nextTheme()}`;
      themeButton.title = label;
      themeButton.setAttribute("aria-label", label);
    });
    this.element = h(
      "nav",
      { class: "sidebar", id: "sidebar", "aria-label": "Accounts and channels" },
      h("div", { class: "sidebar-top" }, h("span", { class: "brand" }, "Escalate playground", this.age()), themeButton, iconButton("close", "Close menu", () => app.toggleDrawer(false), { class: "narrow-only" })),
      h("div", { class: "accounts-label" }, "Play as"),
      this.accounts,
      this.channels,
      h("div", { class: "sidebar-bottom" }, new Clock(app).element, this.sidecar, [
        h("button", { type: "button", class: "side-button", onclick: () => app.restartSidecar() }, icon("power"), "Kill and restart the sidecar"),
        h("button", { type: "button", class: "side-button", onclick: () => app.showGuide() }, icon("help"), "What can I try?"),
      ]),
    );
    this.accounts.addEventListener("keydown", (event) => this.accountKeys(event));
  }

  /** Which Mattermost this page behaves like. */
  age() {
    const { version, collapsesThreads } = this.app.setup;
    const threads = collapsesThreads ? "Threads are collapsed: replies, and answers to presses on a card, are in the thread only." : "Threads are not collapsed: replies stand in the channel.";
    return h("span", { class: "age", title: `Forms and threads are as in Mattermost ${version}. ${threads}` }, `as Mattermost ${version}`);
  }

  update() {
    const focused = this.element.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    this.accounts.replaceChildren(...this.app.accounts.map((account) => this.accountButton(account)));
    this.channels.replaceChildren(...this.sections());
    if (focused) this.element.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  accountButton(account) {
    const name = account.login.username;
    const current = account === this.app.account;
    const waiting = current ? 0 : account.channels.waiting;
    const props = {
      type: "button", role: "radio", "aria-checked": String(current), tabindex: current ? 0 : -1, class: "account",
      data: { key: `account-${name}`, account: name }, onclick: () => this.app.playAs(account),
      "aria-label": waiting ? `${name}, ${waiting} unread` : name,
    };
    const state = h("span", { class: account.connected ? "presence on" : "presence" });
    return h("button", props, [
      h("span", { class: "avatar-box" }, avatar(account.me, { name }), state),
      h("span", { class: "account-name" }, name),
      waiting > 0 && h("span", { class: "badge" }, waiting > 99 ? "99+" : waiting),
    ]);
  }

  accountKeys(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const { accounts, account } = this.app;
    const next = accounts[(accounts.indexOf(account) + step + accounts.length) % accounts.length];
    this.app.playAs(next);
    this.accounts.querySelector("[aria-checked=true]").focus();
  }

  sections() {
    const { account } = this.app;
    const { team, direct } = account.channels.sorted();
    const partners = new Set(direct.map(({ channel }) => account.channels.partnerId(channel)));
    const others = [...account.usersById.values()].filter((u) => u.id !== account.me.id && !u.delete_at && !partners.has(u.id));
    const known = others.filter((u) => u.is_bot || this.app.accounts.some((a) => a.me?.id === u.id)).slice(0, 12);
    return [
      this.section("Channels", team.map((item) => this.channelItem(item))),
      this.section("Direct messages", [...direct.map((item) => this.channelItem(item)), ...known.map((user) => this.personItem(user))]),
    ];
  }

  section(title, items) {
    const id = `section-${title.replace(/\W/g, "")}`;
    return h("section", { "aria-labelledby": id }, h("h2", { id }, title), h("ul", {}, items.map((item) => h("li", {}, item))));
  }

  channelItem({ channel, title }) {
    const { account } = this.app;
    const { messages, mentions } = account.channels.unreadIn(channel.id);
    const direct = channel.type === "D";
    const count = direct ? messages : mentions || messages;
    const current = channel.id === this.app.channelId;
    const classes = ["channel-item", current && "current", messages > 0 && "unread"].filter(Boolean).join(" ");
    const sign = direct ? avatar(account.channels.partner(channel)) : icon(channel.type === "P" ? "lock" : "hash");
    const props = {
      type: "button", class: classes, "aria-current": current ? "page" : null, data: { key: channel.id, channel: channel.name },
      "aria-label": messages ? `${title}, ${messages} unread${mentions && !direct ? `, ${mentions} mentions` : ""}` : title,
      onclick: () => this.app.openChannel(channel.id),
    };
    return h("button", props, sign, h("span", { class: "channel-name" }, title), count > 0 && h("span", { class: direct || mentions ? "badge" : "badge quiet" }, count > 99 ? "99+" : count));
  }

  personItem(user) {
    const props = { type: "button", class: "channel-item", data: { key: user.id, person: user.username }, onclick: () => this.app.openUser(user) };
    return h("button", props, avatar(user), h("span", { class: "channel-name" }, user.username));
  }

  sidecarState(text, kind) {
    this.sidecar.className = `sidecar-state ${kind}`;
    this.sidecar.replaceChildren(h("span", { class: "presence" }), text);
  }
}
