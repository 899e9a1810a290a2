import * as React from 'react';
import type { Board } from '../board.ts';
import type { EscalationList, Listed, ListTab } from '../sources.ts';
import { words } from '../words.ts';
import { Button } from './button.tsx';
import { useLoaded } from './hooks.ts';
import { Shown } from './notices.tsx';
import { Row } from './row.tsx';

interface Props {
  readonly board: Board;
  readonly source: EscalationList;
  readonly tab: ListTab;
  readonly now: number;
  refresh(): void;
  open(id: string): void;
}

export function List({ board, source, tab, now, refresh, open }: Props): React.ReactElement {
  const loaded = useLoaded(source);
  return (
    <Shown host={board.host} loaded={loaded} refresh={refresh}>
      {(listed) =>
        listed.items.length === 0 ? (
          <p className="escalate-blank">{words.empty[tab]}</p>
        ) : (
          <>
            <Rows board={board} listed={listed} label={words.listOf(words.tabs[tab])} now={now} open={open} />
            {listed.after !== null && (
              <More
                board={board}
                isBusy={loaded.isBusy}
                isWilling={!loaded.isBusy && loaded.trouble === undefined}
                more={() => void source.more()}
              />
            )}
          </>
        )
      }
    </Shown>
  );
}

interface RowsProps extends Pick<Props, 'board' | 'now' | 'open'> {
  readonly listed: Listed;
  readonly label: string;
}

function Rows({ board, listed, label, now, open }: RowsProps): React.ReactElement {
  const list = React.useRef<HTMLUListElement>(null);
  useKeptFocus(board.host.document, list, listed);
  return (
    <ul ref={list} className="escalate-list" aria-label={label}>
      {listed.items.map((item) => (
        <Row key={item.id} item={item} now={now} open={open} />
      ))}
    </ul>
  );
}

/** A row that moves takes its focus along; when it is gone, the one in its place has it. */
function useKeptFocus(document: Document, list: React.RefObject<HTMLElement>, listed: Listed): void {
  const rows = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('.escalate-row') ?? [])];
  // Read while the rows are still where they were.
  const focused = rows().indexOf(document.activeElement as HTMLElement);
  const id = focused < 0 ? undefined : rows()[focused]?.dataset['id'];
  React.useLayoutEffect(() => {
    if (id !== undefined) {
      const now = rows();
      const row = now.find((one) => one.dataset['id'] === id) ?? now[Math.min(focused, now.length - 1)];
      if (row && row !== document.activeElement) {
        row.focus({ preventScroll: true });
      }
    }
  }, [listed]);
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
  }, [isWilling]);
  // After the last page it goes, and whoever pressed it is left on the row before the new ones, which come next.
  React.useLayoutEffect(() => {
    const self = end.current;
    return () => {
      if (self?.contains(board.host.document.activeElement)) {
        const rows = self.parentElement?.querySelectorAll<HTMLElement>('.escalate-row');
        rows?.item(rows.length - 1)?.focus();
      }
    };
  }, []);
  return (
    <div ref={end} className="escalate-more">
      <Button label={isBusy ? words.loadingMore : words.showMore} look="quiet" isOff={isBusy} onPress={more} />
    </div>
  );
}
