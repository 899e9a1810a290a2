import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Channel, ChannelAction, Registry } from '../src/host.ts';
import { byPositionOrName, channel, Desk, reply } from './desk.ts';

test('both kinds of registry find icon, action and texts where they look for them', () => {
  const desk = new Desk();
  const seen: Record<string, unknown>[] = [];
  const named = (...names: string[]) => (...args: unknown[]): unknown => seen.push(byPositionOrName(names, args));
  const registry = {
    registerChannelHeaderButtonAction: named('icon', 'action', 'dropdownText', 'tooltipText'),
    registerAppBarComponent: named('iconUrl', 'action', 'tooltipText', 'supportedProductIds'),
  };

  desk.plugin.initialize(registry as Registry, desk.store);

  const [header, appBar] = seen;
  assert.equal((header?.['icon'] as { type: string }).type, 'svg');
  assert.equal(typeof header?.['action'], 'function');
  assert.equal(header?.['dropdownText'], 'Escalate');
  assert.equal(header?.['tooltipText'], 'Raise an escalation in this channel');
  assert.match(String(appBar?.['iconUrl']), /^data:image\/svg\+xml,%3Csvg/);
  assert.equal(typeof appBar?.['action'], 'function');
  assert.equal(appBar?.['tooltipText'], 'Raise an escalation in this channel');
  assert.equal(appBar?.['supportedProductIds'], undefined);
});

test('a host without an app bar gets the header button alone', () => {
  const desk = new Desk();
  const { registerChannelHeaderButtonAction } = desk.registry() as Required<Registry>;

  desk.plugin.initialize({ registerChannelHeaderButtonAction }, desk.store);

  assert.equal(desk.header.length, 1);
  assert.equal(desk.appBar.length, 0);
});

test('header and app bar run the command in the channel they are pressed in', async () => {
  const desk = new Desk();
  desk.plugin.initialize(desk.registry(), desk.store);

  for (const args of [desk.header[0], desk.appBar[0]]) {
    (args?.[1] as ChannelAction)({ id: channel.id, team_id: 'team9' });
    await new Promise(setImmediate);
  }

  assert.deepEqual(
    desk.sent.map(({ init }) => JSON.parse(String(init.body)) as unknown),
    Array(2).fill({ channel_id: channel.id, team_id: 'team9', command: '/escalate' }),
  );
});

test('the request is what Mattermost asks of a browser', async () => {
  const desk = new Desk();

  await desk.press();

  assert.equal(desk.sent.length, 1);
  const { url, init } = desk.sent[0]!;
  assert.equal(url, 'https://chat.test/api/v4/commands/execute');
  assert.equal(init.method, 'POST');
  assert.equal(init.credentials, 'same-origin');
  assert.equal(init.redirect, 'error');
  assert.deepEqual(init.headers, {
    'Content-Type': 'application/json',
    'X-Requested-With': 'XMLHttpRequest',
    'X-CSRF-Token': 'csrf1',
  });
});

for (const [basename, root] of [
  ['/chat', 'https://chat.test/chat'],
  ['/chat/', 'https://chat.test/chat'],
  ['/', 'https://chat.test'],
  ['//elsewhere.test', 'https://chat.test//elsewhere.test'],
] as const) {
  test(`with basename ${basename} the request goes to ${root}`, async () => {
    const desk = new Desk(undefined, { basename });
    await desk.press();
    assert.equal(desk.sent[0]?.url, `${root}/api/v4/commands/execute`);
  });
}

test('a direct message takes the team on the screen', async () => {
  const desk = new Desk();
  await desk.press({ id: 'direct1', team_id: '' });
  assert.deepEqual(JSON.parse(String(desk.sent[0]?.init.body)), {
    channel_id: 'direct1',
    team_id: 'team0000000000000000000002',
    command: '/escalate',
  });
});

test('without a channel from the host, the current one is meant', async () => {
  const desk = new Desk();
  desk.plugin.initialize(desk.registry(), desk.store);
  (desk.appBar[0]?.[1] as ChannelAction)(null);
  await new Promise(setImmediate);
  assert.equal((JSON.parse(String(desk.sent[0]?.init.body)) as { channel_id: string }).channel_id, channel.id);
});

for (const current of [{}, { entities: {} }, { entities: { channels: { currentChannelId: '' } } }]) {
  test(`with no channel open (${JSON.stringify(current)}) nothing is sent and the user is told`, async () => {
    const desk = new Desk(undefined, { current });
    await desk.plugin.escalate(desk.store, undefined);
    assert.equal(desk.sent.length, 0);
    assert.deepEqual(desk.alerts, ['Open the channel that the escalation belongs to, then press Escalate again.']);
  });
}

test('the web app is told which dialog to open', async () => {
  const desk = new Desk();
  await desk.press();
  assert.deepEqual(desk.dispatched, [{ type: 'RECEIVED_DIALOG_TRIGGER_ID', data: 'trigger1' }]);
  assert.deepEqual(desk.alerts, []);
});

test('an answer without a trigger opens nothing and says nothing', async () => {
  const desk = new Desk(() => reply(200, { text: 'Only words.' }));
  await desk.press();
  assert.deepEqual(desk.dispatched, []);
  assert.deepEqual(desk.alerts, []);
});

test('a second press while the first is under way asks for nothing; a later one does', async () => {
  let release = (_: Response): void => undefined;
  const desk = new Desk(() => new Promise<Response>((resolve) => (release = resolve)));
  const first = desk.press();
  await desk.press();
  assert.equal(desk.sent.length, 1);

  release(reply(200, {}));
  await first;
  void desk.press();
  assert.equal(desk.sent.length, 2);
});

test('removing the plugin cancels what is under way, without a word', async () => {
  const desk = new Desk(
    ({ init }) => new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted')))),
  );
  const press = desk.press();
  desk.plugin.uninitialize();
  await press;
  assert.equal(desk.sent[0]?.init.signal?.aborted, true);
  assert.deepEqual(desk.alerts, []);
});

test('removing the plugin takes its message away', async () => {
  const desk = new Desk(() => reply(500, 'broken'));
  await desk.press();
  assert.equal(desk.alerts.length, 1);
  desk.plugin.uninitialize();
  assert.equal(desk.alerts.length, 0);
});

test('nothing of a thread is passed on', async () => {
  const desk = new Desk();
  await desk.press({ ...channel, root_id: 'root1' } as Channel);
  assert.deepEqual(Object.keys(JSON.parse(String(desk.sent[0]?.init.body)) as object).sort(), [
    'channel_id',
    'command',
    'team_id',
  ]);
});
