import { Window } from 'happy-dom';
import type { Clock } from '../src/clock.ts';
import type { Channel, HostWindow, Registry, State, Store } from '../src/host.ts';
import { EscalatePlugin } from '../src/plugin.ts';

export const channel: Channel = { id: 'channel0000000000000000001', team_id: 'team0000000000000000000001' };
export const state: State = {
  entities: {
    channels: { currentChannelId: channel.id },
    teams: { currentTeamId: 'team0000000000000000000002', teams: { [channel.team_id ?? '']: { name: 'ops' } } },
  },
};

export interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

interface Given {
  readonly basename?: string;
  readonly current?: State;
  readonly clock?: Clock;
  readonly host?: Partial<HostWindow>;
}

/** A web app to press buttons in: a page, a registry, a store, and a server that answers as it is told. */
export class Desk {
  readonly page = new Window({ url: 'https://chat.test/chat/ops/channels/town-square' });
  readonly sent: Sent[] = [];
  readonly dispatched: unknown[] = [];
  readonly header: unknown[][] = [];
  readonly appBar: unknown[][] = [];
  readonly plugin: EscalatePlugin;
  readonly store: Store;
  state: State;
  readonly #listeners = new Set<() => void>();

  constructor(
    readonly answer: (sent: Sent) => Promise<Response> | Response = () => reply(200, { trigger_id: 'trigger1' }),
    { basename = '', current = state, clock, host: more }: Given = {},
  ) {
    const document = this.page.document as unknown as Document;
    document.cookie = 'MMUSERID=user1';
    document.cookie = 'MMCSRF=csrf1';
    const host: HostWindow = {
      basename,
      document,
      location: { origin: 'https://chat.test' },
      registerPlugin: () => undefined,
      fetch: async (url, init) => {
        const sent = { url, init };
        this.sent.push(sent);
        return await this.answer(sent);
      },
      ...more,
    };
    this.state = current;
    this.store = {
      getState: () => this.state,
      dispatch: (action) => this.dispatched.push(action),
      subscribe: (listener) => {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
      },
    };
    this.plugin = new EscalatePlugin(host, clock);
  }

  /** What the web app shows becomes something else, as when another channel is opened. */
  become(next: State): void {
    this.state = next;
    for (const tell of this.#listeners) {
      tell();
    }
  }

  registry(): Registry {
    return {
      registerChannelHeaderButtonAction: (...args) => this.header.push(args),
      registerAppBarComponent: (...args) => this.appBar.push(args),
    };
  }

  /** Presses the button, and waits until the attempt is over. */
  press(on: Channel | undefined = channel): Promise<void> {
    return this.plugin.escalate(this.store, on);
  }

  get alerts(): string[] {
    return [...this.page.document.querySelectorAll('[role="alert"]')].map(
      (alert) => alert.querySelector('span')?.textContent ?? '',
    );
  }
}

/** As Mattermost's registry reads its arguments: by position, or one plain object with the same names. */
export const byPositionOrName = (names: readonly string[], args: readonly unknown[]): Record<string, unknown> => {
  const [only] = args;
  return args.length === 1 && typeof only === 'object' && only !== null
    ? (only as Record<string, unknown>)
    : Object.fromEntries(names.map((name, i) => [name, args[i]]));
};

export const reply = (status: number, body: unknown): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });

export const refusal = (status: number, id: string, message = 'Mattermost said so.'): Response =>
  reply(status, { id, message, detailed_error: '', request_id: 'r', status_code: status });
