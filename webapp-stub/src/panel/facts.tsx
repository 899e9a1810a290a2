import * as React from 'react';
import type { Escalation } from '../answers.ts';
import type { Board } from '../board.ts';
import { ago } from '../time.ts';
import { label, words } from '../words.ts';
import { ChannelLink, PlaceLink } from './links.tsx';
import { Moment, nameOf, Typed } from './text.tsx';

interface Props {
  readonly board: Board;
  readonly one: Escalation;
  readonly now: number;
}

/** What is known about it; what is not known takes no room, but for the owner. */
export function Facts({ board, one, now }: Props): React.ReactElement {
  return (
    <dl className="escalate-facts" aria-label={words.facts}>
      <Fact name={words.owner} text={nameOf(one.owner)} />
      <Fact name={words.raisedBy}>{one.reporter && <By name={nameOf(one.reporter)} at={one.raisedAt} now={now} />}</Fact>
      <Fact name={words.impact} text={one.impact && label('impacts', one.impact)} />
      <Fact name={words.effort} text={one.effort && label('efforts', one.effort)} />
      <Fact name={words.category} text={one.category && label('categories', one.category)} />
      <Fact name={words.redirectedTo} text={one.redirectedTo} />
      <Fact name={words.reason} text={one.stateReason} />
      <Fact name={words.customerImpact} text={one.customerImpact} />
      <Fact name={words.links} text={one.links} />
      <Fact name={words.bug} text={one.bug} />
      <Fact name={words.pullRequest} text={one.pullRequest} />
      <Fact name={words.incidentChannel}>
        {one.incidentChannel && <ChannelLink board={board} channel={one.incidentChannel} />}
      </Fact>
      <Fact name={words.card}>
        {one.card && (
          <PlaceLink board={board} path={board.postPath(one.card)}>
            {words.goToCard}
          </PlaceLink>
        )}
      </Fact>
      <Fact name={words.lastUpdate}>
        {one.lastUpdate && (
          <>
            <By name={nameOf(one.lastUpdate.by)} at={one.lastUpdate.at} now={now} />
            <br />
            <Typed text={one.lastUpdate.summary} />
          </>
        )}
      </Fact>
      <Fact name={words.nextUpdate}>{one.nextUpdateAt && <Moment at={one.nextUpdateAt} now={now} />}</Fact>
      <Fact name={words.resolution} text={one.resolution} />
      <Fact name={words.confirmedBy} text={one.confirmedBy} />
    </dl>
  );
}

function Fact({
  name,
  text,
  children,
}: React.PropsWithChildren<{ name: string; text?: string | null }>): React.ReactElement | null {
  const content = text ? <Typed text={text} /> : children;
  return content ? (
    <div>
      <dt>{name}</dt>
      <dd>{content}</dd>
    </div>
  ) : null;
}

function By({ name, at, now }: { name: string; at: string | null; now: number }): React.ReactElement {
  return (
    <>
      <bdi>{name}</bdi>
      {at && (
        <span className="escalate-dim">
          , <Moment at={at} now={now} say={() => ago(at, now)} />
        </span>
      )}
    </>
  );
}
