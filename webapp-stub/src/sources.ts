import type { Kind, Mine, Page } from './answers.ts';
import type { Board, Tab } from './board.ts';
import { EscalationDetails, RequestDetails } from './details.ts';
import { Loader, type Loaded, type Result } from './loader.ts';
import { read } from './read.ts';

const pageLength = 50;
const longestPage = 200;

/** As much of a list as was asked for; what stands beside it comes with its first page. */
export type Listed = Page;

/** Something that the panel shows, and can ask for again. */
export interface Source {
  refresh(): Promise<void>;
  stop(): void;
  isBusy(): boolean;
  hasFailed(): boolean;
  forget(olderThan: number): void;
  subscribe(listener: () => void): () => void;
  state(): Loaded<unknown>;
}

/** The tabs that list escalations. */
export type ListTab = Exclude<Tab, 'requests' | 'work'>;

export class EscalationList extends Loader<Listed> implements Source {
  readonly #board: Board;
  readonly #of: ListTab;

  constructor(board: Board, of: ListTab) {
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
      return (
        list && {
          ...(shown ?? list),
          total: list.total,
          isAtLeast: list.isAtLeast,
          items: [...(shown?.items ?? []), ...items],
          after: items.length > 0 ? list.after : null,
        }
      );
    });
  }
}

/** What is new, and below it what it has not come to yet. */
function joined(fresh: Listed, shown: Listed | undefined): Listed {
  const known = new Set(fresh.items.map(({ id }) => id));
  const rest = shown?.items.filter(({ id }) => !known.has(id)) ?? [];
  return { ...fresh, items: [...fresh.items, ...rest], after: shown?.after ?? null };
}

/** What waits for this person, and what is theirs. */
export class MyWork extends Loader<Mine> implements Source {
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

/** Requests of all kinds that are under way. */
export class RequestList extends Loader<readonly Kind[]> implements Source {
  readonly #board: Board;

  constructor(board: Board) {
    super(board.clock);
    this.#board = board;
  }

  refresh(): Promise<void> {
    return this.run(async (_, cancel) =>
      read(await this.#board.ask({ get: 'requests' }, cancel), ({ requests }) => requests),
    );
  }
}

/** So much later, what was shown is no news any more. */
const worthShowing = 5 * 60_000;

/** The lists and the escalation that were looked at last, so that coming back shows them at once. */
export class Sources {
  readonly #board: Board;
  readonly #lists = new Map<Tab, EscalationList | RequestList | MyWork>();
  /** Which channel the list of `here` is of. */
  #channelId = '';
  #details: EscalationDetails | RequestDetails | undefined;

  constructor(board: Board) {
    this.#board = board;
  }

  /** The same one for the same place, so that it may be asked for while rendering. */
  get(opened: string | undefined, tab: Tab, channelId: string): Source {
    return opened === undefined ? this.#list(tab, channelId) : this.#one(opened);
  }

  /** It comes onto the screen. */
  begin(source: Source): void {
    source.forget(worthShowing);
    if (source instanceof EscalationList && this.#board.place.scroll === 0) {
      source.shorten();
    }
  }

  #one(id: string): EscalationDetails | RequestDetails {
    return this.#details?.id === id
      ? this.#details
      : (this.#details = id.startsWith('ESC-')
          ? new EscalationDetails(this.#board, id)
          : new RequestDetails(this.#board, id));
  }

  #list(tab: Tab, channelId: string): EscalationList | RequestList | MyWork {
    if (tab === 'here' && channelId !== this.#channelId) {
      this.#channelId = channelId;
      this.#lists.delete(tab);
    }

    const known = this.#lists.get(tab);
    const list =
      known ??
      (tab === 'work'
        ? new MyWork(this.#board)
        : tab === 'requests'
          ? new RequestList(this.#board)
          : new EscalationList(this.#board, tab));
    this.#lists.set(tab, list);
    return list;
  }
}
