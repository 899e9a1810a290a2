// What the event stream says, turned into what the account knows. Objects inside of events are JSON in JSON.

const hears = {
  posted(account, data) {
    const post = JSON.parse(data.post);
    if (!account.posts.put(post)) return;
    announce(account, post, data);
  },
  post_edited: (account, data) => account.posts.put(JSON.parse(data.post)),
  post_deleted: (account, data) => account.posts.remove(JSON.parse(data.post)),
  reaction_added: (account, data) => account.posts.react(JSON.parse(data.reaction), true),
  reaction_removed: (account, data) => account.posts.react(JSON.parse(data.reaction), false),
  ephemeral_message: (account, data) => account.posts.put(JSON.parse(data.post)),
  open_dialog: (account, data) => account.offerDialog(JSON.parse(data.dialog)),
  channel_viewed: (account, data) => account.channels.read(data.channel_id),
  multiple_channels_viewed(account, data) {
    for (const id of Object.keys(data.channel_times ?? {})) account.channels.read(id);
  },
  channel_created: (account, data) => account.channels.learn(data.channel_id),
  channel_updated: (account, data) => data.channel && account.channels.put(JSON.parse(data.channel)),
  channel_deleted: (account, data) => account.channels.forget(data.channel_id),
  channel_restored: (account, data) => account.channels.learn(data.channel_id),
  direct_added: (account, data, to) => account.channels.learn(to.channel_id),
  group_added: (account, data, to) => account.channels.learn(to.channel_id),
  user_added(account, data, to) {
    if (data.user_id === account.me.id) return account.channels.learn(to.channel_id);
    return account.needUsers([data.user_id]);
  },
  user_removed(account, data, to) {
    const isMe = (data.user_id ?? to.user_id) === account.me.id;
    if (isMe) account.channels.forget(data.channel_id ?? to.channel_id);
  },
  new_user: (account, data) => account.needUsers([data.user_id]),
  user_updated(account, data) {
    if (!data.user) return;
    account.learnUsers([data.user]);
    account.emit("channels");
  },
};

/** Takes in one event; what it does not know it leaves alone. */
export async function hear(account, message) {
  const listener = Object.hasOwn(hears, message.event) ? hears[message.event] : null;
  if (!listener) return;
  try {
    await listener(account, message.data, message.broadcast ?? {});
  } catch (problem) {
    console.warn(`Event ${message.event}:`, problem);
  }
}

function announce(account, post, data) {
  if (post.user_id === account.me.id && !post.props?.from_webhook) return;
  if (!account.channels.get(post.channel_id)) account.channels.learn(post.channel_id).catch(() => {});
  const isDirect = data.channel_type === "D" || data.channel_type === "G";
  const isMention = isDirect || mentions(account, post, data);
  if (post.root_id) account.unreadThreads.add(post.root_id);
  if (account.isLookingAt(post.channel_id)) account.markRead(post.channel_id, post.channel_id);
  else account.channels.count(post.channel_id, isMention);
  if (isDirect) account.emit("direct", post);
}

function mentions(account, post, data) {
  if (data.mentions) return JSON.parse(data.mentions).includes(account.me.id);
  const name = account.me.username.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(^|[^\\w])@(${name}|channel|all|here)(?![\\w-])`, "i").test(post.message);
}
