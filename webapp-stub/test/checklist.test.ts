import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Ask, Data, FakeSidecar } from './fakes.ts';
import { answering, engineer, escalation, stage, tam, task } from './panelData.ts';
import { PanelDesk, read } from './panelDesk.ts';

/** One with a checklist, opened from the list, and nothing asked since. */
async function open(t: TestContext, over: Data, answers: FakeSidecar['answers'] = {}): Promise<PanelDesk> {
  const desk = await PanelDesk.open(t, { ...answering({ one: escalation(over) }), ...answers });
  await desk.presses(desk.row('ESC-1'));
  void desk.sidecar.news;
  return desk;
}

const fresh = [
  { get: 'escalation', id: 'ESC-1' },
  { get: 'timeline', id: 'ESC-1' },
];
const three = [
  stage('1', 'Begin', [
    task('1.1', { state: 'done', by: tam, assignee: engineer }),
    task('1.2', { state: 'skipped', by: tam, reason: 'No need' }),
  ]),
  stage('2', 'Work', [
    task('2.1', { state: 'done', by: tam }),
    task('2.2', { assignee: engineer, dueAt: '2026-03-02T10:00:00.000Z', repliesToCustomer: true }),
    task('2.3', { dueAt: '2026-03-02T08:00:00.000Z', isOverdue: true }),
  ]),
  stage('3', 'End', [task('3.1')]),
];

const folds = (desk: PanelDesk): (string | null)[] => desk.all('.escalate-fold').map((one) => one.getAttribute('aria-expanded'));

test('U11: the stage under way is open, the others are a line with how far they are', async (t) => {
  const desk = await open(t, { playbook: 'Outage', checklist: three });
  assert.match(desk.text, /Playbook: Outage/);
  assert.equal(read(desk.one('#escalate-checklist')), 'Checklist3 of 6');
  assert.deepEqual(desk.texts('.escalate-stage h5'), ['1 Begin2 of 2', '2 Work1 of 3', '3 End0 of 1']);
  assert.deepEqual(
    desk.all('.escalate-stage .escalate-count').map((count) => count.getAttribute('aria-label')),
    ['2 of 2 done', '1 of 3 done', '0 of 1 done'],
  );
  assert.deepEqual(folds(desk), ['false', 'true', 'false']);
  assert.deepEqual(desk.texts('.escalate-task label'), [
    '2.1 Do 2.1Done by @tam',
    '2.2 Do 2.2Replies to the customer@engineerdue 2 Mar, 10:00',
    '2.3 Do 2.3overdue, was due 2 Mar, 08:00',
  ]);
});

test('a stage is opened and folded by its line, and stays so when something changes', async (t) => {
  const desk = await open(t, { checklist: three });
  await desk.presses(desk.one('#escalate-stage-1'));
  await desk.presses(desk.one('#escalate-stage-2'));
  assert.deepEqual(folds(desk), ['true', 'false', 'false']);
  assert.deepEqual(desk.texts('.escalate-task label'), ['1.1 Do 1.1Done by @tam', '1.2 Do 1.2Skipped by @tam: No need']);
  await desk.presses('Refresh');
  assert.deepEqual(folds(desk), ['true', 'false', 'false']);
});

test('when a stage is over, the next one is open', async (t) => {
  const desk = await open(t, { checklist: three });
  const [first, second, third] = three;
  const over = { ...second, tasks: [task('2.1', { state: 'done' })] };
  desk.sidecar.answers = answering({ one: escalation({ checklist: [first as Data, over, third as Data] }) });
  await desk.presses('Refresh');
  assert.deepEqual(folds(desk), ['false', 'false', 'true']);
});

test('a task becomes overdue while it is looked at', async (t) => {
  const desk = await open(t, { checklist: [stage('1', 'Begin', [task('1.1', { dueAt: '2026-03-02T09:01:00.000Z' })])] });
  desk.sidecar.isHolding = true;
  assert.match(read(desk.one('.escalate-task')), /^1\.1 Do 1\.1due/);
  await desk.passes(60_000);
  assert.match(read(desk.one('.escalate-task')), /overdue, was due/);
});

