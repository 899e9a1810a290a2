import * as React from 'react';
import type { Board, Tab } from '../board.ts';
import { EscalationDetails, RequestDetails } from '../details.ts';
import { EscalationList, MyWork, RequestList, type Source, type Sources } from '../sources.ts';
import { words } from '../words.ts';
import { Button, IconButton } from './button.tsx';
import { Details } from './details.tsx';
import { hasLostFocus, KeptFocus, walkRows } from './focus.tsx';
import { useActing, useLive, useLoaded, useNow, type Acting } from './hooks.ts';
import { List } from './list.tsx';
import { MineView } from './mine.tsx';
import { Answered } from './notices.tsx';
import { RequestView, RequestsView } from './requests.tsx';
import { tabId, tabPanelId, Tabs } from './tabs.tsx';
import { Icon, Zone } from './text.tsx';

interface Props {
  readonly board: Board;
  readonly sources: Sources;
  raise(): void;
}

export function Panel({ board, sources, raise }: Props): React.ReactElement {
  const [tab, setTab] = React.useState(board.place.tab);
  const [opened, setOpened] = React.useState(board.place.opened);
  const channel = React.useSyncExternalStore(board.subscribe, board.channelId);
  const zone = React.useSyncExternalStore(board.subscribe, board.zone);
  // Only `This channel` is another list in another channel.
  const place = opened === undefined && tab === 'here' ? channel : '';
  const source = React.useMemo(() => sources.get(opened, tab, place), [sources, opened, tab, place]);
  const refresh = useLive(board, source, channel !== '');
  const acting = useActing(board, refresh);
  const now = useNow(board);
  const body = usePlace(board, tab, opened);
  useBegun(sources, source);
  useLoaded(source);
  const { dismiss } = acting;
  const choose = React.useCallback(
    (chosen: Tab): void => {
      board.go({ tab: chosen, scroll: 0 });
      sources.begin(sources.get(undefined, chosen, board.channelId()));
      dismiss();
      setTab(chosen);
    },
    [board, sources, dismiss],
  );
  const open = React.useCallback(
    (id: string | undefined, from = id) => {
      // What was answered is about what is left.
      dismiss();
      board.go({ opened: id, ...(id !== undefined && { from }) });
      sources.begin(sources.get(id, board.place.tab, board.channelId()));
      setOpened(id);
    },
    [board, sources, dismiss],
  );
  const back = opened ? () => open(undefined) : undefined;
  /** One step back; where there is none, it is Mattermost's. */
  const escape = (event: React.KeyboardEvent): void => {
    const step = acting.notice ? dismiss : back;
    if (event.key === 'Escape' && !event.defaultPrevented && step) {
      event.preventDefault();
      event.stopPropagation();
      step();
    }
  };
  const view = { board, acting, now, open, choose, refresh: () => void refresh() };
  return (
    <KeptFocus document={board.host.document}>
      <div className="escalate" onKeyDown={escape}>
        <Bar source={source} refresh={view.refresh} raise={raise} back={back} />
        {!opened && <Tabs chosen={tab} choose={choose} />}
        <Answered host={board.host} acting={acting} />
        <Spoken source={source} />
        <div
          ref={body}
          className="escalate-scroll"
          tabIndex={-1}
          onKeyDown={walkRows}
          {...(!opened && { role: 'tabpanel', id: tabPanelId, 'aria-labelledby': tabId(tab) })}
        >
          <Zone.Provider value={zone}>
            <View source={source} tab={tab} {...view} />
          </Zone.Provider>
        </div>
        <p className="escalate-zone">{words.timesIn(zone)}</p>
      </div>
    </KeptFocus>
  );
}

/** What was shown when the panel was closed may be too old to be shown again; what is gone to has been looked at. */
function useBegun(sources: Sources, source: Source): void {
  const first = React.useRef(true);
  React.useLayoutEffect(() => {
    if (first.current) {
      first.current = false;
      sources.begin(source);
    }
  }, [sources, source]);
}

