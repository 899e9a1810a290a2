import * as React from 'react';
import type { Item } from '../answers.ts';
import { age, nextUpdate } from '../time.ts';
import { label, words } from '../words.ts';
import { Icon, nameOf, SeverityBadge } from './text.tsx';

interface Props {
  readonly item: Item;
  readonly now: number;
  open(id: string): void;
}

/** All of it is one button, whose name is what the eye sees and a few words for those who only hear it. */
export const Row = React.memo(function Row({ item, now, open }: Props): React.ReactElement {
  const isUnowned = item.owner === null && item.severity <= 2;
  return (
    <li>
      <button
        type="button"
        className="escalate-row"
        data-id={item.id}
        onClick={() => open(item.id)}
      >
        <span className="escalate-line">
          <SeverityBadge severity={item.severity} />
          <span className="escalate-id">{item.id}</span>
          <bdi className="escalate-customer">{item.customer}</bdi>
          <span className="escalate-age">
            <Unseen text={words.openFor} />
            {age(item.raisedAt, now)}
          </span>
        </span>
        <span className="escalate-summary" dir="auto">
          {item.summary}
        </span>
        <span className="escalate-line escalate-foot">
          <span>{label('states', item.state)}</span>
          <span className={isUnowned ? 'escalate-mark' : ''}>
            {isUnowned && <Icon name="warning" size={12} />}
            <Unseen text={words.ownedBy} />
            <bdi>{nameOf(item.owner)}</bdi>
          </span>
          <DueMark at={item.nextUpdateAt} now={now} />
          {item.isStale && <StaleMark />}
        </span>
      </button>
    </li>
  );
});

export function DueMark({ at, now }: { at: string | null; now: number }): React.ReactElement | null {
  const due = nextUpdate(at, now);
  return (
    due && (
      <span className={due.isOverdue ? 'escalate-mark' : ''}>
        {due.isOverdue && <Icon name="warning" size={12} />}
        {due.text}
      </span>
    )
  ) ?? null;
}

export const StaleMark = (): React.ReactElement => (
  <span className="escalate-stale">
    <Icon name="clock" size={12} />
    {words.stale}
  </span>
);

const Unseen = ({ text }: { text: string }): React.ReactElement => <span className="escalate-unseen">{text} </span>;
