// Puts the page together and decides what is shown: which account, which channel, which panel.

import { Account } from "./account.js";
import { ChannelView } from "./channel-view.js";
import { openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { plainWords } from "./markdown-inline.js";
import { guideWasOpen } from "./guide.js";
import { Panel } from "./panel.js";
import { avatar } from "./people.js";
import { Plugins } from "./plugin.js";
import { PostActions } from "./post-actions.js";
import { readPlace, writePlace } from "./place.js";
import { Sidebar } from "./sidebar.js";
import { Sidecar } from "./sidecar.js";
import { applyTheme } from "./theme.js";
import { Toasts } from "./toasts.js";

const longestNotice = 120;

/** A message as a notice shows it: the beginning of what its post shows, without formatting. */
function noticeOf(message) {
  const text = plainWords(message);
  return text.length > longestNotice ? `${text.slice(0, longestNotice).replace(/\s+\S*$/, "")} …` : text;
}

class App {
  async start() {
    applyTheme();
    this.setup = await (await fetch("/playground/setup")).json();
    this.accounts = this.setup.accounts.map((login) => new Account(this.setup.server, { ...login, team: this.setup.team, collapsesThreads: this.setup.collapsesThreads }));
    this.toasts = new Toasts();
    this.postActions = new PostActions(this);
    this.sidebar = new Sidebar(this);
    this.sidecar = new Sidecar(this);
    this.panel = new Panel(this);
    this.plugins = new Plugins(this);
    this.main = h("main", { class: "channel", id: "main" });
    await Promise.all(this.accounts.map((account) => account.start()));
    await this.plugins.start();
    for (const account of this.accounts) this.listen(account);
    this.draw();
    const place = readPlace(this);
    await this.playAs(this.accounts.find((a) => a.login.username === place.as) ?? this.accounts[0], place);
    if (guideWasOpen() ?? innerWidth >= 1100) this.panel.showGuide();
    document.body.classList.remove("starting");
  }

  draw() {
    const skip = h("a", { class: "skip", href: "#main", onclick: (e) => { e.preventDefault(); this.view?.composer.focus(); } }, "Skip to message box");
    const veil = h("div", { class: "veil", onclick: () => this.toggleDrawer(false) });
    document.getElementById("app").replaceChildren(skip, this.sidebar.element, veil, this.main, this.panel.element, this.toasts.element);
    document.addEventListener("click", (event) => this.followLink(event));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.toggleDrawer(false));
    document.addEventListener("visibilitychange", () => this.channelId && document.visibilityState === "visible" && this.account.look(this.channelId));
    addEventListener("hashchange", () => this.goTo(readPlace(this)));
  }

  listen(account) {
    const mine = (listener) => (event) => account === this.account && listener(event.detail);
    account.addEventListener("channels", () => this.later("sidebar", () => this.channelsChanged()));
    account.addEventListener("connection", () => this.later("sidebar", () => this.channelsChanged()));
    account.addEventListener("posts", mine((channelId) => (!channelId || channelId === this.channelId) && this.later("posts", () => this.postsChanged())));
    account.addEventListener("dialog", (event) => openDialog(account, event.detail).then(() => this.view?.composer.focus()));
    account.addEventListener("direct", (event) => this.announce(account, event.detail));
    account.addEventListener("problem", (event) => this.problem(event.detail));
    account.addEventListener("open-channel", mine((id) => this.openChannel(id)));
    account.addEventListener("open-user", mine((user) => this.openUser(user)));
    account.addEventListener("go", mine((address) => this.follow(address) || window.open(address, "_blank", "noopener")));
  }

  // Many events may arrive at once; one frame later they are drawn together.
  later(what, draw) {
    this.waiting ??= new Map();
    if (this.waiting.has(what)) return;
    this.waiting.set(what, draw);
    queueMicrotask(() => {
      this.waiting.delete(what);
      draw();
    });
  }

  channelsChanged() {
    if (!this.account) return;
    if (this.channelId && !this.account.channels.get(this.channelId)) this.openChannel(this.home());
    this.sidebar.update();
    this.view?.updateHeader();
    const waiting = this.accounts.reduce((sum, a) => sum + a.channels.waiting, 0);
    document.body.classList.toggle("has-waiting", waiting > 0);
    document.title = `${waiting ? `(${waiting}) ` : ""}${this.view?.name ?? "Escalate"} – ${this.account.login.username}`;
  }

  postsChanged() {
    this.view?.update();
    this.panel.update();
  }

  home = () => (this.account.channels.byName("escalations") ?? this.account.channels.byName("town-square"))?.id;

  async playAs(account, place = {}) {
    if (this.account === account && this.view) return;
    this.account?.look(null);
    this.account = account;
    this.panel.leaveChannel();
    this.channelId = null;
    await this.goTo({ channel: account.lastChannel, ...place });
  }

  async goTo(place) {
    if (place.post) return this.openPost(place.post);
    const { channels, usersByName } = this.account;
    const user = place.user && usersByName.get(place.user);
    if (user) return this.openUser(user);
    const channel = channels.get(place.channel) ?? channels.byName(place.channel);
    return this.openChannel(channel?.id ?? this.home());
  }

  async openChannel(id) {
    this.toggleDrawer(false);
    if (!id || (id === this.channelId && this.view?.account === this.account)) return;
    this.panel.leaveChannel();
    this.channelId = id;
    this.account.lastChannel = id;
    this.plugins.moved();
    this.view = new ChannelView(this, this.account, id);
    this.main.replaceChildren(...this.view.parts);
    this.account.look(id);
    this.view.update();
    this.channelsChanged();
    writePlace(this);
    if (matchMedia("(hover: hover)").matches) this.view.composer.focus();
    await this.view.load();
  }

  async openUser(user) {
    try {
      await this.openChannel((await this.account.channels.direct(user.id)).id);
    } catch (problem) {
      this.problem(problem.message);
    }
  }

  async openPost(id) {
    try {
      const post = this.account.posts.find(id) ?? (await this.account.api.readPost(id));
      if (!this.account.channels.get(post.channel_id)) await this.account.channels.learn(post.channel_id);
      await this.openChannel(post.channel_id);
      const root = post.root_id ? (this.account.posts.find(post.root_id) ?? (await this.account.posts.loadThread(post.root_id))) : post;
      if (post.root_id || !this.view.list.reveal(id)) this.panel.showThread(this.account, root);
    } catch (problem) {
      this.problem(`That message can't be shown: ${problem.message}`);
      if (!this.view) await this.openChannel(this.home());
    }
  }

  followLink(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (this.follow(link.href)) event.preventDefault();
  }

  /** Goes to where an address of this server leads. Returns whether it leads into this page. */
  follow(address) {
    const url = new URL(address, location.href);
    const isHere = [location.origin, new URL(this.setup.siteUrl).origin].includes(url.origin);
    const place = isHere ? readPlace(this, url) : {};
    if (!place.post && !place.channel && !place.user) return false;
    this.goTo(place);
    return true;
  }

  announce(account, post) {
    if (account.isLookingAt(post.channel_id)) return;
    const author = account.usersById.get(post.user_id);
    const said = post.message || post.props?.attachments?.[0]?.title || "A message";
    const title = account === this.account ? `${author?.username ?? "Someone"}` : `${author?.username ?? "Someone"} → ${account.login.username}`;
    const onclick = () => (account === this.account ? this.openChannel(post.channel_id) : this.playAs(account, { channel: post.channel_id }));
    this.toasts.show({ title, text: noticeOf(said), sign: avatar(author), onclick });
  }

  problem = (text) => this.toasts.show({ text, kind: "problem" });

  showGuide() {
    this.toggleDrawer(false);
    this.panel.showGuide();
  }

  showPinned = () => this.panel.showPinned(this.account, this.channelId);
  restartSidecar = () => this.sidecar.restart();

  async play(step) {
    await this.playAs(this.accounts.find((a) => a.login.username === step.as) ?? this.account);
    await this.goTo({ channel: step.channel });
    if (innerWidth < 900) this.panel.close();
    if (step.fill) this.view.composer.fill(step.fill);
  }

  toggleDrawer(open) {
    if (document.body.classList.toggle("drawer-open", open) && open) this.sidebar.accounts.querySelector("[aria-checked=true]")?.focus();
  }
}

const app = new App();
app.start().catch((problem) => {
  console.error(problem);
  document.body.classList.remove("starting");
  document.getElementById("app").replaceChildren(h("p", { class: "fatal", role: "alert" }, `The playground could not start: ${problem.message}`));
});
