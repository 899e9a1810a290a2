import type { Outcome } from './runCommand.ts';
import { words } from './words.ts';

/** Where the user reads it, which decides what to do next. */
export type From = typeof words.fromButton | typeof words.fromPanel;

/** What the user reads when a command did not work; nothing when there is nothing to say. */
export function explain(outcome: Outcome, team: string | undefined, from: From): string | undefined {
  switch (outcome.kind) {
    case 'done':
    case 'cancelled':
      return undefined;
    case 'unreachable':
      return words.offline(from.then);
    case 'refused':
      return (
        byId(outcome.id, team, from) ?? byStatus(outcome.status, from) ?? words.other(outcome.status, outcome.said)
      );
  }
}

function byId(id: string | undefined, team: string | undefined, from: From): string | undefined {
  switch (id) {
    case 'api.command.execute_command.not_found.app_error':
      return words.notSetUp(team);
    case 'api.command.disabled.app_error':
      return words.commandsOff;
    case 'api.command.execute_command.deleted.error':
      return from.archived;
    case 'api.command.execute_command.failed.app_error':
    case 'api.command.execute_command.failed_empty.app_error':
    case 'api.command.execute_command.failed_resp.app_error':
      return words.noAnswer;
    default:
      return undefined;
  }
}

function byStatus(status: number, from: From): string | undefined {
  switch (status) {
    case 401:
      return words.signedOut(from.then);
    case 403:
      return from.mayNotPost;
    case 429:
      return words.tooFast(from.then);
    case 502:
    case 503:
    case 504:
      return words.offline(from.then);
    default:
      return undefined;
  }
}
