import { root, type HostWindow, type State } from './host.ts';

export interface Place {
  readonly channelId: string;
  readonly teamId: string;
  /** The post's address, as people copy it. */
  readonly permalink: string;
}

/** What people wrote, and what is still there. */
export function isSomebodys(state: State, postId: string): boolean {
  const post = state.entities?.posts?.posts?.[postId];
  return (
    post !== undefined &&
    !post.type?.startsWith('system_') &&
    post.state !== 'DELETED' &&
    !post.delete_at
  );
}

/** Where a post stands; a direct message belongs to no team, so the one on the screen is meant. */
export function placeOf(host: HostWindow, state: State, postId: string): Place {
  const { posts, channels, teams, general } = state.entities ?? {};
  const channelId = posts?.posts?.[postId]?.channel_id || channels?.currentChannelId || '';
  const teamId = channels?.channels?.[channelId]?.team_id || teams?.currentTeamId || '';
  const server = general?.config?.SiteURL?.replace(/\/+$/, '') || root(host);
  // Without a team's name, this address leads to the post as well.
  const team = teams?.teams?.[teamId]?.name || '_redirect';
  return { channelId, teamId, permalink: `${server}/${team}/pl/${postId}` };
}
