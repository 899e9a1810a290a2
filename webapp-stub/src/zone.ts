import type { State } from './host.ts';

/** The zone of the reader's profile; the browser's where there is none, or none that the browser knows. */
export function zoneOf(state: State): string {
  const { users } = state.entities ?? {};
  const chosen = users?.profiles?.[users.currentUserId ?? '']?.timezone;
  const zone = String(chosen?.useAutomaticTimezone) === 'false' ? chosen?.manualTimezone : chosen?.automaticTimezone;
  return zone && isKnown(zone) ? zone : new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The store changes all the time, and zones take long to be looked up. */
const known = new Map<string, boolean>();

function isKnown(zone: string): boolean {
  const found = known.get(zone) ?? canBeUsed(zone);
  known.set(zone, found);
  return found;
}

function canBeUsed(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat(undefined, { timeZone }));
  } catch {
    return false;
  }
}
