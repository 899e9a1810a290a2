import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Data } from './fakes.ts';
import { answering, engineer, escalation, tam, task } from './panelData.ts';
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
    incidentChannel: { id: 'channel9', name: 'esc-1-acme' },
    lastUpdate: { at: '2026-03-02T08:30:00.000Z', by: engineer, summary: 'Looking' },
    nextUpdateAt: '2026-03-02T10:30:00.000Z',
  });
  assert.deepEqual(facts(desk), {
    Owner: '@engineer',
    'Raised by': '@tam, 3 h ago',
    Impact: 'High',
    Effort: 'Low',
    Category: 'Product bug',
    'Sent to': 'Support',
    Reason: 'Why',
    'What the customer notices': 'Nobody can log in',
    Links: 'https://tickets.test/7',
    Bug: 'MM-1',
    'Pull request': '#12',
    'Incident channel': '~esc-1-acme',
    'Last update': '@engineer, 30 min agoLooking',
    'Next update': '2 Mar, 10:30',
    Resolution: 'Restarted',
    'Confirmed by': 'The customer',
  });
});

test('facts that are not known take no room, but for the owner', async (t) => {
  const desk = await open(t, { owner: null, reporter: null, impact: '', effort: null, category: null });
  assert.deepEqual(facts(desk), { Owner: 'nobody yet' });
});

test('a person whose name is not known is someone, and codes that are not known are shown as they are', async (t) => {
  const desk = await open(t, { owner: { id: 'user9', name: null }, state: 'new-state', impact: 'toString' });
  assert.equal(facts(desk)['Owner'], 'someone');
  assert.equal(facts(desk)['Impact'], 'toString');
  assert.equal(read(desk.one('.escalate-state')), 'new-state');
});

test('the incident’s channel opens within Mattermost, and elsewhere as links do', async (t) => {
  const paths: string[] = [];
  const desk = await PanelDesk.open(
    t,
    answering({ one: escalation({ incidentChannel: { id: 'channel9', name: 'esc-1' } }) }),
    {
      current: {
        entities: {
          channels: { currentChannelId: 'channel1', channels: { channel9: { team_id: 'team9' } } },
          teams: { currentTeamId: 'team1', teams: { team1: { name: 'sales' }, team9: { name: 'ops' } } },
        },
      },
      host: { basename: '/chat', WebappUtils: { browserHistory: { push: (path) => void paths.push(path) } } },
    },
  );
  await desk.presses(desk.row('ESC-1'));
  const link = desk.one('dd a');
  assert.equal(link.getAttribute('href'), 'https://chat.test/chat/ops/channels/esc-1');
  const click = (init: Data): Promise<void> =>
    desk.does(() => {
      link.addEventListener('click', (event) => event.preventDefault(), { once: true });
      const event = new desk.page.MouseEvent('click', { bubbles: true, cancelable: true, ...init });
      link.dispatchEvent(event as unknown as Event);
    });
  await click({ ctrlKey: true });
  assert.deepEqual(paths, []);
  await click({});
  assert.deepEqual(paths, ['/ops/channels/esc-1']);
});

for (const [what, channels, teams] of [
  ['a channel', {}, { team1: { name: 'sales' } }],
  ['its team', { channel9: { team_id: 'team9' } }, { team1: { name: 'sales' } }],
  ['a team of it', { channel9: { team_id: '' } }, { team1: { name: 'sales' } }],
] as const) {
  test(`where the store does not know ${what}, the incident’s channel is only named`, async (t) => {
    const one = escalation({ incidentChannel: { id: 'channel9', name: 'esc-1' } });
    const entities = { channels: { currentChannelId: 'channel1', channels }, teams: { currentTeamId: 'team1', teams } };
    const desk = await PanelDesk.open(t, answering({ one }), { current: { entities } });
    await desk.presses(desk.row('ESC-1'));
    assert.equal(facts(desk)['Incident channel'], '~esc-1');
    assert.equal(desk.all('dd a').length, 0);
  });
}

test('the checklist shows stages with how far they are, and what is known of each task', async (t) => {
  const desk = await open(t, {
    playbook: 'Outage',
    checklist: [
      {
        title: 'Begin',
        tasks: [
          task('1.1', { state: 'done', by: tam, assignee: engineer }),
          task('1.2', { state: 'skipped', by: tam, reason: 'No need' }),
          task('1.3', { assignee: engineer, dueAt: '2026-03-02T10:00:00.000Z', repliesToCustomer: true }),
          task('1.4', { dueAt: '2026-03-02T08:00:00.000Z', isOverdue: true }),
        ],
      },
      { title: 'End', tasks: [task('2.1')] },
    ],
  });
  assert.match(desk.text, /Playbook: Outage/);
  assert.deepEqual(desk.texts('.escalate-stage h5'), ['Begin2 of 4', 'End0 of 1']);
  assert.deepEqual(
    desk.all('.escalate-count').map((count) => count.getAttribute('aria-label')),
    ['2 of 4 done', '0 of 1 done'],
  );
  assert.deepEqual(desk.texts('.escalate-task'), [
    '1.1 Do 1.1Done by @tam',
    '1.2 Do 1.2Skipped by @tam: No need',
    '1.3 Do 1.3Replies to the customer@engineerdue 2 Mar, 10:00',
    '1.4 Do 1.4overdue, was due 2 Mar, 08:00',
    '2.1 Do 2.1',
  ]);
  assert.deepEqual(
    desk.all('input').map((box) => (box as HTMLInputElement).checked),
    [true, false, false, false, false],
  );
});

test('a task becomes overdue while it is looked at', async (t) => {
  const desk = await open(t, { checklist: [{ title: 'Begin', tasks: [task('1.1', { dueAt: '2026-03-02T09:01:00.000Z' })] }] });
  desk.sidecar.isHolding = true;
  assert.match(read(desk.one('.escalate-task')), /^1\.1 Do 1\.1due/);
  await desk.passes(60_000);
  assert.match(read(desk.one('.escalate-task')), /overdue, was due/);
});

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
