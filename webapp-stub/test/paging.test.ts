import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { reply } from './desk.ts';
import type { Ask } from './fakes.ts';
import { answering, item, list } from './panelData.ts';
import { PanelDesk } from './panelDesk.ts';

const ids = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `ESC-${from + i}`);

/** A list that is so long; a page goes on behind the place that was given. */
const long = (length: number) => (ask: Ask): void => {
  const from = Number(ask.request?.['after'] ?? 0);
  const to = Math.min(length, from + Number(ask.request?.['limit']));
  const items = ids(from + 1, to).map((id) => item(id));
  ask.answer(list(items, { total: length, after: to < length ? String(to) : null }));
};

const open = (t: TestContext, length: number): Promise<PanelDesk> =>
  PanelDesk.open(t, { ...answering(), list: long(length) });

test('“Show more” asks for what comes after, until the end', async (t) => {
  const desk = await open(t, 120);
  assert.deepEqual(desk.rows, ids(1, 50));
  void desk.sidecar.news;
  await desk.presses('Show more');
  assert.deepEqual(desk.sidecar.news, [{ get: 'list', of: 'open', limit: 50, after: '50' }]);
  assert.deepEqual(desk.rows, ids(1, 100));
  await desk.presses('Show more');
  assert.deepEqual(desk.rows, ids(1, 120));
  assert.deepEqual(desk.buttons('Show more'), []);
});

test('scrolling near the end asks for the next page, once', async (t) => {
  const desk = await open(t, 120);
  void desk.sidecar.news;
  desk.sidecar.isHolding = true;
  await desk.scrollsToEnd();
  await desk.scrollsToEnd();
  assert.deepEqual(desk.sidecar.news, [{ get: 'list', of: 'open', limit: 50, after: '50' }]);
  assert.equal(desk.buttons('Loading more…').length, 1);
  await desk.presses('Loading more…');
  assert.deepEqual(desk.sidecar.news, []);

  desk.sidecar.isHolding = false;
  await desk.does(() => desk.sidecar.answer(desk.sidecar.last));
  assert.deepEqual(desk.rows, ids(1, 100));
  await desk.scrollsToEnd();
  await desk.scrollsToEnd();
  assert.deepEqual(desk.rows, ids(1, 120));
});

test('what moved between two pages is shown once', async (t) => {
  const desk = await open(t, 120);
  desk.sidecar.answers = { list: (ask) => ask.answer(list(['ESC-50', 'ESC-51'].map((id) => item(id)), { after: '51' })) };
  await desk.presses('Show more');
  assert.deepEqual(desk.rows, ids(1, 51));
});

test('a page with nothing new is the last', async (t) => {
  const desk = await open(t, 120);
  desk.sidecar.answers = { list: (ask) => ask.answer(list([item('ESC-50')], { after: '50' })) };
  await desk.presses('Show more');
  assert.deepEqual(desk.rows, ids(1, 50));
  assert.deepEqual(desk.buttons('Show more'), []);
});

test('a refresh asks for as many as are shown, at once as far as that is allowed', async (t) => {
  const desk = await open(t, 400);
  for (let page = 0; page < 4; page++) {
    await desk.presses('Show more');
  }

  void desk.sidecar.news;
  await desk.presses('Refresh');
  assert.deepEqual(desk.sidecar.news, [
    { get: 'list', of: 'open', limit: 200 },
    { get: 'list', of: 'open', limit: 50, after: '200' },
  ]);
  assert.deepEqual(desk.rows, ids(1, 250));
});

test('when the next page fails, what is there stays, scrolling leaves it at that and the button tries again', async (t) => {
  const desk = await open(t, 60);
  desk.sidecar.answers = { list: (ask) => ask.respond(reply(503, '')) };
  await desk.scrollsToEnd();
  assert.deepEqual(desk.rows, ids(1, 50));
  assert.match(desk.text, /Shown as of 09:00\./);
  void desk.sidecar.news;
  await desk.scrollsToEnd();
  assert.deepEqual(desk.sidecar.news, []);

  desk.sidecar.answers = { list: long(60) };
  await desk.presses('Show more');
  assert.deepEqual(desk.rows, ids(1, 60));
  assert.doesNotMatch(desk.text, /Shown as of/);
});

test('whoever presses “Show more” before the last page is left on the row before the new ones', async (t) => {
  const desk = await open(t, 60);
  await desk.presses('Show more');
  assert.equal(desk.focused, 'ESC-50');
});

/** Six pages are there, and whoever reads them has scrolled so far. */
async function scrolled(t: TestContext, scrollTop: number): Promise<PanelDesk> {
  const desk = await open(t, 400);
  for (let page = 0; page < 5; page++) {
    await desk.presses('Show more');
  }

  const scroller = desk.one('.escalate-scroll');
  await desk.does(() => {
    scroller.scrollTop = scrollTop;
    scroller.dispatchEvent(new desk.page.Event('scroll') as unknown as Event);
  });
  void desk.sidecar.news;
  return desk;
}

test('a list that is opened at its top asks for its first page, however far somebody went before', async (t) => {
  const desk = await scrolled(t, 0);
  await desk.close();
  desk.sidecar.isHolding = true;
  await desk.show();
  assert.deepEqual(desk.rows, ids(1, 50), 'what was there is shown meanwhile');
  assert.deepEqual(desk.sidecar.news, [{ get: 'list', of: 'open', limit: 50 }]);
  desk.sidecar.isHolding = false;
  await desk.does(() => desk.sidecar.answer(desk.sidecar.last));
  await desk.presses('Show more');
  assert.deepEqual(desk.rows, ids(1, 100));

  await desk.presses('Mine');
  void desk.sidecar.news;
  await desk.presses('All open');
  assert.deepEqual(desk.sidecar.news, [{ get: 'list', of: 'open', limit: 50 }]);
});

test('a list that is opened where it was left is all there; its beginning is shown anew before the rest is asked for', async (t) => {
  const desk = await scrolled(t, 9_000);
  await desk.presses(desk.row('ESC-290'));
  desk.sidecar.isHolding = true;
  await desk.presses('Back');
  assert.deepEqual(desk.rows, ids(1, 300));
  assert.equal(desk.focused, 'ESC-290');
  assert.deepEqual(desk.sidecar.last.request, { v: 2, get: 'list', of: 'open', limit: 200 });
  // One in between was closed.
  const fresh = ids(1, 201).filter((id) => id !== 'ESC-7');
  await desk.does(() => desk.sidecar.last.answer(list(fresh.map((id) => item(id)), { total: 399, after: '201' })));
  assert.deepEqual(desk.rows, [...fresh, 'ESC-7', ...ids(202, 300)]);
  assert.deepEqual(desk.sidecar.last.request, { v: 2, get: 'list', of: 'open', limit: 100, after: '201' });
  desk.sidecar.isHolding = false;
  await desk.does(() => desk.sidecar.answer(desk.sidecar.last));
  assert.deepEqual(desk.rows, [...fresh, ...ids(202, 301)]);
});

test('a refresh asks for no more than is still there', async (t) => {
  const desk = await scrolled(t, 9_000);
  desk.sidecar.answers = { list: long(60) };
  await desk.presses('Refresh');
  void desk.sidecar.news;
  await desk.presses('Refresh');
  assert.deepEqual(desk.sidecar.news, [{ get: 'list', of: 'open', limit: 100 }]);
});
