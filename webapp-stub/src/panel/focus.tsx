import * as React from 'react';

/** What had it was taken away: then nobody is robbed of it. */
export const hasLostFocus = (document: Document): boolean =>
  document.activeElement === null || document.activeElement === document.body;

interface Props {
  /** Looks at the page before it changes; what it returns looks again afterwards. */
  take(): (() => void) | undefined;
  readonly children?: React.ReactNode;
}

/** Between rendering and the page's change no hook is asked, and a component is. */
export class BeforeChange extends React.Component<Props> {
  override getSnapshotBeforeUpdate(): (() => void) | null {
    return this.props.take() ?? null;
  }

  override componentDidUpdate(_props: Props, _state: unknown, again: (() => void) | null): void {
    again?.();
  }

  override render(): React.ReactNode {
    return this.props.children;
  }
}

/** When what has the focus goes, what stands in its place has it. Whoever had gone elsewhere is not called back. */
export const KeptFocus = ({ document, children }: React.PropsWithChildren<{ document: Document }>): React.ReactElement => (
  <BeforeChange take={() => inherited(document)}>{children}</BeforeChange>
);

function inherited(document: Document): (() => void) | undefined {
  const had = document.activeElement;
  const panel = had?.closest('.escalate');
  if (!had || !panel) {
    return undefined;
  }

  const heirs = heirsOf(had, panel);
  return () => {
    if (hasLostFocus(document)) {
      const heir = heirs.map(([of, at]) => [...panel.querySelectorAll<HTMLElement>(of)].slice(0, at + 1).at(-1)).find(Boolean);
      if (heir) {
        // No button: a key that is pressed twice would do what nobody has read.
        heir.tabIndex = -1;
        heir.focus({ preventScroll: true });
      }
    }
  };
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

const rowsIn = (list: HTMLElement | null): HTMLElement[] => [...(list?.querySelectorAll<HTMLElement>('.escalate-row') ?? [])];

/** A row that moves takes its focus along; when it is gone, the one in its place has it. */
export function keptRow(document: Document, list: () => HTMLElement | null): (() => void) | undefined {
  const before = rowsIn(list());
  const focused = before.indexOf(document.activeElement as HTMLElement);
  const id = before[focused]?.dataset['id'];
  return id === undefined
    ? undefined
    : () => {
        const now = rowsIn(list());
        const row = now.find((one) => one.dataset['id'] === id) ?? now[Math.min(focused, now.length - 1)];
        if (row && row !== document.activeElement) {
          row.focus({ preventScroll: true });
        }
      };
}

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** As in Mattermost's own lists: up and down go from row to row. */
export function walkRows(event: React.KeyboardEvent<HTMLElement>): void {
  const rows = rowsIn(event.currentTarget);
  const at = rows.indexOf(event.target as HTMLElement);
  const to = at < 0 || event.ctrlKey || event.metaKey || event.altKey ? undefined : steps[event.key]?.(at, rows.length);
  if (to !== undefined) {
    event.preventDefault();
    rows[to]?.focus();
  }
}
