import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Data } from './fakes.ts';
import { answering, assignment, engineer, tam, todo } from './panelData.ts';
import { PanelDesk, read } from './panelDesk.ts';

async function open(t: TestContext, mine: Data): Promise<PanelDesk> {
  const desk = await PanelDesk.open(t, answering({ mine }));
  await desk.presses('Customers');
  void desk.sidecar.news;
  return desk;
}

test('“Customers” shows what is to be done, as answered, and how much it is', async (t) => {
  const desk = await open(t, {
    todo: [
      todo({ urgency: 'overdue', at: '2026-03-01T09:00:00.000Z', text: 'First' }),
      todo({ text: 'Second' }),
      todo({ urgency: 'waiting', at: null, text: 'Third' }),
      todo({ urgency: 'mine', text: 'Fourth' }),
    ],
  });
  assert.equal(read(desk.one('.escalate-total')), '4 to do');
  assert.deepEqual(
    desk.all('section[aria-labelledby="escalate-todo"] li').map((line) => read(desk.one('div[id]', line))),
    ['Overduedue 1 Mar, 09:00First', 'Due soondue 2 Mar, 12:00Second', 'Waits for youThird', 'Yoursdue 2 Mar, 12:00Fourth'],
  );
  assert.deepEqual(desk.texts('.escalate-mark'), ['Overdue']);
  assert.match(desk.text, /You are engineer or CE of no assignment\./);
});

/** What screen readers tell of it besides its name. */
const described = (desk: PanelDesk, button: HTMLElement | undefined): string =>
  (button?.getAttribute('aria-describedby') ?? '').split(' ').map((id) => read(desk.one(`[id="${id}"]`))).join(' ');

for (const [command, label] of [
  ['checkin ASG-1', 'Answer check-in'],
  ['update ESC-1', 'Update'],
  ['ack ESC-1', 'Acknowledge'],
  ['confirm ESC-1 who confirmed it', 'Customer confirmed'],
  ['close ESC-1', 'Close'],
  ['task ESC-1 1.2 done', 'Mark as done'],
  ['approve ESC-1', 'Approve'],
  ['engineer approve ASG-1', 'Approve'],
  ['engineer handover ASG-1 accept', 'Accept'],
  ['engineer review ASG-1', 'Review'],
  ['engineer show ASG-1', 'Show'],
  ['whatever show', 'whatever show'],
] as const) {
  test(`what “${command}” does is behind “${label}”`, async (t) => {
    const desk = await open(t, { todo: [todo({ command })] });
    const line = desk.one('.escalate-card');
    const [button] = desk.buttons(label, line);
    assert.equal(described(desk, button), `${read(desk.one('div[id]', line))} Runs /escalate ${command}`);
    assert.equal(button?.title, `Runs /escalate ${command}`);
    await desk.presses(label, line);
    assert.deepEqual(desk.sidecar.news, [{ run: command }, { get: 'mine' }]);
    assert.deepEqual(desk.texts('[role="status"] .escalate-notice'), ['Done.']);
  });
}

test('what a command does that is not known is to be read before it is done', async (t) => {
  const desk = await open(t, { todo: [todo({ command: 'finish esc-7 for good' })] });
  assert.deepEqual(desk.texts('.escalate-card button'), ['Open ESC-7']);
  await desk.presses('Open ESC-7');
  assert.deepEqual(desk.sidecar.news, [
    { get: 'escalation', id: 'ESC-7' },
    { get: 'timeline', id: 'ESC-7' },
  ]);
});

for (const command of ['owner ESC-1 @', 'owner ESC-1 <who>', 'engineer assign ASG-1 …']) {
  test(`“${command}” names somebody first, so it is there to be typed`, async (t) => {
    const desk = await open(t, { todo: [todo({ command })] });
    assert.equal(read(desk.one('code')), `/escalate ${command}`);
    assert.deepEqual(
      desk.texts('.escalate-card button').filter((name) => name !== 'Details'),
      [],
    );
  });
}

test('where there is no command, there is no button', async (t) => {
  const desk = await open(t, { todo: [todo({ command: '' })] });
  assert.deepEqual(desk.texts('.escalate-card button'), []);
  assert.equal(desk.all('code').length, 0);
});

test('what belongs to an escalation leads to its details, and back', async (t) => {
  const desk = await open(t, { todo: [todo({ command: 'ack esc-7' })] });
  await desk.presses('Details');
  assert.deepEqual(desk.sidecar.news[0], { get: 'escalation', id: 'ESC-7' });
  assert.equal(read(desk.one('#escalate-headline')), 'Sev 2ESC-7Acme');
  await desk.presses('Back');
  assert.match(desk.text, /To do/);
});

test('an assignment shows what this person is in it, who else is, and its days', async (t) => {
  const desk = await open(t, {
    assignments: [
      assignment({ reviewOn: '2026-05-01' }),
      assignment({
        id: 'ASG-2',
        kind: 'presales',
        state: 'requested',
        parts: ['backUp', 'customerEngineer'],
        engineer,
        backUp: tam,
        customerEngineer: tam,
        nextCheckInAt: null,
        endsOn: null,
      }),
    ],
  });
  const [first, second] = desk.all('section[aria-labelledby="escalate-assignments"] li');
  assert.ok(first && second);
  assert.equal(read(desk.one('h5', first)), 'AcmeASG-1');
  assert.equal(read(desk.one('p', first)), 'EngineerPost-sales');
  assert.deepEqual(desk.texts('dl > div', first), [
    'Back-up@tam',
    'Next check-in6 Mar, 09:00',
    'Ends30 Jun 2026',
    'Review1 May 2026',
  ]);
  assert.equal(read(desk.one('p', second)), 'Back-upCustomer engineerPre-salesRequested');
  assert.deepEqual(desk.texts('dl > div', second), ['Engineer@engineer']);
  assert.match(desk.text, /Nothing waits for you\./);
});

test('a check-in that waits for an answer is marked', async (t) => {
  const desk = await open(t, { assignments: [assignment({ isCheckInOpen: true }), assignment({ id: 'ASG-2' })] });
  assert.deepEqual(desk.texts('.escalate-mark'), ['This week’s check-in waits for an answer']);
});

test('an assignment is shown in full by its command', async (t) => {
  const desk = await open(t, { assignments: [assignment()] });
  await desk.presses('Show', desk.one('.escalate-card'));
  assert.deepEqual(desk.sidecar.news, [{ run: 'engineer show ASG-1' }, { get: 'mine' }]);
});

test('what was answered goes when another tab is chosen', async (t) => {
  const desk = await open(t, { todo: [todo()] });
  await desk.presses('Update');
  assert.deepEqual(desk.texts('.escalate-notice'), ['Done.']);
  await desk.presses('Mine');
  assert.deepEqual(desk.texts('.escalate-notice'), []);
});
