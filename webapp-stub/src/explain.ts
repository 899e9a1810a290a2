import type { Outcome } from './runCommand.ts';
import { words } from './words.ts';

/** What the user reads when the form did not open; nothing when there is nothing to say. */
export function explain(outcome: Outcome, team: string | undefined): string | undefined {
  switch (outcome.kind) {
    case 'done':
    case 'cancelled':
      return undefined;
    case 'unreachable':
      return words.offline;
    case 'refused':
      return byId(outcome.id, team) ?? byStatus(outcome.status) ?? words.other(outcome.status, outcome.said);
  }
}

function byId(id: string | undefined, team: string | undefined): string | undefined {
  switch (id) {
    case 'api.command.execute_command.not_found.app_error':
      return words.notSetUp(team);
    case 'api.command.disabled.app_error':
      return words.commandsOff;
    case 'api.command.execute_command.deleted.error':
      return words.archived;
    case 'api.command.execute_command.failed.app_error':
    case 'api.command.execute_command.failed_empty.app_error':
    case 'api.command.execute_command.failed_resp.app_error':
      return words.noAnswer;
    default:
      return undefined;
  }
}

function byStatus(status: number): string | undefined {
  switch (status) {
    case 401:
      return words.signedOut;
    case 403:
      return words.mayNotPost;
    case 429:
      return words.tooFast;
    case 502:
    case 503:
    case 504:
      return words.offline;
    default:
      return undefined;
  }
}
