import * as React from 'react';
import type { Setup } from '../answers.ts';
import type { Board, Tab } from '../board.ts';
import type { EscalationList, Listed, ListTab } from '../sources.ts';
import { words } from '../words.ts';
import { Button } from './button.tsx';
import { BeforeChange, keptRow } from './focus.tsx';
import { useLoaded } from './hooks.ts';
import { Shown } from './notices.tsx';
import { OneKind } from './requests.tsx';
import { Row } from './row.tsx';

interface Props {
  readonly board: Board;
  readonly source: EscalationList;
  readonly tab: ListTab;
  readonly now: number;
  refresh(): void;
  open(id: string): void;
  choose(tab: Tab): void;
}

export function List({ board, source, tab, now, refresh, open, choose }: Props): React.ReactElement {
  const loaded = useLoaded(source);
  const more = React.useCallback(() => void source.more(), [source]);
  return (
    <Shown host={board.host} loaded={loaded} refresh={refresh}>
      {(listed) => (
        <>
          {listed.setup && <SetupLeft setup={listed.setup} choose={choose} />}
          {listed.items.length + listed.beside.length === 0 ? (
            <p className="escalate-blank">{words.empty[tab]}</p>
          ) : (
            listed.items.length > 0 && (
              <Rows board={board} listed={listed} label={words.listOf(words.tabs[tab])} now={now} open={open} />
            )
          )}
          {listed.after !== null && (
            <More
              board={board}
              isBusy={loaded.isBusy}
              isWilling={!loaded.isBusy && loaded.trouble === undefined}
              more={more}
            />
          )}
          {listed.beside.map((kind) => (
            <OneKind key={kind.series} kind={kind} open={open} />
          ))}
        </>
      )}
    </Shown>
  );
}

/** For who sets the product up: what is left, one press away. */
function SetupLeft({ setup, choose }: { setup: Setup; choose(tab: Tab): void }): React.ReactElement {
  return (
    <div className="escalate-notice escalate-left">
      <p>{words.setupLeft(setup.done, setup.steps.length)}</p>
      <Button label={words.goOn} onPress={() => choose('work')} />
    </div>
  );
}

interface RowsProps extends Pick<Props, 'board' | 'now' | 'open'> {
  readonly listed: Listed;
  readonly label: string;
}

function Rows({ board, listed, label, now, open }: RowsProps): React.ReactElement {
  const list = React.useRef<HTMLUListElement>(null);
  const take = React.useCallback(() => keptRow(board.host.document, () => list.current), [board]);
  return (
    <BeforeChange take={take}>
      <ul ref={list} className="escalate-list" aria-label={label}>
        {listed.items.map((item) => (
          <Row key={item.id} item={item} now={now} open={open} />
        ))}
      </ul>
    </BeforeChange>
  );
}

interface MoreProps {
  readonly board: Board;
  readonly isBusy: boolean;
  readonly isWilling: boolean;
  more(): void;
}

/** Scrolling near it loads the next page; the button is for keyboards, and for when that did not work. */
function More({ board, isBusy, isWilling, more }: MoreProps): React.ReactElement {
  const end = React.useRef<HTMLDivElement>(null);
  React.useEffect(() => {
    const Observer = board.host.document.defaultView?.IntersectionObserver;
    if (!isWilling || !Observer || !end.current) {
      return undefined;
    }

    const observer = new Observer((seen) => seen.some((one) => one.isIntersecting) && more(), {
      root: end.current.closest('.escalate-scroll'),
      rootMargin: '400px',
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [board, isWilling, more]);
  // After the last page it goes, and whoever pressed it is left on the row before the new ones, which come next.
  React.useLayoutEffect(() => {
    const self = end.current;
    return () => {
      if (self?.contains(board.host.document.activeElement)) {
        const rows = self.parentElement?.querySelectorAll<HTMLElement>('.escalate-row');
        rows?.item(rows.length - 1)?.focus();
      }
    };
  }, [board]);
  return (
    <div ref={end} className="escalate-more">
      <Button label={isBusy ? words.loadingMore : words.showMore} look="quiet" isOff={isBusy} onPress={more} />
    </div>
  );
}
