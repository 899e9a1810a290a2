// One logged-in account: its session, its event stream and all that it knows. Views listen to its events:
// "channels" (list, badges, headers), "posts" (detail: channel id), "dialog", "direct" (detail: post), "connection".

import { Api, ApiError } from "./api.js";
import { Posts } from "./posts-state.js";
import { Channels } from "./channels-state.js";
import { hear } from "./events.js";
import { Socket } from "./socket.js";

export class Account extends EventTarget {
  /** @param {{username: string, password: string, team: string, collapsesThreads: boolean}} login */
  constructor(server, login) {
    super();
    this.login = login;
    this.collapsesThreads = login.collapsesThreads;
    this.api = new Api(server);
    this.me = null;
    this.team = null;
    this.connected = false;
    this.usersById = new Map();
    this.usersByName = new Map();
    this.channels = new Channels(this);
    this.posts = new Posts(this);
    this.drafts = new Map();
    this.viewing = null;
    this.unreadThreads = new Set();
    this.expectedTrigger = null;
    this.waitingDialog = null;
  }

  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  async start() {
    this.me = await this.api.login(this.login.username, this.login.password);
    const teams = await this.api.teams();
    this.team = teams.find((t) => t.name === this.login.team) ?? teams[0];
    this.learnUsers([this.me, ...(await this.api.teamUsers(this.team.id))]);
    await this.channels.load();
    this.tellTimeZone();
    this.socket = new Socket(this.api.socketUrl, () => this.api.token, {
      event: (message) => {
        this.emit("event", message);
        return hear(this, message);
      },
      state: (connected, again) => this.connectionChanged(connected, again),
    });
  }

  // As Mattermost's own client does at login: the product reads the zone from the profile.
  tellTimeZone() {
    const automaticTimezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const zone = this.me.timezone;
    if (zone?.useAutomaticTimezone === "false" || zone?.automaticTimezone === automaticTimezone) return;
    const timezone = { useAutomaticTimezone: "true", automaticTimezone, manualTimezone: "" };
    this.api.patchMe({ timezone }).catch((problem) => console.warn("The time zone was not kept:", problem.message));
  }

  async connectionChanged(connected, again) {
    this.connected = connected;
    this.emit("connection");
    if (!connected || !again) return;
    // What happened meanwhile is not repeated by the server: read it.
    try {
      await this.channels.load();
      await this.posts.catchUp();
      this.emit("returned");
    } catch (problem) {
      if (problem instanceof ApiError && problem.status === 401) await this.start();
      else console.warn("Could not catch up:", problem.message);
    }
  }

  learnUsers(users) {
    for (const user of users) {
      this.usersById.set(user.id, user);
      this.usersByName.set(user.username, user);
    }
  }

  /** Makes sure that these people are known, asking the server once for those who are not. */
  async needUsers(ids) {
    const unknown = [...new Set(ids)].filter((id) => id && !this.usersById.has(id));
    if (unknown.length === 0) return;
    this.learnUsers(await this.api.users(unknown));
    this.emit("channels");
    this.emit("posts", null);
  }

  userName = (id) => this.usersById.get(id)?.username ?? "someone";

  /** What the Markdown renderer asks about names. */
  get names() {
    return {
      me: this.me.username,
      user: (name) => this.usersByName.get(name),
      channel: (name) => this.channels.byName(name),
      openUser: (user) => this.emit("open-user", user),
      openChannel: (channel) => this.emit("open-channel", channel.id),
    };
  }

  /** A dialog opens only in the window whose command or click asked for it: both carry the same trigger. */
  expectDialog(trigger) {
    if (!trigger) return;
    this.expectedTrigger = trigger;
    if (this.waitingDialog?.trigger_id === trigger) this.openDialog(this.waitingDialog);
  }

  offerDialog(request) {
    this.waitingDialog = request;
    if (request.trigger_id === this.expectedTrigger) this.openDialog(request);
  }

  openDialog(request) {
    this.waitingDialog = null;
    this.expectedTrigger = null;
    this.emit("dialog", request);
  }

  /** Runs "/command words". Throws ApiError with the server's sentence, for example for an unknown command. */
  async execute(channelId, rootId, command) {
    const body = { channel_id: channelId, command, team_id: this.team.id };
    if (rootId) body.root_id = rootId;
    const answer = await this.api.execute(body);
    this.expectDialog(answer.trigger_id);
    return answer;
  }

  async act(post, action, selectedOption) {
    const body = {};
    if (selectedOption !== undefined) body.selected_option = selectedOption;
    if (action.cookie) body.cookie = action.cookie;
    const answer = await this.api.doAction(post.id, action.id, body);
    this.expectDialog(answer?.trigger_id);
  }

  /** The account looks at this channel (null: at none, because another account is being played). */
  look(channelId) {
    const previous = this.viewing;
    this.viewing = channelId;
    if (channelId) this.markRead(channelId, previous);
  }

  isLookingAt = (channelId) => this.viewing === channelId && document.visibilityState === "visible";

  markRead(channelId, previous) {
    this.channels.read(channelId);
    this.api.view(channelId, previous === channelId ? "" : previous).catch(() => {});
  }
}
