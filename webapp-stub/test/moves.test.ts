import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { refusal, reply } from './desk.ts';
import type { Ask, Data, FakeSidecar } from './fakes.ts';
import { answering, escalation, task } from './panelData.ts';
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

test('the moves and commands of the answer are offered and no others; what ends it never comes first', async (t) => {
  const desk = await open(t, { moves: ['decline', 'approve', 'override'], commands: ['edit', 'follow'] });
  assert.deepEqual(offered(desk), ['Approve', 'Accept anyway', 'Decline', 'Edit', 'Follow']);
  assert.deepEqual(
    desk.all('.escalate-actions button').map((button) => button.className.split('escalate-').at(-1)),
    ['primary', 'plain', 'danger', 'quiet', 'quiet'],
  );
});

test('where nothing can be done, nothing is offered', async (t) => {
  const desk = await open(t, { moves: [], commands: [] });
  assert.equal(desk.all('.escalate-actions').length, 0);
});

test('a move is asked for by its name, what is answered is told, and all is asked for anew', async (t) => {
  const desk = await open(t, { moves: ['acknowledge'] }, {
    move: ({ answer }) => answer({ said: { text: 'You acknowledged ESC-1.', isRefusal: false } }),
  });
  desk.sidecar.answers = { ...desk.sidecar.answers, ...pick(answering({ one: escalation({ moves: ['resolve'] }) })) };
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
  const desk = await open(t, { moves: ['resolve'] }, { move: (ask) => ask.dialog() });
  await desk.presses('Resolve');
  assert.deepEqual(desk.dispatched, [{ type: 'RECEIVED_DIALOG_TRIGGER_ID', data: 'trigger1' }]);
  assert.deepEqual(desk.sidecar.news, [{ move: 'resolve', id: 'ESC-1' }]);
  assert.deepEqual(desk.texts('.escalate-notice'), []);
  assert.deepEqual(offered(desk), ['Resolve']);
});

test('a refusal is told at once, as an alert', async (t) => {
  const desk = await open(t, { moves: ['close'] }, {
    move: ({ answer }) => answer({ said: { text: 'It was closed before.', isRefusal: true } }),
  });
  await desk.presses('Close');
  assert.deepEqual(desk.texts('[role="alert"] .escalate-refusal'), ['It was closed before.']);
  assert.deepEqual(desk.texts('[role="status"] .escalate-notice'), []);
});

const archived = (ask: Ask): void => ask.respond(refusal(400, 'api.command.execute_command.deleted.error'));
const unreadable =
  'Escalate answered what this panel cannot read. Reload the page; if that does not help, tell your administrator.';
for (const [what, respond, said] of [
  ['nothing came back', (ask: Ask) => ask.breakOff(), 'Mattermost could not be reached. Check your connection, then try again.'],
  ['the channel is archived', archived, 'This channel is archived. Open another channel, then try again.'],
  ['too much is asked at once', (ask: Ask) => ask.respond(reply(200, { text: 'Slow down.', trigger_id: '1' })), 'Slow down.'],
  ['the answer cannot be read', (ask: Ask) => ask.answer({ said: { text: 7 } }), unreadable],
  ['the answer is empty', (ask: Ask) => ask.answer({}), unreadable],
] as const) {
  test(`when ${what}, a move says so, and opens no dialog`, async (t) => {
    const desk = await open(t, { moves: ['close'] }, { move: respond });
    await desk.presses('Close');
    assert.equal(read(desk.one('[role="alert"] .escalate-refusal')), said);
    assert.deepEqual(desk.dispatched, []);
    assert.deepEqual(offered(desk), ['Close']);
  });
}

test('commands run as if they had been typed', async (t) => {
  const desk = await open(t, { commands: ['update', 'unfollow'] });
  await desk.presses('Unfollow');
  assert.deepEqual(desk.sidecar.news, [{ run: 'unfollow ESC-1' }, ...fresh]);
  await desk.presses('Update');
  assert.deepEqual(desk.sidecar.news, [{ run: 'update ESC-1' }, ...fresh]);
});

