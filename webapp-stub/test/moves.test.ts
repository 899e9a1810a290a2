import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { refusal, reply } from './desk.ts';
import type { Ask, Data, FakeSidecar } from './fakes.ts';
import { answering, escalation, move, run, stage, task } from './panelData.ts';
import { PanelDesk, read } from './panelDesk.ts';

/** The details of one, opened from the list, and nothing asked since. */
async function open(t: TestContext, over: Data, answers: FakeSidecar['answers'] = {}): Promise<PanelDesk> {
  const desk = await PanelDesk.open(t, { ...answering({ one: escalation(over) }), ...answers });
  await desk.presses(desk.row('ESC-1'));
  void desk.sidecar.news;
  return desk;
}

const offered = (desk: PanelDesk): string[] => desk.texts('.escalate-actions button');
const fresh = [
  { get: 'escalation', id: 'ESC-1' },
  { get: 'timeline', id: 'ESC-1' },
];

test('U18: one thing comes next, and the rest of the answer is behind “More”', async (t) => {
  const desk = await open(t, {
    next: move('approve', 'Approve'),
    more: [move('override', 'Accept anyway…'), run('edit ESC-1', 'Edit…'), move('decline', 'Decline…', true)],
  });
  assert.deepEqual(offered(desk), ['Approve', 'More']);
  assert.match(desk.buttons('Approve')[0]?.className ?? '', /escalate-primary/);
  await desk.presses('More: ESC-1');
  assert.deepEqual(desk.texts('[role="menuitem"]'), ['Accept anyway…', 'Edit…', 'Decline…']);
  assert.deepEqual(
    desk.all('[role="menuitem"]').map((one) => one.className.includes('ending')),
    [false, false, true],
  );
  assert.equal(read(desk.document.activeElement as Element), 'Accept anyway…', 'it has the focus');
});

test('what is alone needs no menu', async (t) => {
  const desk = await open(t, { more: [run('follow ESC-1', 'Follow')] });
  assert.deepEqual(offered(desk), ['Follow']);
});

test('where nothing can be done, nothing is offered', async (t) => {
  const desk = await open(t, {});
  assert.equal(desk.all('.escalate-actions').length, 0);
});

test('arrows go through the menu, Escape and another press leave it, and nothing is done', async (t) => {
  const desk = await open(t, { next: move('approve'), more: [move('one'), move('two'), move('three')] });
  await desk.presses('More: ESC-1');
  const on = (): string => read(desk.document.activeElement as Element);
  for (const [key, at] of [
    ['ArrowDown', 'two'],
    ['End', 'three'],
    ['ArrowDown', 'one'],
    ['ArrowUp', 'three'],
    ['Home', 'one'],
  ] as const) {
    assert.equal((await desk.types(key)).defaultPrevented, true, key);
    assert.equal(on(), at, key);
  }

  await desk.types('Escape');
  assert.equal(desk.all('[role="menu"]').length, 0);
  assert.equal(desk.focused, 'More: ESC-1');
  assert.equal(read(desk.one('#escalate-headline')), 'Sev 2ESC-1Acme', 'Escape went one step back, not two');
  await desk.presses('More: ESC-1');
  await desk.presses('More: ESC-1');
  assert.equal(desk.all('[role="menu"]').length, 0);
  assert.deepEqual(desk.sidecar.news, []);
});

test('a move is asked for by its name, what is answered is told, and all is asked for anew', async (t) => {
  const desk = await open(t, { next: move('acknowledge', 'Acknowledge') }, {
    move: ({ answer }) => answer({ said: { text: 'You acknowledged ESC-1.', isRefusal: false } }),
  });
  desk.sidecar.answers = { ...desk.sidecar.answers, ...pick(answering({ one: escalation({ next: move('resolve', 'Resolve') }) })) };
  await desk.presses('Acknowledge');
  assert.deepEqual(desk.sidecar.news, [{ move: 'acknowledge', id: 'ESC-1' }, ...fresh]);
  assert.deepEqual(desk.texts('[role="status"] .escalate-notice'), ['You acknowledged ESC-1.']);
  assert.deepEqual(offered(desk), ['Resolve']);
  assert.deepEqual(desk.dispatched, []);

  await desk.presses('Dismiss');
  assert.deepEqual(desk.texts('.escalate-notice'), []);
});

const pick = ({ escalation: one }: FakeSidecar['answers']): FakeSidecar['answers'] => (one ? { escalation: one } : {});

