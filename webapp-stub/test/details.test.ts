import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Data } from './fakes.ts';
import { answering, engineer, escalation } from './panelData.ts';
import { PanelDesk, read } from './panelDesk.ts';

/** The details of one, opened from the list. */
async function open(t: TestContext, over: Data = {}): Promise<PanelDesk> {
  const desk = await PanelDesk.open(t, answering({ one: escalation(over) }));
  void desk.sidecar.news;
  await desk.presses(desk.row('ESC-1'));
  return desk;
}

const facts = (desk: PanelDesk): Record<string, string> =>
  Object.fromEntries(
    desk.all('dl > div').map((fact) => [read(desk.one('dt', fact)), read(desk.one('dd', fact))] as const),
  );

test('a row opens its details, which are asked for together with the history', async (t) => {
  const desk = await open(t);
  assert.deepEqual(desk.sidecar.news, [
    { get: 'escalation', id: 'ESC-1' },
    { get: 'timeline', id: 'ESC-1' },
  ]);
  assert.equal(read(desk.one('#escalate-headline')), 'Sev 2ESC-1Acme');
  assert.match(desk.text, /What happened in ESC-1/);
  assert.deepEqual(desk.all('[role="tab"]'), []);
});

test('facts that are known are shown, the codes of the form as people read them', async (t) => {
  const desk = await open(t, {
    customerImpact: 'Nobody can log in',
    links: 'https://tickets.test/7',
    stateReason: 'Why',
    redirectedTo: 'Support',
    resolution: 'Restarted',
    confirmedBy: 'The customer',
    bug: 'MM-1',
    pullRequest: '#12',
    incidentChannel: { id: 'channel9', name: 'esc-1-acme', title: 'Sev 1 · Acme', team: null },
    card: 'post9',
    lastUpdate: { at: '2026-03-02T08:30:00.000Z', by: engineer, summary: 'Looking' },
    nextUpdateAt: '2026-03-02T10:30:00.000Z',
  });
  assert.deepEqual(facts(desk), {
    Owner: '@engineer',
    'Raised by': '@tam, 3 h ago',
    Impact: 'High',
    Effort: 'Low',
    Category: 'Product bug',
    'Redirected to': 'Support',
    Reason: 'Why',
    'Customer impact': 'Nobody can log in',
    Links: 'https://tickets.test/7',
    Bug: 'MM-1',
    'Pull request': '#12',
    'Incident channel': 'Sev 1 · Acme',
    Card: 'Go to its message',
    'Last update': '@engineer, 30 min agoLooking',
    'Next update': '2 Mar, 10:30',
    Resolution: 'Restarted',
    'Confirmed by': 'The customer',
  });
});

test('facts that are not known take no room, but for the owner', async (t) => {
  const desk = await open(t, { owner: null });
  assert.deepEqual(Object.keys(facts(desk)), ['Owner', 'Raised by', 'Impact', 'Effort', 'Category']);
  assert.equal(facts(desk)['Owner'], 'nobody yet');
});

test('a person whose name is not known is someone, and codes that are not known are shown as they are', async (t) => {
  const desk = await open(t, { owner: { id: 'user9', name: null }, state: 'new-state', impact: 'toString' });
  assert.equal(facts(desk)['Owner'], 'someone');
  assert.equal(facts(desk)['Impact'], 'toString');
  assert.equal(read(desk.one('.escalate-state')), 'new-state');
});

const channelOf = (over: Data = {}): Data => ({ id: 'channel9', name: 'esc-1', title: null, team: null, ...over });
const teams = { currentTeamId: 'team1', teams: { team1: { name: 'sales' }, team9: { name: 'ops' } } };

