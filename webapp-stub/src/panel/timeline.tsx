import * as React from 'react';
import type { Board } from '../board.ts';
import type { Details } from '../details.ts';
import { words } from '../words.ts';
import { Button } from './button.tsx';
import { KeptFocus } from './focus.tsx';
import { useLoaded } from './hooks.ts';
import { Shown } from './notices.tsx';
import { Markdown, Moment } from './text.tsx';

interface Props {
  readonly board: Board;
  readonly source: Pick<Details<unknown>, 'timeline' | 'refresh' | 'earlier'>;
  readonly now: number;
}

/** The latest first: what happened last is what people look for. */
export function Timeline({ board, source, now }: Props): React.ReactElement {
  const loaded = useLoaded(source.timeline);
  return (
    <KeptFocus document={board.host.document}>
    <section aria-labelledby="escalate-timeline">
      <h4 id="escalate-timeline">{words.timeline}</h4>
      <Shown host={board.host} loaded={loaded} refresh={() => void source.refresh()}>
        {({ entries, before }) => (
          <>
            {entries.length === 0 && <p className="escalate-dim">{words.noEntries}</p>}
            <ol className="escalate-timeline">
              {entries.map((entry, i) => (
                <li key={`${entries.length - i}`}>
                  {entry.at && <Moment at={entry.at} now={now} />}
                  <Markdown host={board.host} text={entry.text} />
                </li>
              ))}
            </ol>
            {before !== null && (
              <Button
                label={loaded.isBusy ? words.loadingMore : words.showEarlier}
                look="quiet"
                isOff={loaded.isBusy}
                onPress={() => void source.earlier()}
              />
            )}
          </>
        )}
      </Shown>
    </section>
    </KeptFocus>
  );
}
