// The channels of an account, what is unread in them, and how they are named and ordered.

export class Channels {
  constructor(account) {
    this.account = account;
    this.all = new Map();
    this.unread = new Map();
  }

  async load() {
    const { api, team } = this.account;
    const [channels, memberships] = await Promise.all([api.channels(team.id), api.memberships(team.id)]);
    this.all = new Map(channels.filter((c) => !c.delete_at).map((c) => [c.id, c]));
    for (const member of memberships) {
      const channel = this.all.get(member.channel_id);
      if (!channel || this.account.isLookingAt(channel.id)) continue;
      const messages = Math.max(0, channel.total_msg_count - member.msg_count);
      this.unread.set(channel.id, { messages, mentions: messages && (member.mention_count ?? 0) });
    }
    await this.account.needUsers(channels.map((c) => this.partnerId(c)));
    this.account.emit("channels");
  }

  /** Puts a new or changed channel into the list. */
  async learn(id) {
    const channel = await this.account.api.channel(id);
    this.put(channel);
    await this.account.needUsers([this.partnerId(channel)]);
    return channel;
  }

  put(channel) {
    if (channel.delete_at) this.all.delete(channel.id);
    else this.all.set(channel.id, channel);
    this.account.emit("channels");
  }

  forget(id) {
    this.all.delete(id);
    this.unread.delete(id);
    this.account.emit("channels");
  }

  get = (id) => this.all.get(id);

  byName(name) {
    for (const channel of this.all.values()) if (channel.name === name) return channel;
    return undefined;
  }

  partnerId(channel) {
    if (channel?.type !== "D") return "";
    const [one, other] = channel.name.split("__");
    return one === this.account.me.id ? other : one;
  }

  partner = (channel) => this.account.usersById.get(this.partnerId(channel));

  title(channel) {
    if (channel.type === "D") {
      const partner = this.partner(channel);
      return partner?.id === this.account.me.id ? `${partner.username} (you)` : (partner?.username ?? "…");
    }
    return channel.display_name || channel.name;
  }

  /** Team channels by name, town square first; then direct messages, the ones with news first. */
  sorted() {
    const named = [...this.all.values()].map((channel) => ({ channel, title: this.title(channel) }));
    const rank = ({ channel }) => (channel.name === "town-square" ? 0 : channel.name === "off-topic" ? 2 : 1);
    const byTitle = (a, b) => a.title.localeCompare(b.title);
    const team = named.filter((n) => "OP".includes(n.channel.type)).sort((a, b) => rank(a) - rank(b) || byTitle(a, b));
    const direct = named.filter((n) => "DG".includes(n.channel.type)).sort(byTitle);
    return { team, direct };
  }

  unreadIn = (id) => this.unread.get(id) ?? { messages: 0, mentions: 0 };

  /** What the switch at the top shows: mentions count, and everything in direct messages does. */
  get waiting() {
    let sum = 0;
    for (const { mentions } of this.unread.values()) sum += mentions;
    return sum;
  }

  count(id, isMention) {
    const { messages, mentions } = this.unreadIn(id);
    this.unread.set(id, { messages: messages + 1, mentions: mentions + (isMention ? 1 : 0) });
    this.account.emit("channels");
  }

  read(id) {
    if (!this.unread.has(id)) return;
    this.unread.delete(id);
    this.account.emit("channels");
  }

  /** The direct channel with somebody, made when there is none yet. */
  async direct(userId) {
    const channel = await this.account.api.directChannel(this.account.me.id, userId);
    await this.account.needUsers([userId]);
    this.put(channel);
    return channel;
  }
}
