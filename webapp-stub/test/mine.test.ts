import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Data } from './fakes.ts';
import { answering, assignment, engineer, list, move, run, tam, todo } from './panelData.ts';
import { PanelDesk, read } from './panelDesk.ts';

async function open(t: TestContext, mine: Data): Promise<PanelDesk> {
  const desk = await PanelDesk.open(t, answering({ mine }));
  await desk.presses('My work');
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
    ['Overduedue 1 Mar, 09:00First', 'Due soondue 2 Mar, 12:00Second', 'Waiting for youThird', 'Yoursdue 2 Mar, 12:00Fourth'],
  );
  assert.deepEqual(desk.texts('.escalate-mark'), ['Overdue']);
});

/** What screen readers tell of it besides its name. */
const described = (desk: PanelDesk, button: HTMLElement | undefined): string =>
  (button?.getAttribute('aria-describedby') ?? '').split(' ').map((id) => read(desk.one(`[id="${id}"]`))).join(' ');

test('U3: each line has the button that does it, which says what it is about', async (t) => {
  const desk = await open(t, { todo: [todo({ action: move('confirm', 'Customer confirmed') })] });
  const line = desk.one('.escalate-card');
  const [button] = desk.buttons('Customer confirmed', line);
  assert.equal(described(desk, button), read(desk.one('div[id]', line)));
  await desk.presses('Customer confirmed', line);
  assert.deepEqual(desk.sidecar.news, [{ move: 'confirm', id: 'ESC-1' }, { get: 'mine' }]);
  assert.deepEqual(desk.texts('[role="status"] .escalate-notice'), ['Done.']);
});

test('what is only to be read has its details and no other button', async (t) => {
  const desk = await open(t, { todo: [todo({ about: 'ASG-7', action: null })] });
  assert.deepEqual(desk.texts('.escalate-card button'), ['Details']);
  await desk.presses('Details');
  assert.deepEqual(desk.sidecar.news, [
    { get: 'request', id: 'ASG-7' },
    { get: 'timeline', id: 'ASG-7' },
  ]);
});

test('what belongs to an escalation leads to its details, and back', async (t) => {
  const desk = await open(t, { todo: [todo({ about: 'ESC-7' })] });
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
        kind: 'preSales',
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
    'Customer engineer@tam',
    'Next check-in6 Mar, 09:00',
    'Ends30 Jun 2026',
    'Review1 May 2026',
  ]);
  assert.equal(read(desk.one('p', second)), 'Back-upCustomer engineerPre-salesRequested');
  assert.deepEqual(desk.texts('dl > div', second), ['Engineer@engineer']);
  assert.match(desk.text, /Nothing is waiting for you\./);
});

test('a check-in that waits for an answer is marked', async (t) => {
  const desk = await open(t, { assignments: [assignment({ isCheckInOpen: true }), assignment({ id: 'ASG-2' })] });
  assert.deepEqual(desk.texts('.escalate-mark'), ['This week’s check-in is waiting for an answer']);
});

test('an assignment is opened as what it is, not as its Markdown', async (t) => {
  const desk = await open(t, { assignments: [assignment()] });
  await desk.presses('Details', desk.one('.escalate-card'));
  assert.deepEqual(desk.sidecar.news[0], { get: 'request', id: 'ASG-1' });
});

test('U27: my customers are listed with what I am to them and what is open', async (t) => {
  const customer = (name: string, open: number, parts: readonly string[]): Data => ({
    key: name.toLowerCase(),
    name,
    parts,
    open,
    action: run(`customer show ${name.toLowerCase()}`, 'Show'),
  });
  const desk = await open(t, {
    customers: [customer('Acme', 0, ['tam']), customer('Northern', 2, ['tam', 'csm']), customer('Big', 99, ['ae'])],
  });
  assert.deepEqual(desk.texts('section[aria-labelledby="escalate-customers"] li'), [
    'AcmeTAMnothing openShow',
    'NorthernTAMCSM2 openShow',
    'BigAE99+ openShow',
  ]);
  await desk.presses(desk.buttons('Show')[1] as HTMLElement);
  assert.deepEqual(desk.sidecar.news[0], { run: 'customer show northern' });
});

const setup = {
  done: 1,
  steps: [
    { title: 'Roles', isDone: true, text: 'There are.', action: null },
    { title: 'On duty', isDone: false, text: 'Nobody.', action: { label: 'Who is on duty', ask: { step: 'Duty' } } },
    { title: 'First check-in', isDone: false, text: 'It comes by itself.', action: null },
  ],
};

test('SET-1: what is missing of the set-up is one press away, and what is done is a line', async (t) => {
  const desk = await open(t, { setup });
  const section = desk.one('section[aria-labelledby="escalate-setup"]');
  assert.equal(read(desk.one('h4', section)), 'Set-up1 of 3');
  assert.deepEqual(desk.texts('li', section), ['On dutyNobody.Who is on duty', 'First check-inIt comes by itself.']);
  assert.match(read(section), /Done: Roles$/);
  await desk.presses('Who is on duty');
  assert.deepEqual(desk.sidecar.news[0], { step: 'Duty' });
});

test('SET-1: the list says what is left, and leads there', async (t) => {
  const desk = await PanelDesk.open(t, {
    ...answering({ mine: { setup } }),
    list: (ask) => ask.answer(list([], { setup: ask.request?.['of'] === 'open' ? setup : null })),
  });
  assert.match(desk.text, /Set-up: 1 of 3 steps done\./);
  await desk.presses('Continue');
  assert.equal(desk.one('[aria-selected="true"]').id, 'escalate-tab-work');
  assert.match(desk.text, /Nobody\./);
});

test('what was answered goes when another tab is chosen', async (t) => {
  const desk = await open(t, { todo: [todo()] });
  await desk.presses('Update');
  assert.deepEqual(desk.texts('.escalate-notice'), ['Done.']);
  await desk.presses('Mine');
  assert.deepEqual(desk.texts('.escalate-notice'), []);
});
