import * as React from 'react';
import type { Ask } from '../answers.ts';
import { words } from '../words.ts';
import type { Acting } from './hooks.ts';

export type Look = 'primary' | 'plain' | 'quiet' | 'danger';

interface Props {
  readonly label: string;
  readonly look?: Look;
  readonly isBusy?: boolean;
  /** Another is under way. It keeps its focus, which a disabled button would lose. */
  readonly isOff?: boolean;
  readonly describedBy?: string | undefined;
  readonly hint?: string | undefined;
  /** By which it is found again. */
  readonly id?: string;
  onPress(): void;
}

export function Button(props: React.PropsWithChildren<Props>): React.ReactElement {
  const { label, look = 'plain', isBusy = false, isOff = isBusy, describedBy, hint, id, onPress, children } = props;
  return (
    <button
      type="button"
      className={`escalate-button escalate-${look}`}
      aria-disabled={isOff || undefined}
      aria-busy={isBusy || undefined}
      aria-describedby={describedBy}
      title={hint}
      data-id={id}
      onClick={() => {
        if (!isOff) {
          onPress();
        }
      }}
    >
      {children}
      <span>{isBusy ? words.working : label}</span>
    </button>
  );
}

interface ActProps extends Pick<Props, 'label' | 'look' | 'describedBy' | 'hint'> {
  readonly acting: Acting;
  readonly ask: Ask;
}

/** A button that asks the sidecar to do something. */
export function ActButton({ acting, ask, ...rest }: ActProps): React.ReactElement {
  return (
    <Button
      {...rest}
      isBusy={acting.isUnderWay(ask)}
      isOff={acting.busy !== undefined}
      onPress={() => acting.act(ask)}
    />
  );
}

/** An icon alone, with its name for those who cannot see it. */
export function IconButton(props: React.PropsWithChildren<Pick<Props, 'label' | 'isBusy' | 'onPress'>>): React.ReactElement {
  return (
    <button
      type="button"
      className="escalate-button escalate-quiet escalate-iconic"
      aria-label={props.label}
      aria-busy={props.isBusy || undefined}
      title={props.label}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  );
}
