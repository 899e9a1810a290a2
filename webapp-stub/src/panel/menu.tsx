import * as React from 'react';
import type { Ask } from '../answers.ts';
import { words } from '../words.ts';
import type { Acting } from './hooks.ts';
import { Icon } from './text.tsx';

export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly isEnding?: boolean;
  readonly ask: Ask;
}

interface Props {
  /** What it is more of, for those who do not see where it stands. */
  readonly of: string;
  readonly choices: readonly Choice[];
  readonly acting: Acting;
  /** Three dots instead of a word. */
  readonly isIconic?: boolean;
  /** What worked is to be seen where it was done. */
  readonly isQuiet?: boolean;
}

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** What else can be done. Arrows go through it, Escape and Tab leave it, and its button has the focus again. */
export function Menu({ of, choices, acting, isIconic = false, isQuiet = false }: Props): React.ReactElement | null {
  const [isOpen, setOpen] = React.useState(false);
  const place = React.useRef<HTMLSpanElement>(null);
  const list = React.useRef<HTMLDivElement>(null);
  const id = React.useId();
  const isBusy = choices.some(({ ask }) => acting.isUnderWay(ask));
  React.useLayoutEffect(() => {
    if (isOpen) {
      list.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
      list.current?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [isOpen]);
  const close = (): void => {
    setOpen(false);
    place.current?.querySelector('button')?.focus();
  };
  const move = (event: React.KeyboardEvent): void => {
    if (!isOpen) {
      return;
    }

    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const to = steps[event.key]?.(items.indexOf(event.target as HTMLElement), items.length);
    if (to !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      items[to]?.focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Tab') {
      setOpen(false);
    }
  };
  const leave = (event: React.FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) {
      setOpen(false);
    }
  };
  return choices.length === 0 ? null : (
    <span ref={place} className="escalate-menu" onKeyDown={move} onBlur={leave}>
      <button
        type="button"
        className={`escalate-button escalate-quiet ${isIconic ? 'escalate-iconic' : ''}`}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={words.moreOf(of)}
        aria-busy={isBusy || undefined}
        aria-disabled={acting.busy !== undefined || undefined}
        title={isIconic ? words.moreOf(of) : undefined}
        onClick={() => acting.busy === undefined && setOpen(!isOpen)}
      >
        {isIconic ? (
          <Icon name="dots" size={16} />
        ) : (
          <>
            <span>{isBusy ? words.working : words.more}</span>
            <Icon name="down" size={12} />
          </>
        )}
      </button>
      {isOpen && (
        <div ref={list} id={id} role="menu" aria-label={words.moreOf(of)} className="escalate-choices">
          {choices.map(({ key, label, isEnding, ask }) => (
            <button
              key={key}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={isEnding ? 'escalate-choice escalate-choice-ending' : 'escalate-choice'}
              onClick={() => {
                close();
                acting.act(ask, isQuiet);
              }}
            >
              {label}
            </button>
          ))}
        </div>
      )}
    </span>
  );
}
