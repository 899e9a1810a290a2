import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChannelAction, State } from '../src/host.ts';
import { state } from './desk.ts';
import { sidebar, type Part } from './fakes.ts';
import { answering, item, list } from './panelData.ts';
import { PanelDesk } from './panelDesk.ts';

const parts: readonly Part[] = [
  'registerRightHandSidebarComponent',
  'registerWebSocketEventHandler',
  'registerWebSocketEventHandler',
  'registerWebSocketEventHandler',
  'registerReconnectHandler',
  'registerChannelHeaderButtonAction',
  'registerAppBarComponent',
  'registerPostDropdownMenuAction',
  'registerPostDropdownMenuAction',
];

const registered = (desk: PanelDesk): Part[] => desk.fake.registered.map(({ part }) => part);
const press = (desk: PanelDesk, part: Part): Promise<void> =>
  desk.does(() => desk.fake.one<ChannelAction>(part, 'action')({ id: 'channel9', team_id: 'team9' }));

test('the plugin registers a panel, its icons, two menu entries and what it listens to, and no more', (t) => {
  const desk = new PanelDesk(t);
  desk.install();
  assert.deepEqual(registered(desk), parts);
  assert.equal(desk.fake.one('registerRightHandSidebarComponent', 'title'), 'Escalate');
  assert.deepEqual(
    desk.fake.of('registerPostDropdownMenuAction').map(({ text }) => text),
    ['Escalate this message', 'Request implementation'],
  );
  for (const icon of ['registerChannelHeaderButtonAction', 'registerAppBarComponent'] as const) {
    assert.equal(desk.fake.one(icon, 'tooltipText'), 'Open escalations');
  }
});

test('both icons open and close the panel, and ask the sidecar for nothing', async (t) => {
  const desk = new PanelDesk(t);
  desk.install();
  await press(desk, 'registerChannelHeaderButtonAction');
  await press(desk, 'registerAppBarComponent');
  assert.deepEqual(desk.dispatched, [sidebar.toggleRHSPlugin, sidebar.toggleRHSPlugin]);
  assert.deepEqual(desk.sidecar.asked, []);
});

test('nothing is asked before the panel is opened', async (t) => {
  const desk = new PanelDesk(t);
  desk.install();
  await desk.hearsOurs();
  await desk.passes(600_000);
  assert.deepEqual(desk.sidecar.asked, []);
  assert.equal(desk.clock.waiting, 0);
});

for (const part of new Set(parts)) {
  test(`where Mattermost has no ${part}, the plugin offers the rest`, (t) => {
    const desk = new PanelDesk(t, { without: [part] });
    desk.install();
    const panel: readonly Part[] = parts.slice(0, 5);
    const lost = part === 'registerRightHandSidebarComponent' ? panel : [part];
    assert.deepEqual(registered(desk), parts.filter((one) => !lost.includes(one)));
    desk.plugin.uninitialize();
  });
}

test('where Mattermost has no panels, the icons ask for the form in their channel, and say so', async (t) => {
  const desk = new PanelDesk(t, { without: ['registerRightHandSidebarComponent'] });
  desk.install();
  assert.equal(desk.document.adoptedStyleSheets.length, 0);
  for (const icon of ['registerChannelHeaderButtonAction', 'registerAppBarComponent'] as const) {
    assert.equal(desk.fake.one(icon, 'tooltipText'), 'Raise an escalation in this channel');
    await press(desk, icon);
    const { command, channelId, teamId } = desk.sidecar.last;
    assert.deepEqual([command, channelId, teamId], ['/escalate', 'channel9', 'team9']);
  }

  assert.equal(desk.sidecar.asked.length, 2);
});

test('where nothing can be registered at all, the plugin does no harm', (t) => {
  const desk = new PanelDesk(t, { without: parts });
  desk.install();
  assert.deepEqual(registered(desk), []);
  desk.plugin.uninitialize();
});

test('where the page cannot watch what comes into sight, the list has its button', async (t) => {
  const desk = new PanelDesk(t);
  Object.assign(desk.page, { IntersectionObserver: undefined });
  const items = Array.from({ length: 50 }, (_, i) => item(`ESC-${i}`));
  desk.sidecar.answers = { list: (ask) => ask.answer(list(items, { after: '50' })) };
  desk.install();
  await desk.show();
  assert.equal(desk.rows.length, 50);
  assert.equal(desk.buttons('Show more').length, 1);
});

test('where the page has no style sheets of scripts, the panel brings an element, and takes it away', (t) => {
  const desk = new PanelDesk(t);
  Object.assign(desk.page, { CSSStyleSheet: undefined });
  desk.install();
  assert.match(desk.one('head style').textContent ?? '', /\.escalate\{/);
  desk.plugin.uninitialize();
  assert.equal(desk.all('style').length, 0);
});

for (const current of [{}, { entities: {} }, { entities: { channels: { currentChannelId: '' } } }] satisfies State[]) {
  test(`with no channel on the screen (${JSON.stringify(current)}), the panel says what to do, and does it then`, async (t) => {
    const desk = await PanelDesk.open(t, answering(), { current });
    assert.match(desk.text, /Open a channel first: Escalate works in the channel that is open\./);
    assert.deepEqual(desk.sidecar.asked, []);
    await desk.does(() => desk.become(state));
    assert.deepEqual(desk.rows, ['ESC-1', 'ESC-2']);
  });
}
