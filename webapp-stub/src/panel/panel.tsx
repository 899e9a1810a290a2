import * as React from 'react';
import type { Board, Tab } from '../board.ts';
import { EscalationDetails, RequestDetails } from '../details.ts';
import { EscalationList, MyCustomers, RequestList, type Source, type Sources } from '../sources.ts';
import { words } from '../words.ts';
import { Button, IconButton } from './button.tsx';
import { Details } from './details.tsx';
import { hasLostFocus, useKeptFocus } from './focus.ts';
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
  const source = React.useMemo(
    () => sources.get(opened, tab, channel),
    // Only `This channel` is another list in another channel.
    [board, opened, tab, opened === undefined && tab === 'here' ? channel : ''],
  );
  const refresh = useLive(board, source, channel !== '');
  const acting = useActing(board, refresh);
  const now = useNow(board);
  const body = React.useRef<HTMLDivElement>(null);
  usePlace(board, body, tab, opened);
  useLoaded(source);
  useKeptFocus(board.host.document);
  const choose = (chosen: Tab): void => {
    board.place.scroll = 0;
    acting.dismiss();
    setTab((board.place.tab = chosen));
  };
  const { dismiss } = acting;
  const open = React.useCallback(
    (id: string | undefined, from = id) => {
      // What was answered is about what is left.
      dismiss();
      if (id !== undefined) {
        board.place.from = from;
      }

      setOpened((board.place.opened = id));
    },
    [board, dismiss],
  );
  const view = { board, acting, now, open, refresh: () => void refresh() };
  return (
    <div className="escalate">
      <Bar source={source} refresh={view.refresh} raise={raise} back={opened ? () => open(undefined) : undefined} />
      {!opened && <Tabs chosen={tab} choose={choose} />}
      <Answered host={board.host} acting={acting} />
      <Spoken source={source} />
      <div
        ref={body}
        className="escalate-scroll"
        tabIndex={-1}
        {...(!opened && { role: 'tabpanel', id: tabPanelId, 'aria-labelledby': tabId(tab) })}
      >
        <Zone.Provider value={zone}>
          <View source={source} tab={tab} {...view} />
        </Zone.Provider>
      </div>
      <p className="escalate-zone">{words.timesIn(zone)}</p>
    </div>
  );
}

interface ViewProps {
  readonly board: Board;
  readonly source: Source;
  readonly tab: Tab;
  readonly acting: Acting;
  readonly now: number;
  refresh(): void;
  open(id: string, from?: string): void;
}

function View({ source, tab, ...rest }: ViewProps): React.ReactElement | null {
  return source instanceof EscalationDetails ? (
    <Details source={source} {...rest} />
  ) : source instanceof MyCustomers ? (
    <MineView source={source} {...rest} />
  ) : source instanceof RequestDetails ? (
    <RequestView source={source} {...rest} />
  ) : source instanceof RequestList ? (
    <RequestsView source={source} {...rest} />
  ) : source instanceof EscalationList && tab !== 'customers' && tab !== 'requests' ? (
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
    return value ? words.open(value.total, value.isAtLeast) : '';
  }

  if (source instanceof RequestList) {
    const { value } = source.state();
    return value ? words.underWay(value.reduce((all, { items }) => all + items.length, 0)) : '';
  }

  const mine = source instanceof MyCustomers ? source.state().value : undefined;
  return mine ? words.toDo(mine.todo.length) : '';
}

/** Into details the focus goes to their headline; back in the list, it is on the row that was left, where it was. */
function usePlace(
  board: Board,
  body: React.RefObject<HTMLElement>,
  tab: Tab,
  opened: string | undefined,
): void {
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

    const remember = (): void => void (board.place.scroll = scroller.scrollTop);
    scroller.addEventListener('scroll', remember, { passive: true });
    return () => scroller.removeEventListener('scroll', remember);
  }, [board, opened, tab]);
}
