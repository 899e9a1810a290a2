import * as React from 'react';
import { Board, openDialog } from './board.ts';
import { browserClock, type Clock } from './clock.ts';
import { explain } from './explain.ts';
import type { Channel, ChannelAction, HostWindow, Plugin, Registry, Sidebar, Store } from './host.ts';
import { appBarIcon, headerIcon } from './icon.ts';
import { isSomebodys, placeOf, type Place } from './message.ts';
import { Panel } from './panel/panel.tsx';
import { changedEvent, isAboutUs } from './posted.ts';
import { runCommand } from './runCommand.ts';
import { Sources } from './sources.ts';
import { wear } from './style.ts';
import { Toast } from './toast.ts';
import { words } from './words.ts';

/** What the menu of a message offers: forms with the message in them. */
const fromMessage = [
  { label: words.escalateMessage, command: 'message' },
  { label: words.implementationFromMessage, command: 'implementation' },
] as const;

/** The panel and what opens it; and forms, which come from Mattermost, as if a command had been typed. */
export class EscalatePlugin implements Plugin {
  readonly #host: HostWindow;
  readonly #clock: Clock;
  readonly #toast: Toast;
  #life: AbortController | undefined;
  /** Set while Mattermost has not answered: a second press must not ask for a second form. */
  #underWay: AbortController | undefined;
  #undress: (() => void) | undefined;

  constructor(host: HostWindow, clock: Clock = browserClock) {
    this.#host = host;
    this.#clock = clock;
    this.#toast = new Toast(host.document);
  }

  initialize(registry: Registry, store: Store): void {
    const sidebar = this.#panel(registry, store);
    const toggle = sidebar?.toggleRHSPlugin ?? sidebar?.showRHSPlugin;
    // A host without panels gets the form at once.
    const action: ChannelAction = toggle
      ? () => void store.dispatch(toggle)
      : (channel) => void this.escalate(store, channel ?? undefined);
    const tooltip = toggle ? words.panelTooltip : words.tooltip;
    registry.registerChannelHeaderButtonAction?.(headerIcon(), action, words.escalate, tooltip);
    // Where the app bar is on, it takes the header button's place, so nobody sees both.
    registry.registerAppBarComponent?.(appBarIcon, action, tooltip);
    for (const { label, command } of fromMessage) {
      registry.registerPostDropdownMenuAction?.(
        label,
        (postId) => void this.#fromMessage(store, command, postId),
        (postId) => isSomebodys(store.getState(), postId),
      );
    }
  }

  uninitialize(): void {
    this.#life?.abort();
    this.#underWay?.abort();
    this.#toast.hide();
    this.#undress?.();
  }

  escalate(store: Store, channel: Channel | undefined): Promise<void> {
    const { channels, teams } = store.getState().entities ?? {};
    return this.#run(store, '/escalate', {
      channelId: channel?.id || channels?.currentChannelId || '',
      // A direct message belongs to no team; the command of the team on the screen is meant.
      teamId: channel?.team_id || teams?.currentTeamId || '',
    });
  }

  async #fromMessage(store: Store, command: string, postId: string): Promise<void> {
    const place = placeOf(this.#host, store.getState(), postId);
    await this.#run(store, `/escalate ${command} ${place.permalink}`, place);
  }

  #panel(registry: Registry, store: Store): Sidebar | undefined {
    if (!registry.registerRightHandSidebarComponent) {
      return undefined;
    }

    this.#life = new AbortController();
    const board = new Board(this.#host, store, this.#clock, this.#life.signal);
    const sources = new Sources(board);
    const raise = (): void => void this.escalate(store, undefined);
    const sidebar = registry.registerRightHandSidebarComponent(
      () => React.createElement(Panel, { board, sources, raise }),
      words.escalate,
    );
    this.#undress = wear(this.#host.document);
    for (const event of ['posted', 'post_edited']) {
      registry.registerWebSocketEventHandler?.(event, (message) => isAboutUs(message) && board.changed());
    }

    registry.registerWebSocketEventHandler?.(changedEvent, board.changed);
    registry.registerReconnectHandler?.(board.changed);
    return sidebar;
  }

  async #run(store: Store, command: string, place: Omit<Place, 'permalink'>): Promise<void> {
    if (this.#underWay) {
      return;
    }

    this.#toast.hide();
    if (!place.channelId) {
      this.#toast.show(words.noChannel);
      return;
    }

    const attempt = (this.#underWay = new AbortController());
    const outcome = await runCommand(this.#host, command, place, attempt.signal);
    this.#underWay = undefined;
    if (outcome.kind === 'done' && outcome.triggerId) {
      openDialog(store, outcome.triggerId);
    }

    const team = store.getState().entities?.teams?.teams?.[place.teamId]?.name;
    const problem = explain(outcome, team, words.fromButton);
    if (problem) {
      this.#toast.show(problem);
    }
  }
}
