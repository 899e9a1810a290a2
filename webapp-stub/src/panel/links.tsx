import * as React from 'react';
import type { Channel } from '../answers.ts';
import type { Board } from '../board.ts';
import { Typed } from './text.tsx';

interface Props {
  readonly board: Board;
  readonly path: string;
}

/** Followed within Mattermost where the host lets us, since loading the page anew would close everything. */
export function PlaceLink({ board, path, children }: React.PropsWithChildren<Props>): React.ReactElement {
  const follow = (event: React.MouseEvent): void => {
    const history = board.host.WebappUtils?.browserHistory;
    if (history?.push && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      history.push(path);
    }
  };
  return (
    <a href={board.address(path)} onClick={follow}>
      {children}
    </a>
  );
}

/** By the name that people read; a link as soon as the web app, or the sidecar, says which team it is in. */
export function ChannelLink({ board, channel }: { board: Board; channel: Channel }): React.ReactElement {
  const path = React.useSyncExternalStore(board.subscribe, () => board.channelPath(channel));
  const title = React.useSyncExternalStore(board.subscribe, () => board.channelTitle(channel.id));
  const name = title ?? channel.title ?? `~${channel.name}`;
  return path === undefined ? (
    <Typed text={name} />
  ) : (
    <PlaceLink board={board} path={path}>
      <bdi>{name}</bdi>
    </PlaceLink>
  );
}
