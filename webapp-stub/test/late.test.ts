import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { refusal } from './desk.ts';
import type { Ask } from './fakes.ts';
import { answering, escalation, item, list, move } from './panelData.ts';
import { PanelDesk } from './panelDesk.ts';

/** Nothing is answered before the test does. */
async function held(t: TestContext): Promise<PanelDesk> {
  const desk = new PanelDesk(t);
  desk.sidecar.isHolding = true;
  desk.install();
  await desk.show();
  return desk;
}

const ask = (desk: PanelDesk, at: number): Ask => {
  const one = desk.sidecar.asked[at];
  assert.ok(one, `request ${at}`);
  return one;
};

test('an answer that comes after the tab was changed is dropped', async (t) => {
  const desk = await held(t);
  await desk.presses('Mine');
  assert.equal(ask(desk, 0).signal?.aborted, true);
  await desk.does(() => ask(desk, 1).answer(list([item('ESC-2')])));
  await desk.does(() => ask(desk, 0).answer(list([item('ESC-1')])));
  assert.deepEqual(desk.rows, ['ESC-2']);

  await desk.presses('All open');
  assert.deepEqual(desk.rows, [], 'what was dropped is not kept for later');
});

test('of two requests the newer counts, in whichever order they are answered', async (t) => {
  const desk = await held(t);
  await desk.presses('Refreshing…');
  assert.equal(ask(desk, 0).signal?.aborted, true);
  await desk.does(() => ask(desk, 0).answer(list([item('ESC-1')])));
  assert.deepEqual(desk.rows, []);
  assert.equal(desk.buttons('Refreshing…').length, 1, 'the newer one is still under way');
  await desk.does(() => ask(desk, 1).answer(list([item('ESC-2')])));
  assert.deepEqual(desk.rows, ['ESC-2']);
});

test('a failure that comes late is dropped as well', async (t) => {
  const desk = await held(t);
  await desk.presses('Refreshing…');
  await desk.does(() => ask(desk, 1).answer(list([item('ESC-2')])));
  await desk.does(() => ask(desk, 0).breakOff());
  assert.deepEqual(desk.rows, ['ESC-2']);
  assert.doesNotMatch(desk.text, /could not be reached/);
});

test('details that come after “Back” are dropped', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  desk.sidecar.isHolding = true;
  await desk.presses(desk.row('ESC-1'));
  const [details, history] = desk.sidecar.asked.slice(-2);
  await desk.presses('Back');
  assert.equal(details?.signal?.aborted, true);
  assert.equal(history?.signal?.aborted, true);
  await desk.does(() => details?.answer({ escalation: escalation() }));
  assert.deepEqual(desk.rows, ['ESC-1', 'ESC-2']);
  assert.equal(desk.all('article').length, 0);
});

test('details of one never show as another’s', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  desk.sidecar.isHolding = true;
  await desk.presses(desk.row('ESC-1'));
  const [first] = desk.sidecar.asked.slice(-2);
  await desk.presses('Back');
  await desk.presses(desk.row('ESC-2'));
  await desk.does(() => first?.answer({ escalation: escalation() }));
  assert.equal(desk.all('article').length, 0);
});

test('closing the panel cancels what is under way, and what was shown is there at once when it comes back', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  desk.sidecar.isHolding = true;
  await desk.presses('Refresh');
  await desk.close();
  assert.equal(desk.sidecar.last.signal?.aborted, true);
  assert.equal(desk.clock.waiting, 0);

  await desk.show();
  assert.deepEqual(desk.rows, ['ESC-1', 'ESC-2']);
});

test('what was shown more than five minutes ago is not shown as news', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  await desk.close();
  await desk.passes(5 * 60_000 + 1);
  desk.sidecar.isHolding = true;
  await desk.show();
  assert.deepEqual(desk.rows, []);
  assert.match(desk.text, /Loading…/);
});

test('a move whose answer comes after the panel was closed starts nothing', async (t) => {
  const desk = await PanelDesk.open(t, answering({ one: escalation({ next: move('acknowledge', 'Acknowledge') }) }));
  await desk.presses(desk.row('ESC-1'));
  desk.sidecar.isHolding = true;
  await desk.presses('Acknowledge');
  const asked = desk.sidecar.last;
  await desk.close();
  assert.equal(asked.signal?.aborted, false, 'leaving the panel does not take back what was sent');
  void desk.sidecar.news;
  await desk.does(() => asked.answer({ said: { text: 'Done.', isRefusal: false } }));
  assert.deepEqual(desk.sidecar.news, []);
  assert.equal(desk.clock.waiting, 0);
});

test('removing the plugin cancels what is under way, and nothing of it is left', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  assert.equal(desk.document.adoptedStyleSheets.length, 1);
  desk.sidecar.isHolding = true;
  await desk.presses('Refresh');
  const late = desk.sidecar.last;
  await desk.does(() => desk.plugin.uninitialize());

  assert.equal(late.signal?.aborted, true);
  assert.equal(desk.document.adoptedStyleSheets.length, 0);
  assert.equal(desk.clock.waiting, 0);
  await desk.does(() => late.answer(list([item('ESC-9')])));
  assert.deepEqual(desk.rows, ['ESC-1', 'ESC-2']);

  // Mattermost takes the panel and the handlers away itself, but a moment later.
  void desk.sidecar.news;
  await desk.hearsOurs();
  assert.equal(desk.clock.waiting, 0);
  await desk.passes(600_000);
  assert.deepEqual(desk.sidecar.news, []);
});

test('a dialog that is answered after the plugin was removed is not opened', async (t) => {
  const desk = await PanelDesk.open(t, answering({ one: escalation({ next: move('resolve', 'Resolve') }) }));
  await desk.presses(desk.row('ESC-1'));
  desk.sidecar.isHolding = true;
  await desk.presses('Resolve');
  await desk.does(() => desk.plugin.uninitialize());
  await desk.does(() => desk.sidecar.last.dialog());
  assert.deepEqual(desk.dispatched, []);
});

test('after it was removed, the plugin can be installed again', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  await desk.close();
  desk.plugin.uninitialize();
  desk.install();
  await desk.show();
  assert.deepEqual(desk.rows, ['ESC-1', 'ESC-2']);
  assert.equal(desk.document.adoptedStyleSheets.length, 1);
  void desk.sidecar.news;
  await desk.hearsOurs();
  await desk.passes(3_000);
  assert.equal(desk.sidecar.news.length, 1);

  desk.sidecar.answers = { command: (one) => one.respond(refusal(403, 'x')) };
  await desk.presses('New');
  assert.equal(desk.alerts.filter(Boolean).length, 1);
});
