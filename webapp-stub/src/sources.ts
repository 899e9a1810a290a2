import type { Answer, Entry, Escalation, Item, Mine, Past } from './answers.ts';
import { failed, type Board, type Tab, type Trouble } from './board.ts';
import { Loader, type Loaded, type Result } from './loader.ts';
import { words } from './words.ts';

const pageLength = 50;
const longestPage = 200;

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
  isBusy(): boolean;
  forget(olderThan: number): void;
  subscribe(listener: () => void): () => void;
  state(): Loaded<unknown>;
}

export class EscalationList extends Loader<Listed> implements Source {
  readonly #board: Board;
  readonly #of: Exclude<Tab, 'customers'>;

  constructor(board: Board, of: Exclude<Tab, 'customers'>) {
    super(board.clock);
    this.#board = board;
    this.#of = of;
  }

  /** As many as are shown, in as few requests as possible; what each brings is shown while the next is asked for. */
  refresh(): Promise<void> {
    return this.run(async (shown, cancel, show) => {
      const wanted = Math.max(1, Math.ceil((shown?.items.length ?? 0) / pageLength)) * pageLength;
      for (let listed: Listed | undefined; ; show(joined(listed, shown))) {
        const limit = Math.min(longestPage, wanted - (listed?.items.length ?? 0));
        const next = await this.#page(listed, limit, cancel);
        if (next.kind !== 'value') {
          return next;
        }

        listed = next.value;
        if (listed.after === null || listed.items.length >= wanted) {
          return next;
        }
      }
    });
  }

  /** Whoever begins at the top needs no more than that: otherwise all that was ever scrolled to is asked for again. */
  shorten(): void {
    const { value } = this.state();
    if (value && value.items.length > pageLength) {
      this.change({ ...value, items: value.items.slice(0, pageLength), after: null });
    }
  }

  more(): Promise<void> {
    const { value, isBusy } = this.state();
    if (isBusy || !value?.after) {
      return Promise.resolve();
    }

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

/** What is new, and below it what it has not come to yet. */
function joined(fresh: Listed, shown: Listed | undefined): Listed {
  const known = new Set(fresh.items.map(({ id }) => id));
  const rest = shown?.items.filter(({ id }) => !known.has(id)) ?? [];
  return { ...fresh, items: [...fresh.items, ...rest], after: shown?.after ?? null };
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

    return this.timeline.run((shown, cancel) => this.#page(shown, cancel));
  }

  override isBusy(): boolean {
    return super.isBusy() || this.timeline.isBusy();
  }

  override stop(): void {
    super.stop();
    this.timeline.stop();
  }

  override forget(olderThan: number): void {
    super.forget(olderThan);
    this.timeline.forget(olderThan);
  }

  #details(): Promise<void> {
    return this.run(async (_, cancel) =>
      read(await this.#board.ask({ get: 'escalation', id: this.id }, cancel), (answer) => answer.escalation),
    );
  }

  /** What is new, down to where it meets what was read before: that does not change, and none of it goes away. */
  #history(): Promise<void> {
    return this.timeline.run(async (shown, cancel) => {
      for (let fresh: Past | undefined; ; ) {
        const next = await this.#page(fresh, cancel);
        if (next.kind !== 'value') {
          return next;
        }

        fresh = next.value;
        const met = shown ? placeOf(fresh.entries.at(-1), shown.entries) : -1;
        if (shown && met >= 0) {
          const entries = [...fresh.entries, ...shown.entries.slice(met + 1)];
          return { kind: 'value', value: { entries, before: shown.before } };
        }

        if (shown === undefined || fresh.before === null) {
          return next;
        }
      }
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

const placeOf = (entry: Entry | undefined, entries: readonly Entry[]): number =>
  entries.findIndex(({ at, text }) => at === entry?.at && text === entry.text);

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
  readonly #lists = new Map<Tab, EscalationList | MyCustomers>();
  /** Which channel the list of `here` is of. */
  #channelId = '';
  #details: EscalationDetails | undefined;

  constructor(board: Board) {
    this.#board = board;
  }

  get(opened: string | undefined, tab: Tab, channelId: string): Source {
    const source = opened === undefined ? this.#list(tab, channelId) : this.#one(opened);
    source.forget(worthShowing);
    if (source instanceof EscalationList && this.#board.place.scroll === 0) {
      source.shorten();
    }

    return source;
  }

  #one(id: string): EscalationDetails {
    return this.#details?.id === id ? this.#details : (this.#details = new EscalationDetails(this.#board, id));
  }

  #list(tab: Tab, channelId: string): Source {
    if (tab === 'here' && channelId !== this.#channelId) {
      this.#channelId = channelId;
      this.#lists.delete(tab);
    }

    const known = this.#lists.get(tab);
    const list = known ?? (tab === 'customers' ? new MyCustomers(this.#board) : new EscalationList(this.#board, tab));
    this.#lists.set(tab, list);
    return list;
  }
}
