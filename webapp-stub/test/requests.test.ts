import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Ask, Data, FakeSidecar } from './fakes.ts';
import { action, answering, engineer, entry, item, list, run, tam, timeline, todo } from './panelData.ts';
import { PanelDesk, read } from './panelDesk.ts';

const request = (id: string, over: Data = {}): Data => ({
  id,
  customer: 'Acme',
  title: `What ${id} is`,
  state: 'In progress',
  who: engineer,
  dueOn: '2026-03-20',
  risk: null,
  ...over,
});

const services = (items: readonly Data[], make: Data | null = { run: 'service' }): Data => ({
  series: 'SRV',
  title: 'Service requests',
  make,
  items,
});

const inFull = (over: Data = {}): Data => ({
  ...request('SRV-1'),
  about: 'A script: https://git.example/sync',
  facts: [
    { name: 'Work', text: '4 days' },
    { name: 'Signed off', text: 'their CTO' },
  ],
  next: run('service deliver SRV-1', 'Delivered'),
  more: [run('service edit SRV-1', 'Edit'), action('Cancel it', { run: 'service cancel SRV-1' }, true)],
  ...over,
});

const answers = (kinds: readonly Data[], one: Data = inFull()): FakeSidecar['answers'] => ({
  ...answering(),
  requests: (ask: Ask) => ask.answer({ requests: kinds }),
  request: (ask: Ask) => ask.answer({ request: { ...one, id: ask.request?.['id'] } }),
});

async function open(t: TestContext, kinds: readonly Data[], one?: Data): Promise<PanelDesk> {
  const desk = await PanelDesk.open(t, answers(kinds, one));
  await desk.presses('Requests');
  void desk.sidecar.news;
  return desk;
}

test('“Requests” lists each kind with what is under way, who comes next, and what is at risk', async (t) => {
  const desk = await open(t, [
    services([request('SRV-1'), request('SRV-2', { who: tam, risk: 'overdue', dueOn: null })]),
    { series: 'IMP', title: 'Implementation requests', make: null, items: [] },
  ]);
  assert.equal(read(desk.one('.escalate-total')), '2 under way');
  assert.deepEqual(desk.texts('.escalate-kind h4'), ['Service requests', 'Implementation requests']);
  assert.deepEqual(desk.rows, ['SRV-1', 'SRV-2']);
  assert.equal(
    read(desk.row('SRV-1')),
    'SRV-1Acmedue 20 Mar 2026What SRV-1 isIn progressowner @engineer',
  );
  assert.deepEqual(desk.texts('.escalate-mark'), ['overdue']);
  assert.match(desk.text, /None is under way\./);
});

test('a new one of a kind is made by its command, which opens a form', async (t) => {
  const desk = await open(t, [services([])]);
  const kind = desk.one('.escalate-kind');
  const [button] = desk.buttons('New', kind);
  assert.equal(button?.title, 'New: service requests');
  await desk.presses('New', kind);
  assert.deepEqual(desk.sidecar.news, [{ run: 'service' }, { get: 'requests' }]);
});

test('who may make none of a kind has no button for it', async (t) => {
  const desk = await open(t, [services([request('SRV-1')], null)]);
  assert.deepEqual(desk.buttons('New', desk.one('.escalate-kind')), []);
});

test('where there are no kinds, it says so', async (t) => {
  const desk = await open(t, []);
  assert.match(desk.text, /no requests here that you may read/);
});

test('one is opened from its row with facts, timeline and what can be done, and left to its row', async (t) => {
  const desk = await open(t, [services([request('SRV-1'), request('SRV-2')])]);
  await desk.presses(desk.row('SRV-2'));
  assert.deepEqual(desk.sidecar.news, [
    { get: 'request', id: 'SRV-2' },
    { get: 'timeline', id: 'SRV-2' },
  ]);
  assert.equal(desk.focused, 'escalate-headline');
  assert.equal(read(desk.one('#escalate-headline')), 'SRV-2Acme');
  assert.deepEqual(desk.texts('.escalate-facts > div'), ['Work4 days', 'Signed offtheir CTO']);
  assert.equal(desk.one('.escalate-about a').getAttribute('href'), 'https://git.example/sync');
  assert.deepEqual(desk.texts('.escalate-actions button'), ['Delivered', 'More']);
  assert.match(desk.buttons('Delivered')[0]?.className ?? '', /escalate-primary/);
  assert.match(desk.text, /It was raised\./);
  await desk.presses('Back');
  assert.equal(desk.focused, 'SRV-2');
});

