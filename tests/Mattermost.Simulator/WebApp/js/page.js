// A page that is to plugins what Mattermost's web app is: channels, messages with their menus, a header with buttons, an
// app bar, a right-hand side, dialogs and themes. `/_host/?as=tam&team=ops&channel=town-square&theme=onyx&appbar=off`.

import { Dialogs } from "./dialog.js";
import { installGlobals } from "./globals.js";
import { PluginHost } from "./plugin-host.js";
import { Session } from "./session.js";
import { Store } from "./store.js";
import { themeNames, wear } from "./themes.js";

const asked = new URLSearchParams(location.search);
const $ = (selector) => document.querySelector(selector);
const session = new Session();
const byId = (list) => Object.fromEntries(list.map((one) => [one.id, one]));
const channels = { currentChannelId: "", channels: {} };
const posts = {};
let store;
let host;
let dialogs;

async function start() {
  await session.login(asked.get("as") ?? "tam", asked.get("password") ?? "Passw0rd!");
  const teams = await session.request("/api/v4/users/me/teams");
  const team = teams.find((one) => one.name === (asked.get("team") ?? "ops")) ?? teams[0];
  const mine = await session.request(`/api/v4/users/me/teams/${team.id}/channels`);
  channels.channels = byId(mine);
  channels.currentChannelId = (mine.find((one) => one.name === (asked.get("channel") ?? "town-square")) ?? mine[0]).id;
  const entities = {
    channels: { ...channels },
    teams: { currentTeamId: team.id, teams: byId(teams) },
    users: { currentUserId: session.me.id, profiles: { [session.me.id]: session.me } },
    posts: { posts },
    general: { config: { SiteURL: location.origin } },
  };
  store = new Store({ entities }, (action) => {
    if (action.type === "RECEIVED_DIALOG_TRIGGER_ID") dialogs.expect(action.data);
  });
  dialogs = new Dialogs(session);
  installGlobals((path) => open(mine.find((one) => path.endsWith(`/channels/${one.name}`))));
  host = new PluginHost(store);
  window.pluginHost = host;
  host.addEventListener("change", drawPlugins);
  themes();
  $("#composer").addEventListener("submit", send);
  $("#close").addEventListener("click", () => host.show(null));
  session.listen(hear, () => void read().then(() => host.reconnected()));
  await host.load((path) => session.request(path));
  drawChannels(mine);
  await read();
  document.body.dataset.state = "ready";
}

const current = () => store.getState().entities.channels.channels[store.getState().entities.channels.currentChannelId];

async function open(channel) {
  if (!channel) return;
  store.set({ channels: { ...channels, currentChannelId: channel.id } });
  drawChannels(Object.values(channels.channels));
  await read();
}

function drawChannels(all) {
  $("#channels").replaceChildren(
    ...all
      .filter((one) => one.type !== "D")
      .map((one) => {
        const button = element("button", { type: "button", textContent: `~${one.name}` });
        if (one.id === current().id) button.setAttribute("aria-current", "page");
        button.addEventListener("click", () => open(one));
        return button;
      }),
  );
  $("#title").textContent = current().display_name || current().name;
}

async function read() {
  const page = await session.request(`/api/v4/channels/${current().id}/posts`);
  Object.assign(posts, page.posts);
  $("#posts").replaceChildren();
  for (const id of page.order.toReversed()) draw(page.posts[id]);
}

function hear(message) {
  if (message.event === "open_dialog") dialogs.offer(JSON.parse(message.data.dialog));
  if (["posted", "post_edited", "ephemeral_message"].includes(message.event)) {
    const post = JSON.parse(message.data.post);
    posts[post.id] = post;
    store.set({ posts: { posts: { ...posts } } });
    if (post.channel_id === current().id) draw(post);
  }
  host.hear(message);
}

function draw(post) {
  const item = element("li", { textContent: post.message });
  item.dataset.post = post.id;
  for (const attachment of post.props?.attachments ?? []) {
    item.append(element("div", { className: "attachment", textContent: attachment.title ?? attachment.text ?? "" }));
  }
  const menu = element("button", { type: "button", textContent: "…" });
  menu.setAttribute("aria-label", "more");
  menu.addEventListener("click", () => showMenu(item, post));
  item.append(menu);
  const before = document.querySelector(`[data-post="${post.id}"]`);
  if (before) before.replaceWith(item);
  else $("#posts").append(item);
}

function showMenu(item, post) {
  const open = item.querySelector("[role=menu]");
  if (open) return open.remove();
  const menu = element("div", {});
  menu.setAttribute("role", "menu");
  for (const action of host.postActions.filter((one) => one.filter?.(post.id) ?? true)) {
    const button = element("button", { type: "button", textContent: action.text });
    button.setAttribute("role", "menuitem");
    button.addEventListener("click", () => {
      menu.remove();
      host.guard(() => action.action(post.id));
    });
    menu.append(button);
  }
  item.append(menu);
}

async function send(event) {
  event.preventDefault();
  const input = event.target.elements.message;
  const text = input.value;
  input.value = "";
  const place = { channel_id: current().id, team_id: store.getState().entities.teams.currentTeamId };
  if (!text.startsWith("/")) return session.request("/api/v4/posts", { channel_id: place.channel_id, message: text });
  const command = await host.commandToPost(text, place);
  if (command === null) return;
  const answer = await session.request("/api/v4/commands/execute", { ...place, command });
  if (answer.trigger_id) dialogs.expect(answer.trigger_id);
}

function drawPlugins() {
  const isAppBarOn = asked.get("appbar") !== "off";
  // Where the app bar is on, it takes the header buttons' place.
  $("#header-buttons").replaceChildren(
    ...(isAppBarOn && host.appBarButtons.length > 0 ? [] : host.headerButtons).map((one) => {
      const button = pluginButton(one, one.tooltipText ?? one.dropdownText);
      host.drawIcon(button, one);
      return button;
    }),
  );
  $("#app-bar").replaceChildren(
    ...(isAppBarOn ? host.appBarButtons : []).map((one) => {
      const button = pluginButton(one, one.tooltipText);
      button.append(element("img", { src: one.iconUrl, alt: "", width: 24, height: 24 }));
      return button;
    }),
  );
  const shown = host.shown && host.sidebars.get(host.shown);
  $("#sidebar").hidden = !shown;
  $("#sidebar-title").textContent = shown ? shown.title : "";
  host.mount($("#sidebar-body"));
}

function pluginButton(one, name) {
  const button = element("button", { type: "button", title: name });
  button.setAttribute("aria-label", name);
  button.addEventListener("click", () => host.guard(() => one.action(current(), {})));
  return button;
}

function themes() {
  const select = $("#theme");
  select.append(...themeNames.map((name) => new Option(name, name)));
  select.value = asked.get("theme") ?? "denim";
  wear(select.value);
  select.addEventListener("change", () => wear(select.value));
}

const element = (tag, properties) => Object.assign(document.createElement(tag), properties);

start().catch((failure) => {
  document.body.dataset.state = "failed";
  $("#failure").textContent = failure.message;
});
