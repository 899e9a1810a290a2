import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { FakeSidecar } from './fakes.ts';
import { answering, entry, timeline } from './panelData.ts';
import { PanelDesk, read } from './panelDesk.ts';

/** The details of one, opened from the list. */
async function open(t: TestContext, answers: FakeSidecar['answers']): Promise<PanelDesk> {
  const desk = await PanelDesk.open(t, { ...answering(), ...answers });
  await desk.presses(desk.row('ESC-1'));
  return desk;
}

test('the history shows what happened as it is answered, and goes further back when it is told to', async (t) => {
  const desk = await open(t, {
    timeline: ({ request, answer }) =>
      answer(request?.['before'] === 7 ? timeline([entry('First', null)]) : timeline([entry('Third'), entry('Second')], 7)),
  });
  assert.deepEqual(desk.texts('.escalate-timeline li'), ['2 Mar, 08:00Third', '2 Mar, 08:00Second']);
  void desk.sidecar.news;
  await desk.presses('Show earlier');
  assert.deepEqual(desk.sidecar.news, [{ get: 'timeline', id: 'ESC-1', before: 7 }]);
  assert.deepEqual(desk.texts('.escalate-timeline .escalate-markdown'), ['Third', 'Second', 'First']);
  assert.deepEqual(desk.buttons('Show earlier'), []);

  await desk.presses('Refresh');
  assert.deepEqual(desk.texts('.escalate-timeline .escalate-markdown'), ['Third', 'Second', 'First']);
});

test('a place of zero in the history is a place as any other', async (t) => {
  const desk = await open(t, {
    timeline: ({ request, answer }) =>
      answer(request?.['before'] === 0 ? timeline([entry('First')]) : timeline([entry('Second')], 0)),
  });
  await desk.presses('Show earlier');
  assert.deepEqual(desk.texts('.escalate-timeline .escalate-markdown'), ['Second', 'First']);
});

test('when nothing has happened, the history says so', async (t) => {
  const desk = await open(t, { timeline: ({ answer }) => answer(timeline([])) });
  assert.match(desk.text, /Nothing has happened yet\./);
});

test('when the history fails, the details are there, and it can be tried again', async (t) => {
  const desk = await open(t, { timeline: (ask) => ask.breakOff() });
  const section = desk.one('section[aria-labelledby="escalate-timeline"]');
  assert.match(read(section), /Mattermost could not be reached/);
  assert.equal(read(desk.one('#escalate-headline')), 'Sev 2ESC-1Acme');
  desk.sidecar.answers = answering();
  await desk.presses('Try again', section);
  assert.match(read(section), /It was raised\./);
});

test('a long history is read again page by page, five at the most, and the rest when it is told to', async (t) => {
  const desk = await open(t, {
    timeline: ({ request, answer }) => {
      const at = Number(request?.['before'] ?? 9);
      answer(timeline([entry(`Event ${at}`)], at > 1 ? at - 1 : null));
    },
  });
  for (let page = 0; page < 6; page++) {
    await desk.presses('Show earlier');
  }

  assert.equal(desk.texts('.escalate-timeline li').length, 7);
  await desk.presses('Refresh');
  assert.deepEqual(
    desk.texts('.escalate-timeline .escalate-markdown'),
    [9, 8, 7, 6, 5].map((at) => `Event ${at}`),
  );
  await desk.presses('Show earlier');
  assert.equal(desk.texts('.escalate-timeline li').length, 6);
});