test('a move with a form opens the dialog of its trigger, and says nothing', async (t) => {
  const desk = await open(t, { next: move('resolve', 'Resolve') }, { move: (ask) => ask.dialog() });
  await desk.presses('Resolve');
  assert.deepEqual(desk.dispatched, [{ type: 'RECEIVED_DIALOG_TRIGGER_ID', data: 'trigger1' }]);
  assert.deepEqual(desk.sidecar.news, [{ move: 'resolve', id: 'ESC-1' }]);
  assert.deepEqual(desk.texts('.escalate-notice'), []);
  assert.deepEqual(offered(desk), ['Resolve']);
});

test('a refusal is told at once, as an alert', async (t) => {
  const desk = await open(t, { next: move('close', 'Close') }, {
    move: ({ answer }) => answer({ said: { text: 'It was closed before.', isRefusal: true } }),
  });
  await desk.presses('Close');
  assert.deepEqual(desk.texts('[role="alert"] .escalate-refusal'), ['It was closed before.']);
  assert.deepEqual(desk.texts('[role="status"] .escalate-notice'), []);
});

const archived = (ask: Ask): void => ask.respond(refusal(400, 'api.command.execute_command.deleted.error'));
const unreadable =
  'Escalate sent an answer that this panel cannot read. Reload the page; if that does not help, tell your administrator.';
for (const [what, respond, said] of [
  ['nothing came back', (ask: Ask) => ask.breakOff(), 'Mattermost could not be reached. Check your connection, then try again.'],
  ['the channel is archived', archived, 'This channel is archived. Open another channel, then try again.'],
  ['too much is asked at once', (ask: Ask) => ask.respond(reply(200, { text: 'Slow down.', trigger_id: '1' })), 'Slow down.'],
  ['the answer cannot be read', (ask: Ask) => ask.answer({ said: { text: 7 } }), unreadable],
  ['the answer is empty', (ask: Ask) => ask.answer({}), unreadable],
] as const) {
  test(`when ${what}, a move says so, and opens no dialog`, async (t) => {
    const desk = await open(t, { next: move('close', 'Close') }, { move: respond });
    await desk.presses('Close');
    assert.equal(read(desk.one('[role="alert"] .escalate-refusal')), said);
    assert.deepEqual(desk.dispatched, []);
    assert.deepEqual(offered(desk), ['Close']);
  });
}

test('what a button was given is sent back as it is, also what this panel does not know', async (t) => {
  const desk = await open(t, {
    next: { label: 'Later', ask: { later: 'than us', id: 'ESC-1' } },
    more: [run('update ESC-1', 'Update…'), run('unfollow ESC-1', 'Unfollow')],
  });
  await desk.presses('Later');
  assert.deepEqual(desk.sidecar.news, [{ later: 'than us', id: 'ESC-1' }]);
  await desk.presses('More: ESC-1');
  await desk.presses('Unfollow');
  assert.deepEqual(desk.sidecar.news, [{ run: 'unfollow ESC-1' }, ...fresh]);
});

test('while something is under way its button says so, and no other does anything', async (t) => {
  const desk = await open(t, {
    next: move('resolve', 'Resolve'),
    more: [move('close', 'Close'), move('cancel', 'Cancel')],
    checklist: [stage('1', 'Begin', [task('1.1')])],
  });
  desk.sidecar.isHolding = true;
  await desk.presses('Resolve');
  assert.deepEqual(offered(desk), ['Working…', 'More']);
  for (const button of desk.all('.escalate-actions button, input')) {
    assert.equal(button.getAttribute('aria-disabled'), 'true');
    await desk.does(() => button.click());
  }

  assert.deepEqual(desk.sidecar.news, [{ move: 'resolve', id: 'ESC-1' }]);
  desk.sidecar.isHolding = false;
  await desk.does(() => desk.sidecar.answer(desk.sidecar.last));
  assert.deepEqual(offered(desk), ['Resolve', 'More']);
  assert.equal(desk.all('[aria-disabled]').length, 0);
});

test('any other problem leaves the details that are shown, and says how old they are', async (t) => {
  const desk = await open(t, {});
  desk.sidecar.answers['escalation'] = (ask) => ask.answer({ problem: { code: 'notUnderstood', text: 'What?' } });
  await desk.presses('Refresh');
  assert.equal(desk.all('article').length, 1);
  assert.match(read(desk.one('.escalate-old')), /^Shown as of .* What\?/);
});

test('“New” asks for the form, and says what went wrong in the corner of the page', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  await desk.presses('New');
  assert.equal(desk.sidecar.last.command, '/escalate');
  assert.deepEqual(desk.dispatched, [{ type: 'RECEIVED_DIALOG_TRIGGER_ID', data: 'trigger1' }]);
  desk.sidecar.answers['command'] = (ask) => ask.breakOff();
  await desk.presses('New');
  assert.deepEqual(desk.alerts.filter(Boolean), [
    'Mattermost could not be reached. Check your connection, then press Escalate again.',
  ]);
});
