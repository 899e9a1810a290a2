// Times as the reader's own clock shows them.

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

// How far the playground's clock is ahead of this machine's.
let ahead = 0;
export const now = () => Date.now() + ahead;
export const setNow = (at) => { ahead = at - Date.now(); };

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
export const clockTime = (at) => clock.format(at);
export const fullTime = (at) => full.format(at);
export const sameDay = (one, other) => new Date(one).toDateString() === new Date(other).toDateString();

export function dayName(at) {
  if (sameDay(at, now())) return "Today";
  if (sameDay(at, now() - 86_400_000)) return "Yesterday";
  return day.format(at);
}

/** "just now", "5 min ago", "3 h ago", "2 days ago". */
export function ago(at) {
  const minutes = Math.floor((now() - at) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? "yesterday" : `${days} days ago`;
}
