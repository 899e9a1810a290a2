import * as React from 'react';
import type { Action } from '../answers.ts';
import { words } from '../words.ts';
import { ActButton } from './button.tsx';
import type { Acting } from './hooks.ts';
import { Menu } from './menu.tsx';

interface Props {
  /** Of what. */
  readonly of: string;
  readonly next: Action | null;
  readonly more: readonly Action[];
  readonly acting: Acting;
}

/** One clear next thing, and the rest behind “More”; what is alone needs no menu. */
export function Actions({ of, next, more, acting }: Props): React.ReactElement | null {
  const [only] = more;
  return next === null && only === undefined ? null : (
    <div className="escalate-actions" role="group" aria-label={words.actions}>
      {/* Another thing is another button: a key that is pressed twice would do what nobody has read. */}
      {next && (
        <ActButton key={JSON.stringify(next.ask)} acting={acting} label={next.label} look="primary" ask={next.ask} />
      )}
      {only && more.length === 1 ? (
        <ActButton acting={acting} label={only.label} look={only.isEnding ? 'danger' : 'plain'} ask={only.ask} />
      ) : (
        <Menu
          of={of}
          acting={acting}
          choices={more.map(({ label, ask, isEnding }) => ({ key: JSON.stringify(ask), label, ask, isEnding }))}
        />
      )}
    </div>
  );
}
