import { explain } from './explain.ts';
import type { Channel, HostWindow, Plugin, Registry, Store } from './host.ts';
import { appBarIcon, headerIcon } from './icon.ts';
import { runCommand } from './runCommand.ts';
import { Toast } from './toast.ts';
import { words } from './words.ts';

/** Buttons that run `/escalate`; the form then comes from Mattermost, as if the command had been typed. */
export class EscalatePlugin implements Plugin {
  readonly #host: HostWindow;
  readonly #toast: Toast;
  /** Set while Mattermost has not answered: a second press must not ask for a second form. */
  #underWay: AbortController | undefined;

  constructor(host: HostWindow) {
    this.#host = host;
    this.#toast = new Toast(host.document);
  }

  initialize(registry: Registry, store: Store): void {
    const action = (channel?: Channel | null): void => void this.escalate(store, channel ?? undefined);
    registry.registerChannelHeaderButtonAction(
      headerIcon(this.#host.React),
      action,
      words.escalate,
      words.tooltip,
    );
    // Where the app bar is on, it takes the header button's place, so nobody sees both.
    registry.registerAppBarComponent?.(appBarIcon, action, words.tooltip);
  }

  uninitialize(): void {
    this.#underWay?.abort();
    this.#toast.hide();
  }

  async escalate(store: Store, channel: Channel | undefined): Promise<void> {
    if (this.#underWay) {
      return;
    }

    this.#toast.hide();
    const { channels, teams } = store.getState().entities ?? {};
    const channelId = channel?.id || channels?.currentChannelId;
    if (!channelId) {
      this.#toast.show(words.noChannel);
      return;
    }

    // A direct message belongs to no team; the command of the team on the screen is meant.
    const teamId = channel?.team_id || teams?.currentTeamId || '';
    const attempt = (this.#underWay = new AbortController());
    const outcome = await runCommand(this.#host, '/escalate', { channelId, teamId }, attempt.signal);
    this.#underWay = undefined;
    if (outcome.kind === 'done' && outcome.triggerId) {
      // The web app opens only the dialog whose trigger it was told to wait for, in whichever order the two arrive.
      store.dispatch({ type: 'RECEIVED_DIALOG_TRIGGER_ID', data: outcome.triggerId });
    }

    const problem = explain(outcome, teams?.teams?.[teamId]?.name);
    if (problem) {
      this.#toast.show(problem);
    }
  }
}
