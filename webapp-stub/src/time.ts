import { words } from './words.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long something lasted, in its largest unit: `25 min`, `3 h`, `2 d`. Always rounded down, as ages are. */
export function span(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  return length < hour
    ? words.minutes(Math.floor(length / minute))
    : length < 2 * day
      ? words.hours(Math.floor(length / hour))
      : words.days(Math.floor(length / day));
}

/** `3 h`; `just now` within the first minute. Nothing when the time cannot be read. */
export function age(at: string | null, now: number): string {
  const time = read(at);
  return time === undefined ? '' : now - time < minute ? words.justNow : span(now - time);
}

/** `3 h ago`, `just now`. */
export function ago(at: string | null, now: number): string {
  const said = age(at, now);
  return said === '' || said === words.justNow ? said : words.ago(said);
}

export interface Due {
  readonly text: string;
  readonly isOverdue: boolean;
}

/** When the next status update is due, as rows say it; undefined when none is. */
export function nextUpdate(at: string | null, now: number): Due | undefined {
  const time = read(at);
  if (time === undefined) {
    return undefined;
  }

  const late = now - time;
  return late < 0
    ? { text: words.updateIn(span(Math.max(minute, -late))), isOverdue: false }
    : { text: late < minute ? words.updateDue : words.updateOverdue(span(late)), isOverdue: true };
}

/** In the reader's zone and manner: `2 Mar, 10:42`; with the year when it is another one there. */
export function moment(at: string | null, now: number, timeZone: string): string {
  const time = read(at);
  if (time === undefined) {
    return at ?? '';
  }

  const year = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone });
  return new Intl.DateTimeFormat(undefined, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    ...(year.format(time) !== year.format(now) && { year: 'numeric' }),
  }).format(time);
}

/** A day without a zone, which is the same day everywhere. */
export function calendarDay(on: string | null): string {
  const time = read(on);
  return time === undefined
    ? (on ?? '')
    : new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' }).format(time);
}

/** `10:42`. */
export const timeOfDay = (time: number, timeZone: string): string =>
  new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', timeZone }).format(time);

function read(at: string | null): number | undefined {
  const time = at === null ? Number.NaN : Date.parse(at);
  return Number.isNaN(time) ? undefined : time;
}
