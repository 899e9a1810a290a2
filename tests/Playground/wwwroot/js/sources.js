// What menus offer: given options, people, channels. Each finds `{value, text, hint}` for what was typed.

/** The options of a menu, those that contain what was typed. */
export function optionSource(options) {
  return async (term) => {
    const wanted = term.trim().toLowerCase();
    return options.filter((o) => o.text.toLowerCase().includes(wanted)).map(({ text, value }) => ({ text, value }));
  };
}

/** People, asked of the server. */
export function userSource(account) {
  return async (term) => {
    const found = await account.api.completeUsers(term.trim().replace(/^@/, ""));
    const users = [...(found.users ?? []), ...(found.out_of_channel ?? [])];
    account.learnUsers(users);
    return users.map(userOption);
  };
}

export function userOption(user) {
  const name = [user.first_name, user.last_name].filter(Boolean).join(" ") || user.nickname;
  return { value: user.id, text: user.username, hint: user.is_bot ? "bot" : name };
}

/** Channels of the team, asked of the server. */
export function channelSource(account) {
  return async (term) => {
    const found = await account.api.completeChannels(account.team.id, term.trim().replace(/^~/, ""));
    return found.map((c) => ({ value: c.id, text: c.display_name, hint: `~${c.name}` }));
  };
}
