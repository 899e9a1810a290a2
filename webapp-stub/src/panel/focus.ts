import * as React from 'react';

/** What had it was taken away: then nobody is robbed of it. */
export const hasLostFocus = (document: Document): boolean =>
  document.activeElement === null || document.activeElement === document.body;

/** When what has the focus goes, what stands in its place has it. Whoever had gone elsewhere is not called back. */
export function useKeptFocus(document: Document): void {
  // Read while it is still there.
  const had = document.activeElement;
  const panel = had?.closest('.escalate');
  const heirs = had && panel ? heirsOf(had, panel) : [];
  React.useLayoutEffect(() => {
    if (panel && hasLostFocus(document)) {
      const heir = heirs.map(([of, at]) => [...panel.querySelectorAll<HTMLElement>(of)].slice(0, at + 1).at(-1)).find(Boolean);
      if (heir) {
        // No button: a key that is pressed twice would do what nobody has read.
        heir.tabIndex = -1;
        heir.focus({ preventScroll: true });
      }
    }
  });
}

const line = '.escalate-todo > li';
const event = '.escalate-timeline > li';

/** From the nearest on, and which of those that are found: the next line, what came below, the actions, the headline. */
function heirsOf(had: Element, panel: Element): (readonly [of: string, at: number])[] {
  const todo = had.closest(line);
  const isHistory = had.closest('[aria-labelledby="escalate-timeline"]') !== null;
  return [
    ...(todo ? [[line, [...panel.querySelectorAll(line)].indexOf(todo)] as const] : []),
    ...(isHistory ? [[event, panel.querySelectorAll(event).length] as const] : []),
    ...['.escalate-actions[role]', '#escalate-headline', '#escalate-todo', '.escalate-scroll'].map((of) => [of, 0] as const),
  ];
}
