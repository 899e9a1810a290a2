import type { Trouble } from './board.ts';
import type { Clock } from './clock.ts';

export type Result<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'failed'; readonly trouble: Trouble }
  | { readonly kind: 'cancelled' };

export interface Loaded<T> {
  readonly value: T | undefined;
  /** When the value came, by the browser's clock. */
  readonly at: number;
  /** Why the last attempt failed; the value of an earlier one may still be there. */
  readonly trouble: Trouble | undefined;
  readonly isBusy: boolean;
}

/** What is told by `show` is on the screen while more is on its way. */
export type Load<T> = (shown: T | undefined, cancel: AbortSignal, show: (value: T) => void) => Promise<Result<T>>;

/** Something from the server, as it was last told. Only the newest attempt counts; older answers are dropped. */
export class Loader<T> {
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #state: Loaded<T> = { value: undefined, at: 0, trouble: undefined, isBusy: false };
  #attempt: AbortController | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  state = (): Loaded<T> => this.#state;

  isBusy(): boolean {
    return this.#state.isBusy;
  }

  /** The last attempt did not work, and another may. */
  hasFailed(): boolean {
    return this.#state.trouble !== undefined && !this.#state.trouble.isGone;
  }

  async run(load: Load<T>): Promise<void> {
    this.#attempt?.abort();
    const attempt = (this.#attempt = new AbortController());
    this.#set({ isBusy: true });
    const show = (value: T): void => void (attempt === this.#attempt && this.change(value));
    const result = await load(this.#state.value, attempt.signal, show);
    if (attempt !== this.#attempt) {
      return;
    }

    this.#attempt = undefined;
    this.#set(
      result.kind === 'value'
        ? { value: result.value, at: this.#clock.now(), trouble: undefined, isBusy: false }
        : result.kind === 'failed'
          ? // What somebody may not see, or what there is not any more, is no longer shown.
            { trouble: result.trouble, isBusy: false, ...(result.trouble.isGone && { value: undefined }) }
          : { isBusy: false },
    );
  }

  /** Drops what is under way. What was shown stays, for the next time. */
  stop(): void {
    this.#attempt?.abort();
    this.#attempt = undefined;
    if (this.#state.isBusy) {
      this.#set({ isBusy: false });
    }
  }

  /** What is older than that is not shown again as if it were news. */
  forget(olderThan: number): void {
    if (this.#clock.now() - this.#state.at > olderThan) {
      this.#set({ value: undefined, trouble: undefined });
    }
  }

  protected change(value: T): void {
    this.#set({ value });
  }

  #set(change: Partial<Loaded<T>>): void {
    this.#state = { ...this.#state, ...change };
    for (const tell of this.#listeners) {
      tell();
    }
  }
}
