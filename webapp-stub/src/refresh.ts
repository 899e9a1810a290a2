import type { Clock, Timer } from './clock.ts';

const second = 1_000;
/** After the last change, since changes come in bunches. */
const settle = second;
/** However many changes there are. */
const atMostEvery = 3 * second;
/** Without any change: what happened where nobody tells us. */
const anyway = 120 * second;
const awayForLong = 60 * second;

/** Decides when to ask again: after changes, every two minutes, on coming back; never while nobody looks. */
export class Refresh {
  readonly #clock: Clock;
  readonly #isVisible: () => boolean;
  readonly #isBusy: () => boolean;
  readonly #act: () => Promise<void>;
  #timer: Timer | undefined;
  #last: number;
  #firstChange: number | undefined;
  #hiddenSince: number | undefined;
  #isMissed = false;
  #isOver = false;

  constructor(clock: Clock, isVisible: () => boolean, isBusy: () => boolean, act: () => Promise<void>) {
    this.#clock = clock;
    this.#isVisible = isVisible;
    this.#isBusy = isBusy;
    this.#act = act;
    this.#last = clock.now();
  }

  /** Asks at once, and from now on whenever it is time. */
  now = (): Promise<void> => {
    if (this.#isOver) {
      return Promise.resolve();
    }

    this.#last = this.#clock.now();
    this.#firstChange = undefined;
    this.#isMissed = false;
    this.#plan(this.#last + anyway);
    return this.#act();
  };

  changed = (): void => {
    const now = this.#clock.now();
    this.#firstChange ??= now;
    const settled = Math.min(now + settle, this.#firstChange + atMostEvery);
    this.#plan(Math.min(Math.max(settled, this.#last + atMostEvery), this.#last + anyway));
  };

  visibilityChanged = (): void => {
    if (!this.#isVisible()) {
      this.#hiddenSince ??= this.#clock.now();
      return;
    }

    const away = this.#clock.now() - (this.#hiddenSince ?? this.#clock.now());
    this.#hiddenSince = undefined;
    if (this.#isMissed || away > awayForLong) {
      void this.now();
    }
  };

  /** For good: what was done in the panel, or told to it, may end after it was closed. */
  stop(): void {
    this.#isOver = true;
    this.#timer?.cancel();
  }

  #plan(at: number): void {
    this.#timer?.cancel();
    if (this.#isOver) {
      return;
    }

    this.#timer = this.#clock.after(Math.max(0, at - this.#clock.now()), () => {
      if (!this.#isVisible()) {
        this.#isMissed = true;
      } else if (this.#isBusy()) {
        // Asking anew would drop an answer on its way: a slow server would never get one through.
        this.#plan(this.#clock.now() + atMostEvery);
      } else {
        void this.now();
      }
    });
  }
}