test('the incident’s channel opens within Mattermost, and elsewhere as links do', async (t) => {
  const paths: string[] = [];
  const desk = await PanelDesk.open(
    t,
    answering({ one: escalation({ incidentChannel: channelOf(), card: 'post9' }) }),
    {
      current: {
        entities: {
          channels: { currentChannelId: 'channel1', channels: { channel9: { team_id: 'team9', display_name: 'Sev 1 · Acme' } } },
          teams,
        },
      },
      host: { basename: '/chat', WebappUtils: { browserHistory: { push: (path) => void paths.push(path) } } },
    },
  );
  await desk.presses(desk.row('ESC-1'));
  const [channel, card] = desk.all('dd a');
  assert.ok(channel && card);
  assert.equal(read(channel), 'Sev 1 · Acme', 'as people read it');
  assert.equal(channel.getAttribute('href'), 'https://chat.test/chat/ops/channels/esc-1');
  assert.equal(card.getAttribute('href'), 'https://chat.test/chat/sales/pl/post9');
  const click = (link: HTMLElement, init: Data = {}): Promise<void> =>
    desk.does(() => {
      link.addEventListener('click', (event) => event.preventDefault(), { once: true });
      const event = new desk.page.MouseEvent('click', { bubbles: true, cancelable: true, ...init });
      link.dispatchEvent(event as unknown as Event);
    });
  await click(channel, { ctrlKey: true });
  assert.deepEqual(paths, []);
  await click(channel);
  await click(card);
  assert.deepEqual(paths, ['/ops/channels/esc-1', '/sales/pl/post9']);
});

for (const [what, over, known] of [
  ['when the sidecar says its team', { team: 'team9' }, {}],
  ['as soon as the web app hears of it', {}, { channel9: { team_id: 'team9' } }],
] as const) {
  test(`a new incident’s channel is a link without loading the page anew, ${what}`, async (t) => {
    const one = escalation({ incidentChannel: channelOf(over) });
    const current = { entities: { channels: { currentChannelId: 'channel1', channels: {} }, teams } };
    const desk = await PanelDesk.open(t, answering({ one }), { current });
    await desk.presses(desk.row('ESC-1'));
    const entities = { ...current.entities, channels: { currentChannelId: 'channel1', channels: known } };
    await desk.does(() => desk.become({ entities }));
    assert.equal(desk.one('dd a').getAttribute('href'), 'https://chat.test/ops/channels/esc-1');
  });
}

for (const [what, channels, names] of [
  ['a channel', {}, { team1: { name: 'sales' } }],
  ['its team', { channel9: { team_id: 'team9' } }, { team1: { name: 'sales' } }],
  ['a team of it', { channel9: { team_id: '' } }, { team1: { name: 'sales' } }],
] as const) {
  test(`where the store does not know ${what}, the incident’s channel is only named`, async (t) => {
    const one = escalation({ incidentChannel: channelOf() });
    const entities = { channels: { currentChannelId: 'channel1', channels }, teams: { currentTeamId: 'team1', teams: names } };
    const desk = await PanelDesk.open(t, answering({ one }), { current: { entities } });
    await desk.presses(desk.row('ESC-1'));
    assert.equal(facts(desk)['Incident channel'], '~esc-1');
    assert.equal(desk.all('dd a').length, 0);
  });
}

test('“Back” returns to the list as it was, and asks what is new', async (t) => {
  const desk = await open(t);
  void desk.sidecar.news;
  await desk.presses('Back');
  assert.deepEqual(desk.rows, ['ESC-1', 'ESC-2']);
  assert.deepEqual(desk.sidecar.news, [{ get: 'list', of: 'open', limit: 50 }]);
});

test('a panel that was closed opens where it was', async (t) => {
  const desk = await open(t);
  await desk.close();
  await desk.show();
  assert.equal(read(desk.one('#escalate-headline')), 'Sev 2ESC-1Acme');
});

test('details that are shown stay while another channel is opened', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  await desk.presses('This channel');
  await desk.presses(desk.row('ESC-1'));
  desk.sidecar.isHolding = true;
  await desk.looks(false);
  await desk.passes(10 * 60_000);
  await desk.looks(true);
  await desk.does(() => desk.become({ entities: { ...desk.state.entities, channels: { currentChannelId: 'channel2' } } }));
  assert.equal(read(desk.one('#escalate-headline')), 'Sev 2ESC-1Acme');
});

test('ESC-2, ESC-11: what is missing is marked, and what may be the same problem is one press away', async (t) => {
  const desk = await open(t, { missing: 'customer', maybeSameAs: 'ESC-7' });
  assert.deepEqual(desk.texts('.escalate-mark'), ['Nobody has added this customer']);
  void desk.sidecar.news;
  await desk.presses('ESC-7');
  assert.deepEqual(desk.sidecar.news[0], { get: 'escalation', id: 'ESC-7' });
});
