import { root, type HostWindow } from './host.ts';

/** How Mattermost took a slash command. */
export type Outcome =
  | {
      readonly kind: 'done';
      readonly triggerId: string | undefined;
      readonly props: unknown;
      /** What Mattermost posted to the user alone. */
      readonly said: string | undefined;
    }
  | { readonly kind: 'refused'; readonly status: number; readonly id: string | undefined; readonly said: string | undefined }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'cancelled' };

/** Longer than Mattermost waits for the sidecar (30 s), so that its own answer arrives first. */
const timeLimit = 40_000;

/** Runs a slash command as the signed-in user, as if it had been typed in that channel. Never throws. */
export async function runCommand(
  host: HostWindow,
  command: string,
  place: { readonly channelId: string; readonly teamId: string },
  cancel: AbortSignal,
): Promise<Outcome> {
  try {
    const response = await host.fetch(`${root(host)}/api/v4/commands/execute`, {
      method: 'POST',
      credentials: 'same-origin',
      // A sign-in page that answers in Mattermost's place must not receive the command.
      redirect: 'error',
      headers: {
        'Content-Type': 'application/json',
        'X-Requested-With': 'XMLHttpRequest',
        'X-CSRF-Token': cookie(host.document.cookie, 'MMCSRF'),
      },
      body: JSON.stringify({ channel_id: place.channelId, team_id: place.teamId, command }),
      signal: AbortSignal.any([cancel, AbortSignal.timeout(timeLimit)]),
    });
    const answer = await json(response);
    return response.ok
      ? {
          kind: 'done',
          triggerId: text(answer, 'trigger_id'),
          props: field(answer, 'props'),
          said: text(answer, 'text'),
        }
      : { kind: 'refused', status: response.status, id: text(answer, 'id'), said: text(answer, 'message') };
  } catch {
    return { kind: cancel.aborted ? 'cancelled' : 'unreachable' };
  }
}

function cookie(cookies: string, name: string): string {
  const found = cookies.split(';').find((part) => part.trim().startsWith(`${name}=`));
  return found?.trim().slice(name.length + 1) ?? '';
}

/** Proxies and rate limits answer in plain text: then the status has to tell enough. */
async function json(response: Response): Promise<unknown> {
  const body = await response.text();
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

const field = (answer: unknown, name: string): unknown =>
  typeof answer === 'object' && answer !== null ? (answer as Readonly<Record<string, unknown>>)[name] : undefined;

function text(answer: unknown, name: string): string | undefined {
  const value = field(answer, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
