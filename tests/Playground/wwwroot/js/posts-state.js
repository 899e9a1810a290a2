// The posts an account has seen: from the server, from the event stream, its own that are still on their way, and those
// that only it can see.

import { now } from "./time.js";

export class Posts {
  constructor(account) {
    this.account = account;
    this.byChannel = new Map();
    this.loaded = new Map();
    this.lastSeen = new Map();
  }

  in(channelId) {
    if (!this.byChannel.has(channelId)) this.byChannel.set(channelId, new Map());
    return this.byChannel.get(channelId);
  }

  find(id) {
    for (const posts of this.byChannel.values()) if (posts.has(id)) return posts.get(id);
    return undefined;
  }

  /** What the channel shows, oldest first: where threads are collapsed, what belongs to one is in the thread only. */
  shown(channelId) {
    const { collapsesThreads } = this.account;
    return sorted([...this.in(channelId).values()].filter((p) => !p.root_id || !collapsesThreads));
  }

  /** A thread: its first post and the answers, oldest first. */
  thread(rootId, channelId) {
    return sorted([...this.in(channelId).values()].filter((p) => p.id === rootId || p.root_id === rootId));
  }

  hasOlder = (channelId) => this.loaded.get(channelId)?.hasOlder ?? false;

  async load(channelId) {
    if (this.loaded.has(channelId)) return;
    const list = await this.account.api.posts(channelId, this.account.collapsesThreads);
    this.loaded.set(channelId, { hasOlder: list.order.length >= 60, oldest: list.order.at(-1) });
    await this.learn(channelId, list);
  }

  async loadOlder(channelId) {
    const state = this.loaded.get(channelId);
    if (!state?.hasOlder) return;
    const list = await this.account.api.postsBefore(channelId, state.oldest, this.account.collapsesThreads);
    this.loaded.set(channelId, { hasOlder: list.order.length >= 60, oldest: list.order.at(-1) ?? state.oldest });
    await this.learn(channelId, list);
  }

  async loadThread(rootId) {
    const list = await this.account.api.thread(rootId);
    const root = list.posts[rootId];
    if (root) await this.learn(root.channel_id, list);
    return root;
  }

  async catchUp() {
    for (const channelId of this.loaded.keys()) {
      const newest = Math.max(0, ...[...this.in(channelId).values()].map((p) => p.update_at || 0));
      await this.learn(channelId, await this.account.api.postsSince(channelId, newest));
    }
  }

  async learn(channelId, list) {
    const posts = this.in(channelId);
    for (const post of Object.values(list.posts)) {
      if (post.delete_at) posts.delete(post.id);
      else posts.set(post.id, { ...posts.get(post.id), ...post });
    }
    if (!this.account.collapsesThreads) this.countReplies(posts);
    const people = Object.values(list.posts).map((p) => p.user_id);
    await this.account.needUsers(people).catch(() => {});
    this.changed(channelId);
  }

  /** A post arrived or changed. Returns whether it is new. */
  put(post) {
    const posts = this.in(post.channel_id);
    const isNew = !posts.has(post.id);
    if (post.pending_post_id) posts.delete(post.pending_post_id);
    const known = posts.get(post.id);
    // An event may be older than what an answer already said.
    if (known && known.update_at > post.update_at) return false;
    posts.set(post.id, { ...known, ...post, reply_count: known?.reply_count ?? post.reply_count });
    if (isNew && post.root_id) this.countReply(post, 1);
    this.account.needUsers([post.user_id]).catch(() => {});
    this.changed(post.channel_id);
    return isNew;
  }

  remove(post) {
    const posts = this.in(post.channel_id);
    if (posts.delete(post.id) && post.root_id) this.countReply(post, -1);
    for (const answer of [...posts.values()]) if (answer.root_id === post.id) posts.delete(answer.id);
    this.changed(post.channel_id);
  }

  // Where threads are not collapsed the server counts no replies in a list, as they are in the list themselves.
  countReplies(posts) {
    const replies = [...posts.values()].filter((p) => p.root_id && p.type !== "system_ephemeral");
    for (const [root, of] of Map.groupBy(replies, (p) => p.root_id)) {
      const post = posts.get(root);
      if (!post) continue;
      const last_reply_at = Math.max(...of.map((p) => p.create_at));
      posts.set(root, { ...post, reply_count: Math.max(post.reply_count ?? 0, of.length), last_reply_at });
    }
  }

  countReply(post, by) {
    if (post.type === "system_ephemeral") return;
    const root = this.in(post.channel_id).get(post.root_id);
    if (!root) return;
    const reply_count = Math.max(0, (root.reply_count ?? 0) + by);
    this.in(post.channel_id).set(root.id, { ...root, reply_count, last_reply_at: post.create_at });
  }

  react(reaction, present) {
    const post = this.find(reaction.post_id);
    if (!post) return;
    const others = (post.metadata?.reactions ?? []).filter(
      (r) => r.user_id !== reaction.user_id || r.emoji_name !== reaction.emoji_name,
    );
    const reactions = present ? [...others, reaction] : others;
    this.in(post.channel_id).set(post.id, { ...post, metadata: { ...post.metadata, reactions } });
    this.account.needUsers([reaction.user_id]).catch(() => {});
    this.changed(post.channel_id);
  }

  /** Shows a message at once and sends it; if that fails it stays, marked, to be sent again. */
  async send(channelId, rootId, message) {
    const { me, api } = this.account;
    const pending_post_id = `${me.id}:${Date.now()}`;
    const draft = { channel_id: channelId, root_id: rootId ?? "", message, pending_post_id };
    const local = { ...draft, id: pending_post_id, pending_post_id: "", user_id: me.id, create_at: now() };
    const shown = { ...local, update_at: 0, type: "", props: {}, metadata: {}, local: "sending", draft };
    this.in(channelId).set(shown.id, shown);
    this.changed(channelId);
    await this.deliver(api, shown);
  }

  async retry(post) {
    const again = { ...post, local: "sending" };
    this.in(post.channel_id).set(post.id, again);
    this.changed(post.channel_id);
    await this.deliver(this.account.api, again);
  }

  async deliver(api, local) {
    try {
      this.put(await api.createPost(local.draft));
    } catch (problem) {
      this.in(local.channel_id).set(local.id, { ...local, local: "failed", problem: problem.message });
      this.changed(local.channel_id);
    }
  }

  changed = (channelId) => this.account.emit("posts", channelId);
}

const sorted = (posts) => posts.sort((a, b) => a.create_at - b.create_at || (a.id < b.id ? -1 : 1));
