import type { Answer, Entry, Escalation, Past, RequestInFull } from './answers.ts';
import type { Board } from './board.ts';
import { Loader, type Result } from './loader.ts';
import { read } from './read.ts';

/** One of something, and beside it its history, which may be long. */
export abstract class Details<T> extends Loader<T> {
  readonly id: string;
  readonly timeline: Loader<Past>;
  readonly #board: Board;

  readonly #get: string;
  readonly #pick: (answer: Answer) => T | undefined;

  constructor(board: Board, id: string, get: string, pick: (answer: Answer) => T | undefined) {
    super(board.clock);
    this.#board = board;
    this.id = id;
    this.#get = get;
    this.#pick = pick;
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

  override hasFailed(): boolean {
    return super.hasFailed() || this.timeline.hasFailed();
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
      read(await this.#board.ask({ get: this.#get, id: this.id }, cancel), this.#pick),
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

export class EscalationDetails extends Details<Escalation> {
  constructor(board: Board, id: string) {
    super(board, id, 'escalation', ({ escalation }) => escalation);
  }
}

/** A request of any kind. */
export class RequestDetails extends Details<RequestInFull> {
  constructor(board: Board, id: string) {
    super(board, id, 'request', ({ request }) => request);
  }
}

const placeOf = (entry: Entry | undefined, entries: readonly Entry[]): number =>
  entries.findIndex(({ at, text }) => at === entry?.at && text === entry.text);
