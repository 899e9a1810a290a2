// The plugin as Mattermost would load it, for the account that is shown: its buttons, its post action, its panel. Without
// a built plugin the page is as it was.

import { h } from "./dom.js";

const vendored = ["/_host/vendor/react.js", "/_host/vendor/react-dom.js"];

export class Plugins {
  constructor(app) {
    this.app = app;
    this.host = null;
    this.place = h("div", { class: "plugin-panel" });
  }

  async start() {
    const { account, accounts } = this.app;
    const api = (account ?? accounts[0]).api;
    const enabled = await api.get("/plugins/webapp");
    if (enabled.length === 0 || !(await this.hasReact())) return;
    for (const address of vendored) await script(address);
    const [{ PluginHost }, { Store }, { installGlobals }, { wear }] = await Promise.all(
      ["plugin-host", "store", "globals", "themes"].map((name) => import(`/_host/js/${name}.js`)),
    );
    this.wear = wear;
    this.lendToken();
    installGlobals((path) => this.app.follow(path));
    this.store = new Store({ entities: this.entities() }, (action) => this.dispatched(action));
    this.host = new PluginHost(this.store);
    this.host.addEventListener("change", () => this.changed());
    this.dress();
    await this.host.load(async (path) => (path.endsWith("/plugins/webapp") ? enabled : api.get(path)));
    for (const one of accounts) this.listen(one);
  }

  hasReact = async () => (await fetch(vendored[0], { method: "GET" })).ok;

  /** A browser has one account and its cookies; this page has several, and their tokens. */
  lendToken() {
    const asked = window.fetch.bind(window);
    window.fetch = (address, init = {}) => {
      const headers = new Headers(init.headers);
      if (!headers.has("X-CSRF-Token") || headers.has("Authorization")) return asked(address, init);
      headers.set("Authorization", `Bearer ${this.app.account.api.token}`);
      return asked(address, { ...init, headers, credentials: "omit" });
    };
  }

  listen(account) {
    const isShown = () => account === this.app.account;
    account.addEventListener("event", ({ detail }) => isShown() && this.host.hear(detail));
    account.addEventListener("returned", () => isShown() && this.host.reconnected());
  }

  entities() {
    const account = this.app.account ?? this.app.accounts[0];
    const channels = Object.fromEntries([...account.channels.all.values()].map((one) => [one.id, one]));
    return {
      channels: { currentChannelId: this.app.channelId ?? "", channels },
      teams: { currentTeamId: account.team.id, teams: { [account.team.id]: account.team } },
      users: { currentUserId: account.me.id, profiles: { [account.me.id]: account.me } },
      posts: { posts: new Proxy({}, { get: (_, id) => account.posts.find(id) }) },
      general: { config: { SiteURL: this.app.setup.siteUrl.replace(/\/$/, "") } },
    };
  }

  dispatched(action) {
    if (action.type === "RECEIVED_DIALOG_TRIGGER_ID") this.app.account.expectDialog(action.data);
  }

  /** Another channel or account is shown. */
  moved() {
    if (!this.host) return;
    this.store.set(this.entities());
    if (this.shownAs !== this.app.account) {
      this.shownAs = this.app.account;
      this.host.restart();
    }
  }

  changed() {
    const shown = this.host.shown && this.host.sidebars.get(this.host.shown);
    if (shown) this.app.panel.showPlugin(shown.title, this.place);
    else this.app.panel.closePlugin();
    this.host.mount(this.place);
  }

  closed = () => this.host?.show(null);

  headerButtons() {
    return (this.host?.headerButtons ?? []).map((one) => {
      const name = one.tooltipText ?? one.dropdownText;
      const onclick = () => this.host.guard(() => one.action(this.store.getState().entities.channels.channels[this.app.channelId], {}));
      const button = h("button", { type: "button", class: "icon-button plugin-button", "aria-label": name, title: name, onclick });
      this.host.drawIcon(button, one);
      return button;
    });
  }

  postButtons(post) {
    return (this.host?.postActions ?? [])
      .filter((one) => one.filter?.(post.id) ?? true)
      .map((one) => h("button", { type: "button", class: "text-button", onclick: () => this.host.guard(() => one.action(post.id)) }, one.text));
  }

  /** The page's colours are the plugin's, as the names of Mattermost's variables. */
  dress() {
    const draw = () => {
      const root = document.documentElement;
      const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      const kept = root.dataset.theme;
      this.wear(isDark ? "onyx" : "denim");
      if (kept) root.dataset.theme = kept;
      else delete root.dataset.theme;
      root.style.setProperty("--center-channel-bg", "var(--bg)");
    };
    draw();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    document.addEventListener("theme", draw);
  }
}

const script = (src) =>
  new Promise((resolve, reject) => {
    const element = h("script", { src });
    element.addEventListener("load", resolve);
    element.addEventListener("error", () => reject(new Error(`${src} can't be loaded.`)));
    document.head.append(element);
  });
