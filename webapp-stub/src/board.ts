import type { Answer, Channel } from './answers.ts';
import type { Clock } from './clock.ts';
import { explain } from './explain.ts';
import { root, type HostWindow, type Store } from './host.ts';
import { readAnswer } from './readAnswer.ts';
import { runCommand, type Outcome } from './runCommand.ts';
import { mark, version } from './wire.ts';
import { words } from './words.ts';
import { zoneOf } from './zone.ts';

/** What stopped us; `isMarkdown` when the sidecar wrote it, `isGone` when there is nothing for this person to see. */
export interface Trouble {
  readonly text: string;
  readonly isMarkdown: boolean;
  readonly isGone?: boolean;
}

export type Reply =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** A form opened, and what comes of it is told elsewhere. */
  | { readonly kind: 'dialog' }
  | { readonly kind: 'failed'; readonly trouble: Trouble }
  | { readonly kind: 'cancelled' };

/** Where the reader is. */
interface Place {
  tab: Tab;
  opened: string | undefined;
  from: string | undefined;
  scroll: number;
}

export type Tab = 'open' | 'mine' | 'here' | 'requests' | 'work';

const gone = ['notFound', 'mayNot'];

/** What all parts of the panel share: how the sidecar is asked, whose clock counts, and where the reader was. */
export class Board {
  readonly host: HostWindow;
  readonly clock: Clock;
  /** Over when the plugin is removed. */
  readonly life: AbortSignal;
  /** Kept while the panel is closed: opening a thread closes it, and people come back. */
  readonly place: Place = {
    tab: 'open',
    opened: undefined,
    /** What it was opened from: a row, or a line of what is to be done. */
    from: undefined,
    scroll: 0,
  };
  /** Called when Mattermost tells that something of ours has changed. */
  readonly changes = new Set<() => void>();
  /** The sidecar tells when something changes: there is less to ask for. */
  isPushed = false;
  readonly #store: Store;
  readonly #clockListeners = new Set<() => void>();
  #offset = 0;
  #lastChannel = '';

  constructor(host: HostWindow, store: Store, clock: Clock, life: AbortSignal) {
    this.host = host;
    this.clock = clock;
    this.#store = store;
    this.life = life;
  }

  go = (to: Partial<Place>): void => void Object.assign(this.place, to);

  /** The sidecar's time: the browser's clock may be wrong. */
  now = (): number => this.clock.now() + this.#offset;

  /** How far the sidecar's clock is ahead of the browser's, and who wants to know when that is found out. */
  clockOffset = (): number => this.#offset;
  subscribeClock = (listener: () => void): (() => void) => {
    this.#clockListeners.add(listener);
    return () => void this.#clockListeners.delete(listener);
  };

  /** The channel on the screen; the last one while there is none, as in the view of all threads. */
  channelId = (): string => {
    const current = this.#store.getState().entities?.channels?.currentChannelId;
    return (this.#lastChannel = current || this.#lastChannel);
  };

  teamId = (): string => this.#store.getState().entities?.teams?.currentTeamId ?? '';

  teamName = (id = this.teamId()): string | undefined => this.#store.getState().entities?.teams?.teams?.[id]?.name;

  userId = (): string => this.#store.getState().entities?.users?.currentUserId ?? '';

  /** A channel by the name that people read, as far as the web app knows it. */
  channelTitle = (channelId: string): string | undefined =>
    this.#store.getState().entities?.channels?.channels?.[channelId]?.display_name || undefined;

  /** Where a channel is, in the team that it belongs to; undefined where this person does not know that team. */
  channelPath = ({ id, name, team }: Channel): string | undefined => {
    const known = this.#store.getState().entities?.channels?.channels?.[id]?.team_id || team;
    const of = known ? this.teamName(known) : undefined;
    return of && `/${encoded(of)}/channels/${encoded(name)}`;
  };

  /** Where a post is: Mattermost finds the team by itself. */
  postPath = (id: string): string => `/${encoded(this.teamName() ?? '_redirect')}/pl/${encoded(id)}`;

  address = (path: string): string => root(this.host) + path;

  /** In which times are shown. */
  zone = (): string => zoneOf(this.#store.getState());

  subscribe = (listener: () => void): (() => void) =>
    this.#store.subscribe?.(listener) ?? (() => undefined);

  changed = (): void => {
    for (const tell of this.changes) {
      tell();
    }
  };

  /** Never throws. */
  async ask(request: Readonly<Record<string, unknown>>, cancel: AbortSignal): Promise<Reply> {
    const channelId = this.channelId();
    if (!channelId) {
      return failed(words.noChannelForPanel);
    }

    const outcome = await runCommand(
      this.host,
      `/escalate panel ${mark}${JSON.stringify({ v: version, ...request })}`,
      { channelId, teamId: this.teamId() },
      AbortSignal.any([cancel, this.life]),
    );
    if (cancel.aborted || this.life.aborted || outcome.kind === 'cancelled') {
      return { kind: 'cancelled' };
    }

    const problem = explain(outcome, this.teamName(), words.fromPanel);
    return problem !== undefined || outcome.kind !== 'done' ? failed(problem ?? '') : this.#read(outcome, 'get' in request);
  }

  #setClock(offset: number): void {
    // An answer's way takes some time, too: that is no other clock.
    if (Math.abs(offset - this.#offset) > 5_000) {
      this.#offset = offset;
      for (const tell of this.#clockListeners) {
        tell();
      }
    }
  }

  #read(outcome: Extract<Outcome, { kind: 'done' }>, isQuestion: boolean): Reply {
    const answer = readAnswer(outcome.props);
    if (answer === undefined) {
      return this.#withoutAnswer(outcome, isQuestion);
    }

    if (answer.now !== undefined) {
      this.#setClock(answer.now - this.clock.now());
    }

    this.isPushed ||= answer.isPushed === true;
    const { problem } = answer;
    return problem === undefined
      ? { kind: 'answer', answer }
      : problem.code === 'version'
        ? failed(words.otherRelease)
        : { kind: 'failed', trouble: { text: problem.text, isMarkdown: true, isGone: gone.includes(problem.code) } };
  }

  #withoutAnswer({ said, props, triggerId }: Extract<Outcome, { kind: 'done' }>, isQuestion: boolean): Reply {
    // Text instead of data: too much was asked at once, or the sidecar does not know this panel. There is no dialog.
    if (said) {
      return { kind: 'failed', trouble: { text: said, isMarkdown: true } };
    }

    if (isOurs(props)) {
      return failed(words.notUnderstood);
    }

    // Mattermost gives a trigger to every command; a dialog comes only of what does something.
    if (isQuestion || !triggerId) {
      return failed(words.nothingForPanel);
    }

    openDialog(this.#store, triggerId);
    return { kind: 'dialog' };
  }
}

/** The web app opens only the dialog whose trigger it was told to wait for, in whichever order the two arrive. */
export const openDialog = (store: Store, triggerId: string): void =>
  void store.dispatch({ type: 'RECEIVED_DIALOG_TRIGGER_ID', data: triggerId });

export const failed = (text: string): Reply => ({ kind: 'failed', trouble: { text, isMarkdown: false } });

/** Halves of signs can't be encoded. */
const encoded = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));

const isOurs = (props: unknown): boolean => typeof props === 'object' && props !== null && 'escalate' in props;