test('tasks are checked and unchecked, and show it at once', async (t) => {
  const desk = await open(t, {
    checklist: [stage('1', 'Begin', [task('1.1'), task('1.2', { state: 'done' }), task('1.3', { state: 'skipped' })])],
  });
  const [first, second, third] = desk.all('input') as HTMLInputElement[];
  desk.sidecar.isHolding = true;
  await desk.does(() => first?.click());
  assert.deepEqual(desk.sidecar.news, [{ act: 'done', task: '1.1', id: 'ESC-1' }]);
  assert.equal(first?.checked, true);
  assert.equal(first?.getAttribute('aria-busy'), 'true');

  desk.sidecar.isHolding = false;
  await desk.does(() => desk.sidecar.last.answer({ said: { text: 'You may not.', isRefusal: true } }));
  assert.equal(first?.checked, false);
  assert.equal(read(desk.one('.escalate-refusal')).includes('You may not.'), true);
  void desk.sidecar.news;
  await desk.does(() => second?.click());
  assert.equal(desk.all('.escalate-notice').length, 0);
  assert.deepEqual(desk.sidecar.news[0], { act: 'undo', task: '1.2', id: 'ESC-1' });
  assert.equal(third?.disabled, true);
});

test('U11: a task is assigned, given a time and skipped from its menu', async (t) => {
  const desk = await open(t, { checklist: [stage('1', 'Begin', [task('1.1')])] }, { move: (ask: Ask) => ask.dialog() });
  for (const [label, act] of [
    ['Assign to me', 'mine'],
    ['Assign to…', 'assign'],
    ['Set a due time…', 'due'],
    ['Skip…', 'skip'],
  ] as const) {
    await desk.presses('More: Task 1.1');
    await desk.presses(label);
    assert.deepEqual(desk.sidecar.news, [{ act, task: '1.1', id: 'ESC-1' }]);
    assert.equal(desk.focused, 'More: Task 1.1', 'the menu is gone, and its button has the focus');
  }
});

test('what is mine is not offered to me again, and what is over can be opened again', async (t) => {
  const mine = { assignee: { id: 'user1', name: 'tam' } };
  const desk = await PanelDesk.open(
    t,
    answering({ one: escalation({ checklist: [stage('1', 'Begin', [task('1.1', mine), task('1.2', { state: 'skipped' })])] }) }),
    {
      current: {
        entities: { channels: { currentChannelId: 'c' }, teams: { currentTeamId: 't' }, users: { currentUserId: 'user1' } },
      },
    },
  );
  await desk.presses(desk.row('ESC-1'));
  await desk.presses('More: Task 1.1');
  assert.deepEqual(desk.texts('[role="menuitem"]'), ['Assign to…', 'Set a due time…', 'Skip…']);
  await desk.presses('More: Task 1.2');
  assert.deepEqual(desk.texts('[role="menuitem"]'), ['Reopen']);
});

test('U11: a whole stage is done or skipped in one press', async (t) => {
  const desk = await open(t, { checklist: [stage('1', 'Begin', [task('1.1')])] });
  await desk.presses('More: Stage Begin');
  assert.deepEqual(desk.texts('[role="menuitem"]'), ['Mark all as done', 'Skip the whole stage…']);
  await desk.presses('Mark all as done');
  assert.deepEqual(desk.sidecar.news, [{ act: 'done', task: '1', id: 'ESC-1' }, ...fresh]);
  await desk.presses('More: Stage Begin');
  await desk.presses('Skip the whole stage…');
  assert.deepEqual(desk.sidecar.news[0], { act: 'skip', task: '1', id: 'ESC-1' });
});

test('each task is changed by whom the answer lets, and the others are only to be seen', async (t) => {
  const tasks = [task('1.1', { mayChange: false }), task('1.2'), task('1.3', { mayChange: undefined })];
  const desk = await open(t, { checklist: [stage('1', 'Begin', tasks, { mayFinish: false })] });
  assert.deepEqual(
    desk.all('input').map((box) => (box as HTMLInputElement).disabled),
    [true, false, true],
  );
  assert.deepEqual(
    desk.all('[aria-haspopup]').map((button) => button.getAttribute('aria-label')),
    ['More: Task 1.2'],
  );
});
