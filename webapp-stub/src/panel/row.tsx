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

/** All of it is one button, with one name that says what the eye sees. */
export const Row = React.memo(function Row({ item, now, open }: Props): React.ReactElement {
  const isUnowned = item.owner === null && item.severity <= 2;
  return (
    <li>
      <button
        type="button"
        className="escalate-row"
        data-id={item.id}
        aria-label={name(item, now)}
        onClick={() => open(item.id)}
      >
        <span className="escalate-line">
          <SeverityBadge severity={item.severity} />
          <span className="escalate-id">{item.id}</span>
          <bdi className="escalate-customer">{item.customer}</bdi>
          <span className="escalate-age">{age(item.raisedAt, now)}</span>
        </span>
        <span className="escalate-summary" dir="auto">
          {item.summary}
        </span>
        <span className="escalate-line escalate-foot">
          <span>{label('states', item.state)}</span>
          <span className={isUnowned ? 'escalate-mark' : ''}>
            {isUnowned && <Icon name="warning" size={12} />}
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

const name = (item: Item, now: number): string =>
  [
    words.severity(item.severity),
    item.id,
    item.customer,
    item.summary,
    label('states', item.state),
    words.ownedBy(nameOf(item.owner)),
    words.openFor(age(item.raisedAt, now)),
    nextUpdate(item.nextUpdateAt, now)?.text,
    item.isStale ? words.stale : undefined,
  ]
    .filter(Boolean)
    .join(', ');
