import * as React from 'react';
import type { Trouble } from '../board.ts';
import type { HostWindow } from '../host.ts';
import type { Loaded } from '../loader.ts';
import { timeOfDay } from '../time.ts';
import { words } from '../words.ts';
import { Button, IconButton } from './button.tsx';
import type { Acting } from './hooks.ts';
import { Icon, Markdown, Zone } from './text.tsx';

/** What was answered. Both regions are always there: screen readers tell only what comes into one they know. */
export function Answered({ host, acting }: { host: HostWindow; acting: Acting }): React.ReactElement {
  const { notice } = acting;
  const shown = notice && (
    <div className={`escalate-notice ${notice.isRefusal ? 'escalate-refusal' : ''}`}>
      <div>
        {notice.about && <strong>{notice.about}</strong>}
        <Said host={host} trouble={notice} />
      </div>
      <IconButton label={words.dismiss} onPress={acting.dismiss}>
        <Icon name="cross" />
      </IconButton>
    </div>
  );
  return (
    <>
      <div role="status">{notice && !notice.isRefusal && shown}</div>
      <div role="alert">{notice?.isRefusal && shown}</div>
    </>
  );
}

const Said = ({ host, trouble }: { host: HostWindow; trouble: Trouble }): React.ReactElement =>
  trouble.isMarkdown ? <Markdown host={host} text={trouble.text} /> : <p dir="auto">{trouble.text}</p>;

interface Props<T> {
  readonly host: HostWindow;
  readonly loaded: Loaded<T>;
  refresh(): void;
  children(value: T): React.ReactNode;
}

/** What was loaded, or why it is not there; what was there stays while it is asked for again. */
export function Shown<T>({ host, loaded, refresh, children }: Props<T>): React.ReactElement {
  const { value, trouble, isBusy, at } = loaded;
  const zone = React.useContext(Zone);
  const again = <Button label={words.tryAgain} isBusy={isBusy && trouble !== undefined} onPress={refresh} />;
  if (value === undefined) {
    return trouble ? (
      <div className="escalate-blank" role="alert">
        <Icon name="warning" size={28} />
        <Said host={host} trouble={trouble} />
        {again}
      </div>
    ) : (
      <Skeleton />
    );
  }

  return (
    <>
      <div role="status">
        {trouble && (
          <div className="escalate-notice escalate-old">
            <div>
              <strong title={zone}>{words.shownAsOf(timeOfDay(at, zone))}</strong> <Said host={host} trouble={trouble} />
            </div>
            {again}
          </div>
        )}
      </div>
      {children(value)}
    </>
  );
}

function Skeleton(): React.ReactElement {
  return (
    <div className="escalate-skeleton">
      <span className="escalate-unseen">{words.loading}</span>
      {[72, 88, 64, 80, 56].map((width) => (
        <div key={width} aria-hidden="true">
          <span style={{ width: '40%' }} />
          <span style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  );
}