test('while something is under way its button says so, and no other does anything', async (t) => {
  const desk = await open(t, {
    moves: ['resolve', 'close'],
    checklist: [{ title: 'Begin', tasks: [task('1.1')] }],
  });
  desk.sidecar.isHolding = true;
  await desk.presses('Resolve');
  assert.deepEqual(offered(desk), ['Working…', 'Close']);
  for (const button of desk.all('.escalate-actions button, input')) {
    assert.equal(button.getAttribute('aria-disabled'), 'true');
    await desk.does(() => button.click());
  }

  assert.deepEqual(desk.sidecar.news, [{ move: 'resolve', id: 'ESC-1' }]);
  desk.sidecar.isHolding = false;
  await desk.does(() => desk.sidecar.answer(desk.sidecar.last));
  assert.deepEqual(offered(desk), ['Resolve', 'Close']);
  assert.equal(desk.all('[aria-disabled]').length, 0);
});

test('tasks are checked and unchecked by their commands, and show it at once', async (t) => {
  const desk = await open(t, {
    checklist: [{ title: 'Begin', tasks: [task('1.1'), task('1.2', { state: 'done' }), task('1.3', { state: 'skipped' })] }],
  });
  const [first, second, third] = desk.all('input') as HTMLInputElement[];
  desk.sidecar.isHolding = true;
  await desk.does(() => first?.click());
  assert.deepEqual(desk.sidecar.news, [{ run: 'task ESC-1 1.1 done' }]);
  assert.equal(first?.checked, true);
  assert.equal(first?.getAttribute('aria-busy'), 'true');

  desk.sidecar.isHolding = false;
  await desk.does(() => desk.sidecar.last.answer({ said: { text: 'You may not.', isRefusal: true } }));
  assert.equal(first?.checked, false);
  assert.equal(read(desk.one('.escalate-refusal')).includes('You may not.'), true);
  void desk.sidecar.news;
  await desk.does(() => second?.click());
  assert.equal(desk.all('.escalate-notice').length, 0);
  assert.deepEqual(desk.sidecar.news[0], { run: 'task ESC-1 1.2 undo' });
  assert.equal(third?.disabled, true);
});

test('each task is checked by whom the answer lets, and the others are only to be seen', async (t) => {
  const tasks = [task('1.1', { mayChange: false }), task('1.2'), task('1.3', { mayChange: undefined }), task('1.4', { state: 'skipped' })];
  const desk = await open(t, { checklist: [{ title: 'Begin', tasks }] });
  assert.deepEqual(
    desk.all('input').map((box) => (box as HTMLInputElement).disabled),
    [true, false, true, true],
  );
});

for (const [code, text, said] of [
  ['notFound', 'There is no ESC-1.', /^There is no ESC-1\./],
  ['mayNot', 'Guests **may not**.', /^Guests \*\*may not\*\*\./],
  ['notUnderstood', 'I do not understand.', /^I do not understand\./],
  ['version', 'Another release.', /^This plugin and Escalate are of different releases\. Reload the page/],
  ['new-code', 'What is new.', /^What is new\./],
] as const) {
  test(`the problem ${code} is told, of details and of moves`, async (t) => {
    const problem = (ask: Ask): void => ask.answer({ problem: { code, text } });
    const desk = await open(t, { moves: ['close'] }, { move: problem });
    await desk.presses('Close');
    assert.match(read(desk.one('[role="alert"] .escalate-refusal')), said);

    await desk.presses('Back');
    desk.sidecar.answers = { ...answering(), escalation: problem };
    await desk.presses(desk.row('ESC-2'));
    assert.match(read(desk.one('.escalate-blank[role="alert"]')), said);
    assert.equal(desk.buttons('Try again').length, 1);
  });
}

for (const code of ['notFound', 'mayNot'] as const) {
  test(`when the problem of details that are shown is ${code}, they go and its sentence comes`, async (t) => {
    const desk = await open(t, { moves: ['close'] });
    const problem = (ask: Ask): void => ask.answer({ problem: { code, text: 'Not for you.' } });
    desk.sidecar.answers = { ...desk.sidecar.answers, escalation: problem, timeline: problem };
    await desk.presses('Refresh');
    assert.equal(desk.all('article').length, 0);
    assert.match(read(desk.one('.escalate-blank[role="alert"]')), /^Not for you\./);
  });
}

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
