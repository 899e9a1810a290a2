import * as React from 'react';
import type { Escalation } from '../answers.ts';
import type { Board } from '../board.ts';
import type { EscalationDetails } from '../details.ts';
import { label, words } from '../words.ts';
import { Actions } from './actions.tsx';
import { Button } from './button.tsx';
import { Checklist } from './checklist.tsx';
import { Facts } from './facts.tsx';
import { Headline } from './headline.tsx';
import { useLoaded, type Acting } from './hooks.ts';
import { Shown } from './notices.tsx';
import { DueMark, StaleMark } from './row.tsx';
import { Icon } from './text.tsx';
import { Timeline } from './timeline.tsx';

interface Props {
  readonly board: Board;
  readonly source: EscalationDetails;
  readonly acting: Acting;
  readonly now: number;
  refresh(): void;
  open(id: string): void;
}

export function Details({ board, source, acting, now, refresh, open }: Props): React.ReactElement {
  const loaded = useLoaded(source);
  return (
    <Shown host={board.host} loaded={loaded} refresh={refresh}>
      {(one) => (
        <article className="escalate-details" aria-labelledby="escalate-headline">
          <Head board={board} one={one} now={now} open={open} />
          <Actions of={one.id} next={one.next} more={one.more} acting={acting} />
          <Facts board={board} one={one} now={now} />
          <Checklist key={one.id} board={board} one={one} acting={acting} now={now} />
          <Timeline board={board} source={source} now={now} />
        </article>
      )}
    </Shown>
  );
}

function Head({ board, one, now, open }: Pick<Props, 'board' | 'now' | 'open'> & { one: Escalation }): React.ReactElement {
  const { maybeSameAs } = one;
  return (
    <Headline host={board.host} id={one.id} customer={one.customer} title={one.summary} severity={one.severity}>
      <p className="escalate-line escalate-foot">
        <span className="escalate-state">{label('states', one.state)}</span>
        <DueMark at={one.nextUpdateAt} now={now} />
        {one.isStale && <StaleMark />}
        {one.missing && (
          <span className="escalate-mark">
            <Icon name="warning" size={12} />
            {label('missing', one.missing)}
          </span>
        )}
      </p>
      {maybeSameAs && (
        <p className="escalate-line escalate-foot">
          {words.maybeSameAs}
          <Button label={maybeSameAs} look="quiet" onPress={() => open(maybeSameAs)} />
        </p>
      )}
    </Headline>
  );
}