interface ViewProps {
  readonly board: Board;
  readonly source: Source;
  readonly tab: Tab;
  readonly acting: Acting;
  readonly now: number;
  refresh(): void;
  open(id: string, from?: string): void;
  choose(tab: Tab): void;
}

function View({ source, tab, ...rest }: ViewProps): React.ReactElement | null {
  return source instanceof EscalationDetails ? (
    <Details source={source} {...rest} />
  ) : source instanceof MyWork ? (
    <MineView source={source} {...rest} />
  ) : source instanceof RequestDetails ? (
    <RequestView source={source} {...rest} />
  ) : source instanceof RequestList ? (
    <RequestsView source={source} {...rest} />
  ) : source instanceof EscalationList && tab !== 'work' && tab !== 'requests' ? (
    <List source={source} tab={tab} {...rest} />
  ) : null;
}

interface BarProps {
  readonly source: Source;
  readonly back: (() => void) | undefined;
  refresh(): void;
  raise(): void;
}

function Bar({ source, back, refresh, raise }: BarProps): React.ReactElement {
  const beside = source instanceof EscalationDetails || source instanceof RequestDetails ? source.timeline : source;
  const isBusy = [useLoaded(source), useLoaded<unknown>(beside)].some((loaded) => loaded.isBusy);
  return (
    <div className="escalate-bar">
      {back ? (
        <Button label={words.back} look="quiet" hint={words.backToList} onPress={back}>
          <Icon name="back" />
        </Button>
      ) : (
        total(source) && <h3 className="escalate-total">{total(source)}</h3>
      )}
      <span className="escalate-gap" />
      <IconButton label={isBusy ? words.refreshing : words.refresh} isBusy={isBusy} onPress={refresh}>
        <Icon name="refresh" size={16} />
      </IconButton>
      {!back && (
        <Button label={words.newEscalation} look="primary" hint={words.newEscalationHint} onPress={raise}>
          <Icon name="plus" />
        </Button>
      )}
    </div>
  );
}

/** For those who only hear it. It is always there: screen readers tell only what comes into a region they know. */
function Spoken({ source }: { source: Source }): React.ReactElement {
  const { value, trouble } = useLoaded(source);
  return (
    <div role="status" className="escalate-unseen">
      {value !== undefined ? total(source) : trouble === undefined && words.loading}
    </div>
  );
}

function total(source: Source): string {
  if (source instanceof EscalationList) {
    const { value } = source.state();
    const beside = value?.beside.reduce((all, { items }) => all + items.length, 0) ?? 0;
    return value ? words.open(value.total + beside, value.isAtLeast) : '';
  }

  if (source instanceof RequestList) {
    const { value } = source.state();
    return value ? words.underWay(value.reduce((all, { items }) => all + items.length, 0)) : '';
  }

  const mine = source instanceof MyWork ? source.state().value : undefined;
  return mine ? words.toDo(mine.todo.length) : '';
}

/** Into details the focus goes to their headline; back in the list, it is on the row that was left, where it was. */
function usePlace(board: Board, tab: Tab, opened: string | undefined): React.RefObject<HTMLDivElement> {
  const body = React.useRef<HTMLDivElement>(null);
  const left = React.useRef<string | undefined>(undefined);
  React.useLayoutEffect(() => {
    const scroller = body.current;
    if (!scroller || opened) {
      if (scroller) {
        scroller.scrollTop = 0;
        if (hasLostFocus(board.host.document)) {
          scroller.focus();
        }
      }

      left.current = opened && board.place.from;
      return undefined;
    }

    scroller.scrollTop = board.place.scroll;
    if (left.current) {
      const row = [...scroller.querySelectorAll<HTMLElement>('[data-id]')].find(
        (one) => one.dataset['id'] === left.current,
      );
      (row ?? board.host.document.getElementById(tabId(tab)))?.focus({ preventScroll: row !== undefined });
      left.current = undefined;
    }

    const remember = (): void => board.go({ scroll: scroller.scrollTop });
    scroller.addEventListener('scroll', remember, { passive: true });
    return () => scroller.removeEventListener('scroll', remember);
  }, [board, opened, tab]);
  return body;
}
