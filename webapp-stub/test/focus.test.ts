import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Data, FakeSidecar } from './fakes.ts';
import { answering, assignment, entry, escalation, move, run, timeline, todo } from './panelData.ts';
import { PanelDesk, read } from './panelDesk.ts';

const actions = 'What you can do';

/** The details of one, and what they are after the next action. */
async function details(t: TestContext, before: Data, after: Data): Promise<PanelDesk> {
  const desk = await PanelDesk.open(t, answering({ one: escalation(before) }));
  await desk.presses(desk.row('ESC-1'));
  desk.sidecar.answers = answering({ one: escalation(after) });
  return desk;
}

/** What is to be done, and what is left of it after the next action. */
async function mine(t: TestContext, before: readonly string[], after: readonly string[]): Promise<PanelDesk> {
  const lines = (commands: readonly string[]): FakeSidecar['answers'] =>
    answering({ mine: { todo: commands.map((command) => todo({ action: run(command, 'Acknowledge'), about: command.split(' ')[1], text: `Line ${command}` })), assignments: [] } });
  const desk = await PanelDesk.open(t, lines(before));
  await desk.presses('My work');
  desk.sidecar.answers = lines(after);
  return desk;
}

const line = (desk: PanelDesk): string => read(desk.document.activeElement as Element);

test('when a move that was made goes, the focus is on what can be done now, and on no button of it', async (t) => {
  const desk = await details(t, { next: move('acknowledge', 'Acknowledge') }, { next: move('resolve'), more: [move('cancel')] });
  await desk.presses('Acknowledge');
  assert.equal(desk.focused, actions);
  assert.equal(desk.document.activeElement?.getAttribute('role'), 'group');
});

test('when nothing can be done after a move, the focus is on the headline', async (t) => {
  const desk = await details(t, { next: move('close', 'Close') }, { next: null });
  await desk.presses('Close');
  assert.equal(desk.focused, 'escalate-headline');
});

test('when an answer is dismissed, the focus is on what can be done', async (t) => {
  const desk = await details(t, { next: move('close', 'Close') }, { next: move('close', 'Close') });
  await desk.presses('Close');
  assert.equal(desk.focused, 'Close', 'what is still there keeps it');
  await desk.presses('Dismiss');
  assert.equal(desk.focused, actions);
});

for (const [what, elsewhere] of [
  ['gone elsewhere in the panel', (desk: PanelDesk) => desk.buttons('Back')[0]],
  ['gone out of the panel', (desk: PanelDesk) => desk.document.body.appendChild(desk.document.createElement('input'))],
] as const) {
  test(`whoever has ${what} while a move is made is left there`, async (t) => {
    const desk = await details(t, { next: move('close', 'Close') }, { next: null });
    desk.sidecar.isHolding = true;
    await desk.presses('Close');
    const there = elsewhere(desk);
    there?.focus();
    desk.sidecar.isHolding = false;
    await desk.does(() => desk.sidecar.answer(desk.sidecar.last));
    assert.deepEqual(desk.buttons('Close'), []);
    assert.equal(desk.document.activeElement === there, true);
  });
}

test('whoever has left the button for nothing is not called back', async (t) => {
  const desk = await details(t, { next: move('close', 'Close') }, { next: null });
  desk.sidecar.isHolding = true;
  await desk.presses('Close');
  (desk.document.activeElement as HTMLElement).blur();
  desk.sidecar.isHolding = false;
  await desk.does(() => desk.sidecar.answer(desk.sidecar.last));
  assert.equal(desk.document.activeElement === desk.document.body, true);
});

test('“Try again” that worked leaves the focus on what came', async (t) => {
  const desk = await details(t, { next: move('close', 'Close') }, {});
  desk.sidecar.answers = { escalation: (ask) => ask.breakOff(), timeline: (ask) => ask.breakOff() };
  await desk.presses('Refresh');
  const [ofDetails, ofHistory] = desk.buttons('Try again');
  desk.sidecar.answers = answering({ one: escalation({ next: move('close', 'Close') }) });
  ofHistory?.focus();
  await desk.does(() => ofHistory?.click());
  assert.equal(line(desk), '2 Mar, 08:00It was raised.');
  assert.equal(ofDetails?.isConnected, false);

  desk.sidecar.answers = { list: (ask) => ask.breakOff() };
  await desk.presses('Back');
  desk.sidecar.answers = answering();
  await desk.presses('Try again');
  assert.equal(desk.document.activeElement?.getAttribute('role'), 'tabpanel');
});

test('when details go, the focus is where they were', async (t) => {
  const desk = await details(t, { next: move('close', 'Close') }, {});
  desk.sidecar.answers['escalation'] = (ask) => ask.answer({ problem: { code: 'mayNot', text: 'Not for you.' } });
  await desk.presses('Close');
  assert.equal(desk.document.activeElement?.className, 'escalate-scroll');
});

test('after the last page of the history, the focus is on the first event that came', async (t) => {
  const desk = await PanelDesk.open(t, {
    ...answering(),
    timeline: ({ request, answer }) =>
      answer(request?.['before'] === 7 ? timeline([entry('Second'), entry('First')]) : timeline([entry('Third')], 7)),
  });
  await desk.presses(desk.row('ESC-1'));
  await desk.presses('Show earlier');
  assert.equal(line(desk), '2 Mar, 08:00Second');
});

test('when a line is done, the focus is on the next; after the last on the one before, and at the end on the heading', async (t) => {
  const [a, b, c] = ['ack ESC-1', 'ack ESC-2', 'ack ESC-3'];
  const desk = await mine(t, [a, b, c], [a, c]);
  const does = (at: number): Promise<void> => desk.presses(desk.buttons('Acknowledge')[at] as HTMLElement);
  await does(1);
  assert.match(line(desk), /Line ack ESC-3/);
  assert.equal(desk.document.activeElement?.tagName, 'LI');

  desk.sidecar.answers = { ...desk.sidecar.answers, ...(await answersWith([a])) };
  await does(1);
  assert.match(line(desk), /Line ack ESC-1/);
  desk.sidecar.answers = answering({ mine: { todo: [], assignments: [assignment()] } });
  await does(0);
  assert.equal(desk.focused, 'escalate-todo');
});

const answersWith = (commands: readonly string[]): FakeSidecar['answers'] =>
  answering({ mine: { todo: commands.map((command) => todo({ action: run(command, 'Acknowledge'), about: command.split(' ')[1], text: `Line ${command}` })) } });

test('a line that moves up keeps its focus', async (t) => {
  const desk = await mine(t, ['ack ESC-1', 'ack ESC-2', 'ack ESC-2'], ['ack ESC-2', 'ack ESC-2']);
  const third = desk.buttons('Details')[2];
  third?.focus();
  await desk.hearsOurs();
  await desk.passes(10_000);
  assert.equal(desk.buttons('Details')[1] === third, true);
  assert.equal(desk.document.activeElement === third, true);
});

test('“Back” goes to the line that the details were opened from, also after the panel was closed', async (t) => {
  const lines = ['task ESC-7 1.1 done', 'ack ESC-7', 'ack ESC-7'];
  const desk = await mine(t, lines, lines);
  for (const at of [1, 2]) {
    await desk.presses(desk.buttons('Details')[at] as HTMLElement);
    assert.equal(desk.focused, 'escalate-headline');
    await desk.close();
    await desk.show();
    await desk.presses('Back');
    assert.equal(desk.buttons('Details')[at] === desk.document.activeElement, true, `line ${at}`);
  }
});
