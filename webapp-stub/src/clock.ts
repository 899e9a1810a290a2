/** The browser's time and timers, which tests hold in their hands. */
export interface Clock {
  now(): number;
  after(milliseconds: number, act: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

export const browserClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, act) {
    const id = setTimeout(act, milliseconds);
    return { cancel: () => clearTimeout(id) };
  },
};
