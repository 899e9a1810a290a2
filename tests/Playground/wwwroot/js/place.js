// Where one is, in the address: ?as=engineer#/channels/escalations. Mattermost's own addresses are understood too.

const team = /^\/(?!playground\/|api\/)([a-z0-9-]+)\/(channels|messages|pl)\/(@?[\w.-]+)$/;

/** @returns {{as?: string, channel?: string, user?: string, post?: string}} */
export function readPlace(app, url = new URL(location.href)) {
  const as = url.searchParams.get("as") ?? undefined;
  const path = url.hash.startsWith("#/") ? `/${app.setup.team}${url.hash.slice(1)}` : url.pathname;
  const [, , kind, name] = team.exec(path) ?? [];
  if (kind === "pl") return { as, post: name };
  if (kind === "messages") return { as, user: name.replace(/^@/, "") };
  if (kind === "channels") return { as, channel: name };
  return { as };
}

export function writePlace(app) {
  const { account, channelId } = app;
  const channel = account.channels.get(channelId);
  if (!channel) return;
  const partner = channel.type === "D" ? account.channels.partner(channel) : null;
  const hash = partner ? `#/messages/@${partner.username}` : `#/channels/${channel.name}`;
  history.replaceState(null, "", `/?as=${account.login.username}${hash}`);
}
