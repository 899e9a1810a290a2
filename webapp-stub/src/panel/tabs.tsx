import * as React from 'react';
import type { Tab } from '../board.ts';
import { words } from '../words.ts';

export const tabs: readonly Tab[] = ['open', 'mine', 'here', 'requests', 'work'];

export const tabId = (tab: Tab): string => `escalate-tab-${tab}`;
export const tabPanelId = 'escalate-tabpanel';

const steps: Readonly<Record<string, (at: number) => number>> = {
  ArrowRight: (at) => (at + 1) % tabs.length,
  ArrowLeft: (at) => (at + tabs.length - 1) % tabs.length,
  Home: () => 0,
  End: () => tabs.length - 1,
};

/** Arrows go from one to the next, Enter chooses: choosing asks the server, so passing by does not. */
export function Tabs({ chosen, choose }: { chosen: Tab; choose(tab: Tab): void }): React.ReactElement {
  const list = React.useRef<HTMLDivElement>(null);
  const move = (event: React.KeyboardEvent): void => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const to = steps[event.key]?.(buttons.indexOf(event.target as HTMLButtonElement));
    if (to !== undefined) {
      event.preventDefault();
      buttons[to]?.focus();
    }
  };
  return (
    <div ref={list} role="tablist" aria-label={words.tabsLabel} className="escalate-tabs" onKeyDown={move}>
      {tabs.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={tabId(tab)}
          aria-selected={tab === chosen}
          aria-controls={tabPanelId}
          tabIndex={tab === chosen ? 0 : -1}
          onClick={() => choose(tab)}
        >
          {words.tabs[tab]}
        </button>
      ))}
    </div>
  );
}
