import type { Clock, Timer } from './clock.ts';

const second = 1_000;
/** After the last change, since changes come in bunches. */
const settle = second;
/** However many changes there are. */
const atMostEvery = 3 * second;
/** Without any change: what happened where nobody tells us. */
const anyway = 120 * second;
/** Where changes are told: for what got lost on the way. */
const anywayThough = 300 * second;
const awayForLong = 60 * second;
/** Whoever reads that it did not work waits for that it does. */
const afterFailure = 20 * second;

interface Asked {
  isVisible(): boolean;
  isBusy(): boolean;
  /** The last time did not work, and another may. */
  hasFailed(): boolean;
  /** Whoever is asked tells when something changes. */
  isPushed(): boolean;
  act(): Promise<void>;
}

/** Decides when to ask again: after changes, every two minutes (five where changes are told), on coming back, soon after a failure; never while nobody looks. */
export class Refresh {
  readonly #clock: Clock;
  readonly #asked: Asked;
  #timer: Timer | undefined;
  #last: number;
  #firstChange: number | undefined;
  #hiddenSince: number | undefined;
  #isMissed = false;
  #isOver = false;

  constructor(clock: Clock, asked: Asked) {
    this.#clock = clock;
    this.#asked = asked;
    this.#last = clock.now();
  }

  /** Asks at once, and from now on whenever it is time. */
  now = async (): Promise<void> => {
    if (this.#isOver) {
      return;
    }

    const begun = (this.#last = this.#clock.now());
    this.#firstChange = undefined;
    this.#isMissed = false;
    this.#plan(begun + this.#anyway());
    await this.#asked.act();
    // What was told meanwhile has its time already.
    if (this.#last === begun && this.#firstChange === undefined) {
      this.#plan(this.#asked.hasFailed() ? this.#clock.now() + afterFailure : begun + this.#anyway());
    }
  };

  changed = (): void => {
    const now = this.#clock.now();
    this.#firstChange ??= now;
    const settled = Math.min(now + settle, this.#firstChange + atMostEvery);
    this.#plan(Math.min(Math.max(settled, this.#last + atMostEvery), this.#last + this.#anyway()));
  };

  visibilityChanged = (): void => {
    if (!this.#asked.isVisible()) {
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

  #anyway = (): number => (this.#asked.isPushed() ? anywayThough : anyway);

  #plan(at: number): void {
    this.#timer?.cancel();
    if (this.#isOver) {
      return;
    }

    this.#timer = this.#clock.after(Math.max(0, at - this.#clock.now()), () => {
      if (!this.#asked.isVisible()) {
        this.#isMissed = true;
      } else if (this.#asked.isBusy()) {
        // Asking anew would drop an answer on its way: a slow server would never get one through.
        this.#plan(this.#clock.now() + atMostEvery);
      } else {
        void this.now();
      }
    });
  }
}