test('what is done with one runs its command and shows what was answered', async (t) => {
  const desk = await open(t, [services([request('SRV-1')])]);
  await desk.presses(desk.row('SRV-1'));
  void desk.sidecar.news;
  await desk.presses('Delivered');
  assert.deepEqual(desk.sidecar.news, [
    { run: 'service deliver SRV-1' },
    { get: 'request', id: 'SRV-1' },
    { get: 'timeline', id: 'SRV-1' },
  ]);
  assert.deepEqual(desk.texts('[role="status"] .escalate-notice'), ['Done.']);
});

test('earlier entries of its timeline are asked for', async (t) => {
  const desk = await PanelDesk.open(t, {
    ...answers([services([request('SRV-1')])]),
    timeline: (ask: Ask) =>
      ask.answer(ask.request?.['before'] ? timeline([entry('First')]) : timeline([entry('Second')], 7)),
  });
  await desk.presses('Requests');
  await desk.presses(desk.row('SRV-1'));
  await desk.presses('Show earlier');
  assert.deepEqual(desk.texts('.escalate-timeline .escalate-markdown'), ['Second', 'First']);
});

test('what is to be done about one leads to its details', async (t) => {
  const desk = await PanelDesk.open(t, {
    ...answers([]),
    ...pick(answering({ mine: { todo: [todo({ about: 'SRV-1', action: run('service start SRV-1', 'Begin the work') })] } })),
  });
  await desk.presses('My work');
  assert.deepEqual(desk.texts('.escalate-card button'), ['Begin the work', 'Details']);
  await desk.presses('Details');
  assert.equal(read(desk.one('#escalate-headline')), 'SRV-1Acme');
});

const pick = ({ mine }: FakeSidecar['answers']): FakeSidecar['answers'] => (mine ? { mine } : {});

for (const tab of ['Mine', 'This channel'] as const) {
  test(`“${tab}” shows requests beside escalations, and counts them`, async (t) => {
    const beside = [
      services([request('SRV-1')], null),
      { series: 'ASG', title: 'Assigned engineers', make: null, items: [request('ASG-3', { state: 'Requested' })] },
    ];
    const desk = await PanelDesk.open(t, {
      ...answers([]),
      list: (ask: Ask) => ask.answer(list([item('ESC-1')], { beside: ask.request?.['of'] === 'open' ? [] : beside })),
    });
    await desk.presses(tab);
    assert.deepEqual(desk.rows, ['ESC-1', 'SRV-1', 'ASG-3']);
    assert.equal(read(desk.one('.escalate-total')), '3 open');
    assert.deepEqual(desk.texts('.escalate-kind h4'), ['Service requests', 'Assigned engineers']);
    assert.deepEqual(desk.buttons('New', desk.one('.escalate-scroll')), [], 'new ones are made under “Requests”');
    desk.row('ESC-1').focus();
    await desk.types('ArrowDown');
    assert.equal(desk.focused, 'SRV-1', 'arrows go on');
    await desk.presses(desk.row('ASG-3'));
    assert.deepEqual(desk.sidecar.last.request?.['id'], 'ASG-3');
    await desk.presses('Back');
    assert.equal(desk.focused, 'ASG-3');
  });
}

test('where there is nothing but requests, the list does not say that there is nothing', async (t) => {
  const desk = await PanelDesk.open(t, {
    ...answers([]),
    list: (ask: Ask) => ask.answer(list([], { beside: [services([request('SRV-1')], null)] })),
  });
  await desk.presses('Mine');
  assert.deepEqual(desk.texts('.escalate-blank'), []);
  assert.deepEqual(desk.rows, ['SRV-1']);
});
