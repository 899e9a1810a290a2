import * as React from 'react';
import type { Ask } from '../answers.ts';
import type { Board, Trouble } from '../board.ts';
import type { Loaded, Loader } from '../loader.ts';
import { Refresh } from '../refresh.ts';
import type { Source } from '../sources.ts';

type Readable<T> = Pick<Loader<T>, 'subscribe' | 'state'>;

export const useLoaded = <T>(loader: Readable<T>): Loaded<T> =>
  React.useSyncExternalStore(loader.subscribe, loader.state);

/** Keeps what is on the screen up to date, and nothing else; gives what asks at once. */
export function useLive(board: Board, source: Source, hasChannel: boolean): () => Promise<void> {
  const live = React.useRef<Refresh>();
  React.useEffect(() => {
    const { document } = board.host;
    const refresh = new Refresh(board.clock, {
      isVisible: () => isVisible(document),
      isBusy: () => source.isBusy(),
      hasFailed: () => source.hasFailed(),
      isPushed: () => board.isPushed,
      act: () => source.refresh(),
    });
    const stop = (): void => refresh.stop();
    live.current = refresh;
    board.changes.add(refresh.changed);
    document.addEventListener('visibilitychange', refresh.visibilityChanged);
    board.life.addEventListener('abort', stop);
    void refresh.now();
    return () => {
      stop();
      source.stop();
      board.changes.delete(refresh.changed);
      document.removeEventListener('visibilitychange', refresh.visibilityChanged);
      board.life.removeEventListener('abort', stop);
    };
    // Without a channel nothing could be asked: the first one is worth another try.
  }, [board, source, hasChannel]);
  return React.useCallback(() => live.current?.now() ?? Promise.resolve(), []);
}

const minute = 60_000;

/** The sidecar's time, counted on once a minute while somebody looks. */
export function useNow(board: Board): number {
  const [, tick] = React.useReducer((n: number) => n + 1, 0);
  React.useSyncExternalStore(board.subscribeClock, board.clockOffset);
  React.useEffect(() => {
    const { document } = board.host;
    let timer = board.clock.after(minute, next);
    function next(): void {
      timer.cancel();
      if (isVisible(document) && !board.life.aborted) {
        tick();
        timer = board.clock.after(minute, next);
      }
    }

    const stop = (): void => timer.cancel();
    document.addEventListener('visibilitychange', next);
    board.life.addEventListener('abort', stop);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', next);
      board.life.removeEventListener('abort', stop);
    };
  }, [board]);
  return board.now();
}

export interface Notice extends Trouble {
  readonly isRefusal: boolean;
  /** What it is about, where that is not on the screen any more. */
  readonly about: string | undefined;
}

/** Does something, once at a time. */
export interface Acting {
  /** What is under way. */
  readonly busy: Ask | undefined;
  readonly notice: Notice | undefined;
  isUnderWay(ask: Ask): boolean;
  /** `isQuiet`: what was pressed shows that it worked, so only a refusal is told. */
  act(ask: Ask, isQuiet?: boolean): void;
  dismiss(): void;
}

export function useActing(board: Board, refresh: () => Promise<void>): Acting {
  const [busy, setBusy] = React.useState<Ask>();
  const [notice, setNotice] = React.useState<Notice>();
  // State would be a render late for the second of two clicks.
  const isUnderWay = React.useRef(false);
  const act = React.useCallback(
    async (ask: Ask, isQuiet = false) => {
      if (isUnderWay.current) {
        return;
      }

      isUnderWay.current = true;
      setBusy(ask);
      setNotice(undefined);
      const { opened } = board.place;
      // Leaving the panel does not take back what was sent.
      const reply = await board.ask(ask, board.life);
      const about = opened === board.place.opened ? undefined : opened;
      if (reply.kind === 'failed') {
        setNotice({ ...reply.trouble, isRefusal: true, about });
      } else if (reply.kind === 'answer' && reply.answer.said && !(isQuiet && !reply.answer.said.isRefusal)) {
        setNotice({ ...reply.answer.said, isMarkdown: true, about });
      }

      if (reply.kind === 'answer') {
        await refresh();
      }

      isUnderWay.current = false;
      setBusy(undefined);
    },
    [board, refresh],
  );
  const dismiss = React.useCallback(() => setNotice(undefined), []);
  return {
    busy,
    notice,
    act: React.useCallback((...of) => void act(...of), [act]),
    dismiss,
    isUnderWay: (ask) => busy !== undefined && isSame(ask, busy),
  };
}

const isSame = (one: Ask, other: Ask): boolean =>
  Object.keys(one).length === Object.keys(other).length && Object.entries(one).every(([name, value]) => other[name] === value);

const isVisible = (document: Document): boolean => document.visibilityState !== 'hidden';
