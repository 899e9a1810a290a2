import type { SocketMessage } from './host.ts';

/**
 * Where Mattermost runs the sidecar: something changed that this person may see. Nothing is in it. Mattermost puts the
 * plugin's id in front of the name.
 */
export const changedEvent = 'custom_escalate_changed';

/** Ours carry this prop, so that they are not posted twice. Others' may as well: then the panel asks once too often. */
const mark = 'escalate_effect';

/** Whether a post that was written or changed is one of Escalate's. */
export function isAboutUs(message: SocketMessage): boolean {
  const post = message.data?.post;
  // Most posts are not, and need not be parsed for that.
  if (typeof post !== 'string' || !post.includes(mark)) {
    return false;
  }

  try {
    const { props } = JSON.parse(post) as { props?: Record<string, unknown> | null };
    return props?.[mark] !== undefined;
  } catch {
    return false;
  }
}
