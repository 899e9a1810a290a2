import type { Clock, Timer } from '../src/clock.ts';
import { byPositionOrName, reply, type Sent } from './desk.ts';

export type Data = Readonly<Record<string, unknown>>;

/** A clock that stands still until it is told how much time passes. */
export class HandClock implements Clock {
  #time = Date.parse('2026-03-02T09:00:00.000Z');
  readonly #timers = new Set<{ readonly at: number; readonly act: () => void }>();

  now = (): number => this.#time;

  after(milliseconds: number, act: () => void): Timer {
    const timer = { at: this.#time + milliseconds, act };
    this.#timers.add(timer);
    return { cancel: () => void this.#timers.delete(timer) };
  }

  get waiting(): number {
    return this.#timers.size;
  }

  /** Goes to the next timer that is due until then, and fires it; false when there is none, and it is then. */
  step(until: number): boolean {
    const [next] = [...this.#timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
    this.#time = Math.max(this.#time, next?.at ?? until);
    if (next) {
      this.#timers.delete(next);
      next.act();
    }

    return next !== undefined;
  }
}

/** One request of the panel, as it came to the server. */
export class Ask {
  readonly channelId: string;
  readonly teamId: string;
  readonly command: string;
  /** The JSON behind the separator; undefined when the command is another. */
  readonly request: Data | undefined;
  readonly signal: AbortSignal | undefined;
  readonly response: Promise<Response>;
  #settle: (response: Response) => void = () => undefined;
  #fail: (reason: unknown) => void = () => undefined;

  constructor({ init }: Sent) {
    const body = JSON.parse(String(init.body)) as { channel_id: string; team_id: string; command: string };
    this.channelId = body.channel_id;
    this.teamId = body.team_id;
    this.command = body.command;
    const [, json] = body.command.split('/escalate panel \u2063');
    this.request = json === undefined ? undefined : (JSON.parse(json) as Data);
    this.signal = init.signal ?? undefined;
    this.response = new Promise((settle, fail) => {
      this.#settle = settle;
      this.#fail = fail;
    });
  }

  /** Mattermost gives a trigger to every command, whether or not a dialog comes of it. */
  answer = (content: Data): void => this.props({ escalate: { v: 2, now: '2026-03-02T09:00:00.000Z', ...content } });
  props = (props: unknown): void => this.respond(reply(200, { text: '', trigger_id: 'trigger1', props }));
  dialog = (): void => this.props(null);
  respond = (response: Response): void => this.#settle(response);
  breakOff = (): void => this.#fail(new TypeError('Failed to fetch'));
}

/** Answers by what is asked for; what is held waits until the test answers it. */
export class FakeSidecar {
  readonly asked: Ask[] = [];
  isHolding = false;
  answers: Record<string, (ask: Ask) => void> = {};

  take = (sent: Sent): Promise<Response> => {
    const ask = new Ask(sent);
    if (ask.signal?.aborted) {
      return Promise.reject(new DOMException('aborted', 'AbortError'));
    }

    this.asked.push(ask);
    if (!this.isHolding) {
      this.answer(ask);
    }

    return ask.response;
  };

  answer(ask: Ask): void {
    const { get, move, run, act, step } = ask.request ?? {};
    const kind = String(get ?? (move ?? act ?? step ? 'move' : run !== undefined ? 'run' : 'command'));
    const answer = this.answers[kind];
    if (answer) {
      answer(ask);
    } else {
      ask.dialog();
    }
  }

  /** What was asked since the last time, without the version, which stands in all of it. */
  get news(): Data[] {
    const since = this.asked.slice(this.#seen);
    this.#seen = this.asked.length;
    return since.map(({ request, command }) => {
      const { v, ...rest } = request ?? { v: 2, command };
      return v === 2 ? rest : { v, ...rest };
    });
  }

  get last(): Ask {
    const last = this.asked.at(-1);
    if (!last) {
      throw new Error('Nothing was asked.');
    }

    return last;
  }

  #seen = 0;
}

const forms = {
  registerChannelHeaderButtonAction: ['icon', 'action', 'dropdownText', 'tooltipText'],
  registerAppBarComponent: ['iconUrl', 'action', 'tooltipText', 'supportedProductIds'],
  registerRightHandSidebarComponent: ['component', 'title'],
  registerPostDropdownMenuAction: ['text', 'action', 'filter'],
  registerWebSocketEventHandler: ['event', 'handler'],
  registerReconnectHandler: ['handler'],
} as const;

export type Part = keyof typeof forms;
export const sidebar = { id: 'rhs1', showRHSPlugin: { type: 'SHOW' }, toggleRHSPlugin: { type: 'TOGGLE' } };

/** Keeps what is registered, by name, as Mattermost 11 does; a handler of an event takes the place of an earlier one. */
export class FakeRegistry {
  readonly registered: { readonly part: Part; readonly given: Data }[] = [];

  constructor(without: readonly Part[] = []) {
    for (const part of Object.keys(forms) as Part[]) {
      if (!without.includes(part)) {
        Object.assign(this, {
          [part]: (...args: unknown[]): unknown => {
            this.registered.push({ part, given: byPositionOrName(forms[part], args) });
            return part === 'registerRightHandSidebarComponent' ? sidebar : `${part}1`;
          },
        });
      }
    }
  }

  of = (part: Part): Data[] => this.registered.filter((one) => one.part === part).map(({ given }) => given);

  /** Every argument that Mattermost would read under that name. */
  one<T>(part: Part, name: string): T {
    return this.of(part).at(-1)?.[name] as T;
  }
}
