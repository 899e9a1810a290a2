import * as React from 'react';
import type { Escalation } from '../answers.ts';
import type { Board } from '../board.ts';
import type { EscalationDetails } from '../details.ts';
import { label, words } from '../words.ts';
import { ActButton, type Look } from './button.tsx';
import { Checklist } from './checklist.tsx';
import { Facts } from './facts.tsx';
import { Headline } from './headline.tsx';
import { useLoaded, type Acting } from './hooks.ts';
import { Shown } from './notices.tsx';
import { DueMark, StaleMark } from './row.tsx';
import { Timeline } from './timeline.tsx';

interface Props {
  readonly board: Board;
  readonly source: EscalationDetails;
  readonly acting: Acting;
  readonly now: number;
  refresh(): void;
}

export function Details({ board, source, acting, now, refresh }: Props): React.ReactElement {
  const loaded = useLoaded(source);
  return (
    <Shown host={board.host} loaded={loaded} refresh={refresh}>
      {(one) => (
        <article className="escalate-details" aria-labelledby="escalate-headline">
          <Head board={board} one={one} now={now} />
          <Actions one={one} acting={acting} />
          <Facts board={board} one={one} now={now} />
          <Checklist one={one} acting={acting} now={now} />
          <Timeline board={board} source={source} now={now} />
        </article>
      )}
    </Shown>
  );
}

function Head({ board, one, now }: { board: Board; one: Escalation; now: number }): React.ReactElement {
  return (
    <Headline host={board.host} id={one.id} customer={one.customer} title={one.summary} severity={one.severity}>
      <p className="escalate-line escalate-foot">
        <span className="escalate-state">{label('states', one.state)}</span>
        <DueMark at={one.nextUpdateAt} now={now} />
        {one.isStale && <StaleMark />}
      </p>
    </Headline>
  );
}

/** They end it without its being solved, so they look like it and never come first. */
const ending = ['decline', 'cancel'];

function Actions({ one, acting }: { one: Escalation; acting: Acting }): React.ReactElement | null {
  const onward = one.moves.filter((move) => !ending.includes(move));
  const moves = [...onward, ...one.moves.filter((move) => ending.includes(move))];
  const look = (move: string): Look =>
    ending.includes(move) ? 'danger' : move === onward[0] ? 'primary' : 'plain';
  return moves.length + one.commands.length === 0 ? null : (
    <div className="escalate-actions" role="group" aria-label={words.actions}>
      {moves.map((move) => (
        <ActButton
          key={move}
          acting={acting}
          name={`${move} ${one.id}`}
          label={label('moves', move)}
          look={look(move)}
          request={{ move, id: one.id }}
        />
      ))}
      {one.commands.map((command) => (
        <ActButton
          // One takes the other's place.
          key={command === 'unfollow' ? 'follow' : command}
          acting={acting}
          name={`${command} ${one.id}`}
          label={label('commands', command)}
          look="quiet"
          request={{ run: `${command} ${one.id}` }}
        />
      ))}
    </div>
  );
}
