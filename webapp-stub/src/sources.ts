import type { Answer, Entry, Escalation, Item, Mine, Past } from './answers.ts';
import { failed, type Board, type Tab, type Trouble } from './board.ts';
import { Loader, type Loaded, type Result } from './loader.ts';
import { words } from './words.ts';

const pageLength = 50;
const longestPage = 200;
/** A long history is re-read no further than that; `Show earlier` brings the rest again. */
const mostPages = 5;

export interface Listed {
  readonly items: readonly Item[];
  readonly total: number;
  readonly isAtLeast: boolean;
  readonly after: string | null;
}

/** Something that the panel shows, and can ask for again. */
export interface Source {
  refresh(): Promise<void>;
  stop(): void;
  forget(olderThan: number): void;
  subscribe(listener: () => void): () => void;
  state(): Loaded<unknown>;
}

export class EscalationList extends Loader<Listed> implements Source {
  readonly #board: Board;
  readonly #of: Exclude<Tab, 'customers'>;
  #wanted = pageLength;

  constructor(board: Board, of: Exclude<Tab, 'customers'>) {
    super(board.clock);
    this.#board = board;
    this.#of = of;
  }

  /** As many as were shown, in as few requests as possible. */
  refresh(): Promise<void> {
    return this.run(async (_, cancel) => {
      let listed: Listed | undefined;
      do {
        const limit = Math.min(longestPage, this.#wanted - (listed?.items.length ?? 0));
        const next = await this.#page(listed, limit, cancel);
        if (next.kind !== 'value') {
          return next;
        }

        listed = next.value;
      } while (listed.after !== null && listed.items.length < this.#wanted);
      return { kind: 'value', value: listed };
    });
  }

  more(): Promise<void> {
    const { value, isBusy } = this.state();
    if (isBusy || !value?.after) {
      return Promise.resolve();
    }

    this.#wanted = value.items.length + pageLength;
    return this.run((shown, cancel) => this.#page(shown, pageLength, cancel));
  }

  async #page(shown: Listed | undefined, limit: number, cancel: AbortSignal): Promise<Result<Listed>> {
    const request = {
      get: 'list',
      of: this.#of,
      limit,
      ...(shown?.after && { after: shown.after }),
    };
    return read(await this.#board.ask(request, cancel), ({ list }) => {
      // Between two pages one may have moved down.
      const before = new Set(shown?.items.map(({ id }) => id));
      const items = list?.items.filter(({ id }) => !before.has(id)) ?? [];
      // A page with nothing new would be asked for for ever.
      return list && { ...list, items: [...(shown?.items ?? []), ...items], after: items.length > 0 ? list.after : null };
    });
  }
}

export class MyCustomers extends Loader<Mine> implements Source {
  readonly #board: Board;

  constructor(board: Board) {
    super(board.clock);
    this.#board = board;
  }

  refresh(): Promise<void> {
    return this.run(async (_, cancel) =>
      read(await this.#board.ask({ get: 'mine' }, cancel), ({ mine }) => mine),
    );
  }
}

/** One escalation, and beside it its history, which may be long. */
export class EscalationDetails extends Loader<Escalation> implements Source {
  readonly id: string;
  readonly timeline: Loader<Past>;
  readonly #board: Board;
  #pages = 1;

  constructor(board: Board, id: string) {
    super(board.clock);
    this.#board = board;
    this.id = id;
    this.timeline = new Loader(board.clock);
  }

  async refresh(): Promise<void> {
    await Promise.all([this.#details(), this.#history()]);
  }

  earlier(): Promise<void> {
    const { value, isBusy } = this.timeline.state();
    if (isBusy || value?.before == null) {
      return Promise.resolve();
    }

    this.#pages = Math.min(mostPages, this.#pages + 1);
    return this.timeline.run((shown, cancel) => this.#page(shown, cancel));
  }

  override stop(): void {
    super.stop();
    this.timeline.stop();
  }

  #details(): Promise<void> {
    return this.run(async (_, cancel) =>
      read(await this.#board.ask({ get: 'escalation', id: this.id }, cancel), (answer) => answer.escalation),
    );
  }

  #history(): Promise<void> {
    return this.timeline.run(async (_, cancel) => {
      let past: Past | undefined;
      for (let page = 0; page < this.#pages && (past === undefined || past.before !== null); page++) {
        const next = await this.#page(past, cancel);
        if (next.kind !== 'value') {
          return next;
        }

        past = next.value;
      }

      return { kind: 'value', value: past ?? { entries: [], before: null } };
    });
  }

  async #page(shown: Past | undefined, cancel: AbortSignal): Promise<Result<Past>> {
    const request = { get: 'timeline', id: this.id, ...(shown?.before != null && { before: shown.before }) };
    return read(await this.#board.ask(request, cancel), ({ timeline }) => {
      const entries: readonly Entry[] = [...(shown?.entries ?? []), ...(timeline?.entries ?? [])];
      return timeline && { entries, before: timeline.before };
    });
  }
}

type Reply = Awaited<ReturnType<Board['ask']>>;

function read<T>(reply: Reply, take: (answer: Answer) => T | undefined): Result<T> {
  if (reply.kind === 'cancelled' || reply.kind === 'failed') {
    return reply;
  }

  const value = reply.kind === 'answer' ? take(reply.answer) : undefined;
  return value === undefined ? (failed(words.notUnderstood) as { kind: 'failed'; trouble: Trouble }) : { kind: 'value', value };
}

/** So much later, what was shown is no news any more. */
const worthShowing = 5 * 60_000;

/** The lists and the escalation that were looked at last, so that coming back shows them at once. */
export class Sources {
  readonly #board: Board;
  readonly #lists = new Map<string, Source>();
  #details: EscalationDetails | undefined;

  constructor(board: Board) {
    this.#board = board;
  }

  get(opened: string | undefined, tab: Tab, channelId: string): Source {
    const source = opened === undefined ? this.#list(tab, channelId) : this.#one(opened);
    source.forget(worthShowing);
    return source;
  }

  #one(id: string): EscalationDetails {
    return this.#details?.id === id ? this.#details : (this.#details = new EscalationDetails(this.#board, id));
  }

  #list(tab: Tab, channelId: string): Source {
    const key = tab === 'here' ? `here ${channelId}` : tab;
    const known = this.#lists.get(key);
    if (known) {
      return known;
    }

    const list = tab === 'customers' ? new MyCustomers(this.#board) : new EscalationList(this.#board, tab);
    this.#lists.set(key, list);
    return list;
  }
}
