import * as React from 'react';
import type { Kind, Request, RequestInFull } from '../answers.ts';
import type { Board } from '../board.ts';
import type { RequestDetails } from '../details.ts';
import type { RequestList } from '../sources.ts';
import { calendarDay } from '../time.ts';
import { words } from '../words.ts';
import { Actions } from './actions.tsx';
import { ActButton } from './button.tsx';
import { Headline } from './headline.tsx';
import { useLoaded, type Acting } from './hooks.ts';
import { Shown } from './notices.tsx';
import { Icon, Markdown, nameOf, Typed } from './text.tsx';
import { Timeline } from './timeline.tsx';

interface ListProps {
  readonly board: Board;
  readonly source: RequestList;
  readonly acting: Acting;
  refresh(): void;
  open(id: string): void;
}

/** Requests of every kind that are under way, each kind with what makes a new one. */
export function RequestsView({ board, source, acting, refresh, open }: ListProps): React.ReactElement {
  const loaded = useLoaded(source);
  return (
    <Shown host={board.host} loaded={loaded} refresh={refresh}>
      {(kinds) =>
        kinds.length === 0 ? (
          <p className="escalate-blank">{words.noKinds}</p>
        ) : (
          <>
            {kinds.map((kind) => (
              <OneKind key={kind.series} kind={kind} acting={acting} open={open} />
            ))}
          </>
        )
      }
    </Shown>
  );
}

interface KindProps extends Pick<ListProps, 'open'> {
  readonly kind: Kind;
  /** Where new ones are made. */
  readonly acting?: Acting;
}

export function OneKind({ kind, acting, open }: KindProps): React.ReactElement {
  const id = `escalate-kind-${kind.series}`;
  return (
    <section className="escalate-kind" aria-labelledby={id}>
      <div className="escalate-line escalate-kind-head">
        <h4 id={id}>{kind.title}</h4>
        <span className="escalate-gap" />
        {acting && kind.make && (
          <ActButton
            acting={acting}
            label={words.makeNew}
            describedBy={id}
            hint={words.makeNewOf(kind.title)}
            ask={kind.make}
          />
        )}
      </div>
      {kind.items.length === 0 ? (
        <p className="escalate-dim escalate-kind-none">{words.noneUnderWay}</p>
      ) : (
        <ul className="escalate-list" aria-labelledby={id}>
          {kind.items.map((one) => (
            <RequestRow key={one.id} one={one} open={open} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** All of it is one button, as a row of escalations is. */
function RequestRow({ one, open }: { one: Request; open(id: string): void }): React.ReactElement {
  return (
    <li>
      <button type="button" className="escalate-row" data-id={one.id} onClick={() => open(one.id)}>
        <span className="escalate-line">
          <span className="escalate-id">{one.id}</span>
          <bdi className="escalate-customer">{one.customer}</bdi>
          {one.dueOn && <span className="escalate-age">{words.dueOn(calendarDay(one.dueOn))}</span>}
        </span>
        <span className="escalate-summary" dir="auto">
          {one.title}
        </span>
        <Standing one={one} />
      </button>
    </li>
  );
}

/** Where it stands, who comes next, and what speaks against its being done in time. */
function Standing({ one, isAlone = false }: { one: Request; isAlone?: boolean }): React.ReactElement {
  return (
    <span className="escalate-line escalate-foot">
      <span className={isAlone ? 'escalate-state' : ''}>{one.state}</span>
      <span>
        <span className="escalate-unseen">{words.ownedBy} </span>
        <bdi>{nameOf(one.who)}</bdi>
      </span>
      {one.risk && (
        <span className="escalate-mark">
          <Icon name="warning" size={12} />
          {one.risk}
        </span>
      )}
    </span>
  );
}

interface Props {
  readonly board: Board;
  readonly source: RequestDetails;
  readonly acting: Acting;
  readonly now: number;
  refresh(): void;
}

export function RequestView({ board, source, acting, now, refresh }: Props): React.ReactElement {
  const loaded = useLoaded(source);
  return (
    <Shown host={board.host} loaded={loaded} refresh={refresh}>
      {(one) => (
        <article className="escalate-details" aria-labelledby="escalate-headline">
          <Headline host={board.host} id={one.id} customer={one.customer} title={one.title}>
            <Standing one={one} isAlone />
          </Headline>
          <Actions of={one.id} next={one.next} more={one.more} acting={acting} />
          <Facts board={board} one={one} />
          <Timeline board={board} source={source} now={now} />
        </article>
      )}
    </Shown>
  );
}

function Facts({ board, one }: { board: Board; one: RequestInFull }): React.ReactElement {
  return (
    <>
      {one.about && (
        <p className="escalate-about">
          <Typed text={one.about} />
        </p>
      )}
      <dl className="escalate-facts" aria-label={words.facts}>
        {one.facts.map(({ name, text }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Markdown host={board.host} text={text} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
