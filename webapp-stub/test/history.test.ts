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
      answer(request?.['before'] === 7 ? timeline([entry('First')]) : timeline([entry('Third'), entry('Second')], 7)),
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

/** A history of so many events, of which a page holds the latest before a place. */
const long = (length: number, onPage: number): FakeSidecar['answers'] => ({
  timeline: ({ request, answer }) => {
    const from = Number(request?.['before'] ?? length + 1) - 1;
    const to = Math.max(1, from - onPage + 1);
    const entries = Array.from({ length: from - to + 1 }, (_, i) => entry(`Event ${from - i}`));
    answer(timeline(entries, to > 1 ? to : null));
  },
});

const events = (from: number, to: number): string[] => Array.from({ length: from - to + 1 }, (_, i) => `Event ${from - i}`);
const shown = (desk: PanelDesk): string[] => desk.texts('.escalate-timeline .escalate-markdown');

test('however far somebody went back, one request brings what is new, and nothing that was read goes away', async (t) => {
  const desk = await open(t, long(20, 2));
  for (let page = 0; page < 7; page++) {
    await desk.presses('Show earlier');
  }

  assert.deepEqual(shown(desk), events(20, 5));
  desk.sidecar.answers = { ...answering(), ...long(21, 2) };
  void desk.sidecar.news;
  await desk.presses('Refresh');
  assert.deepEqual(shown(desk), events(21, 5));
  assert.deepEqual(desk.sidecar.news, [
    { get: 'escalation', id: 'ESC-1' },
    { get: 'timeline', id: 'ESC-1' },
  ]);
  await desk.presses('Show earlier');
  assert.deepEqual(shown(desk), events(21, 3));
});

test('when more happened than a page holds, it is read down to what is known, and there is no gap', async (t) => {
  const desk = await open(t, long(4, 2));
  await desk.presses('Show earlier');
  desk.sidecar.answers = { ...answering(), ...long(9, 2) };
  await desk.presses('Refresh');
  assert.deepEqual(shown(desk), events(9, 1));
  assert.deepEqual(desk.buttons('Show earlier'), []);
});

test('when what is known is told in other words, the whole is read anew and nothing comes twice', async (t) => {
  const desk = await open(t, long(4, 2));
  desk.sidecar.answers = {
    ...answering(),
    timeline: ({ request, answer }) =>
      answer(request?.['before'] === 3 ? timeline([entry('Second'), entry('First')]) : timeline([entry('Fourth'), entry('Third')], 3)),
  };
  await desk.presses('Refresh');
  assert.deepEqual(shown(desk), ['Fourth', 'Third', 'Second', 'First']);
});

test('a change while the history is on its way waits for it, so that it gets up to date', async (t) => {
  const desk = await open(t, long(4, 2));
  await desk.passes(10_000);
  desk.sidecar.isHolding = true;
  await desk.presses('Show earlier');
  const earlier = desk.sidecar.last;
  assert.equal(desk.buttons('Refreshing…').length, 1);
  await desk.hearsOurs();
  await desk.passes(20_000);
  assert.equal(earlier.signal?.aborted, false);
  desk.sidecar.isHolding = false;
  await desk.does(() => desk.sidecar.answer(earlier));
  assert.deepEqual(shown(desk), events(4, 1));
  void desk.sidecar.news;
  await desk.passes(3_000);
  assert.equal(desk.sidecar.news.length, 2);
});

test('a history that was read long ago is not shown as news', async (t) => {
  const desk = await open(t, long(4, 2));
  await desk.presses('Show earlier');
  await desk.presses('Back');
  await desk.passes(6 * 60_000);
  await desk.presses(desk.row('ESC-1'));
  assert.deepEqual(shown(desk), events(4, 3));
});
