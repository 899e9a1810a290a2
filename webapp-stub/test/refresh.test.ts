import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { answering, item, list } from './panelData.ts';
import { PanelDesk } from './panelDesk.ts';

const once = [{ get: 'list', of: 'open', limit: 50 }];

/** Open for so long that the next change counts at once, and with nothing asked since. */
async function settled(t: TestContext): Promise<PanelDesk> {
  const desk = await PanelDesk.open(t, answering());
  await desk.passes(10_000);
  void desk.sidecar.news;
  return desk;
}

for (const event of ['posted', 'post_edited']) {
  test(`when a post of the product is ${event}, the panel asks again a second later`, async (t) => {
    const desk = await settled(t);
    desk.sidecar.answers = answering({ items: [item('ESC-3')] });
    await desk.hearsOurs(event);
    await desk.passes(999);
    assert.deepEqual(desk.sidecar.news, []);
    await desk.passes(1);
    assert.deepEqual(desk.sidecar.news, once);
    assert.deepEqual(desk.rows, ['ESC-3']);
  });
}

for (const [whose, post] of [
  ['somebody else’s', JSON.stringify({ id: 'post1', props: { from_bot: 'true' } })],
  ['a message that only speaks of it', JSON.stringify({ id: 'post1', message: 'escalate_effect', props: {} })],
  ['a post without props', JSON.stringify({ id: 'post1', message: 'escalate_effect', props: null })],
  ['a post that is no JSON', 'escalate_effect'],
  ['a post that is no text', { props: { escalate_effect: 'effect1' } }],
  ['null', 'null escalate_effect'],
  ['no post', undefined],
] as const) {
  test(`${whose} is no reason to ask`, async (t) => {
    const desk = await settled(t);
    await desk.hears('posted', post);
    await desk.passes(30_000);
    assert.deepEqual(desk.sidecar.news, []);
  });
}

test('an event without data is no reason to ask', async (t) => {
  const desk = await settled(t);
  const handlers = desk.fake.of('registerWebSocketEventHandler');
  assert.deepEqual(handlers.map(({ event }) => event), ['posted', 'post_edited', 'custom_escalate_changed']);
  await desk.does(() => handlers.slice(0, 2).forEach(({ handler }) => (handler as (told: unknown) => void)({})));
  await desk.passes(30_000);
  assert.deepEqual(desk.sidecar.news, []);
});

test('what the sidecar tells by Mattermost is asked for a second later, and then every five minutes is enough', async (t) => {
  const desk = await settled(t);
  desk.sidecar.answers = answering({ items: [item('ESC-3')], isPushed: true });
  await desk.hears('custom_escalate_changed', undefined);
  await desk.passes(999);
  assert.deepEqual(desk.sidecar.news, []);
  await desk.passes(1);
  assert.deepEqual(desk.sidecar.news, once);
  assert.deepEqual(desk.rows, ['ESC-3']);
  await desk.passes(299_999);
  assert.deepEqual(desk.sidecar.news, []);
  await desk.passes(1);
  assert.deepEqual(desk.sidecar.news, once);
});

test('many changes in a row are one request each three seconds, and one after the last', async (t) => {
  const desk = await settled(t);
  for (let tenth = 0; tenth < 100; tenth++) {
    await desk.hearsOurs();
    await desk.passes(100);
  }

  assert.deepEqual(desk.sidecar.news, Array(3).fill(once[0]));
  await desk.passes(3_000);
  assert.deepEqual(desk.sidecar.news, once);
  await desk.passes(60_000);
  assert.deepEqual(desk.sidecar.news, []);
});

test('a change just after the last request waits until three seconds after it', async (t) => {
  const desk = await settled(t);
  await desk.presses('Refresh');
  void desk.sidecar.news;
  await desk.hearsOurs();
  await desk.passes(2_999);
  assert.deepEqual(desk.sidecar.news, []);
  await desk.passes(1);
  assert.deepEqual(desk.sidecar.news, once);
});

test('a change while an answer is on its way waits for it, so that a slow server gets one through', async (t) => {
  const desk = await settled(t);
  desk.sidecar.isHolding = true;
  await desk.presses('Refresh');
  void desk.sidecar.news;
  for (let second = 0; second < 20; second++) {
    await desk.hearsOurs();
    await desk.passes(1_000);
  }

  assert.deepEqual(desk.sidecar.news, []);
  assert.equal(desk.sidecar.last.signal?.aborted, false);
  await desk.does(() => desk.sidecar.last.answer(list([item('ESC-4')])));
  assert.deepEqual(desk.rows, ['ESC-4']);
  await desk.passes(3_000);
  assert.deepEqual(desk.sidecar.news, once);
});

test('after Mattermost was out of reach, the panel asks again', async (t) => {
  const desk = await settled(t);
  const [{ handler } = {}] = desk.fake.of('registerReconnectHandler');
  await desk.does(handler as () => void);
  await desk.passes(1_000);
  assert.deepEqual(desk.sidecar.news, once);
});

test('without any change, the panel asks every two minutes', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  void desk.sidecar.news;
  await desk.passes(119_999);
  assert.deepEqual(desk.sidecar.news, []);
  await desk.passes(1);
  assert.deepEqual(desk.sidecar.news, once);
  await desk.passes(120_000);
  assert.deepEqual(desk.sidecar.news, once);
});

test('by hand, it is asked at once, and the button says that it is under way', async (t) => {
  const desk = await settled(t);
  desk.sidecar.isHolding = true;
  await desk.presses('Refresh');
  assert.deepEqual(desk.sidecar.news, once);
  const [button] = desk.buttons('Refreshing…');
  assert.equal(button?.getAttribute('aria-busy'), 'true');
  await desk.does(() => desk.sidecar.last.answer(list([item('ESC-5')])));
  assert.deepEqual(desk.rows, ['ESC-5']);
  assert.equal(desk.buttons('Refresh').length, 1);
});

test('while nobody looks nothing is asked, and a change meanwhile is asked for on coming back', async (t) => {
  const desk = await settled(t);
  await desk.looks(false);
  await desk.hearsOurs();
  await desk.passes(30_000);
  assert.deepEqual(desk.sidecar.news, []);
  await desk.looks(true);
  assert.deepEqual(desk.sidecar.news, once);
});

test('whoever comes back soon finds what was there, and after more than a minute what is new', async (t) => {
  const desk = await settled(t);
  for (const [away, asked] of [[60_000, []], [60_001, once]] as const) {
    await desk.presses('Refresh');
    void desk.sidecar.news;
    await desk.looks(false);
    await desk.passes(away);
    await desk.looks(true);
    assert.deepEqual(desk.sidecar.news, asked);
  }
});

test('ages go on counting while somebody looks', async (t) => {
  const desk = await PanelDesk.open(t, answering({ items: [item('ESC-1', { raisedAt: '2026-03-02T08:50:00.000Z' })] }));
  assert.match(desk.text, /open for 10 min/);
  desk.sidecar.isHolding = true;
  await desk.passes(60_000);
  assert.match(desk.text, /open for 11 min/);
  await desk.looks(false);
  await desk.passes(120_000);
  assert.match(desk.text, /open for 11 min/);
  await desk.looks(true);
  assert.match(desk.text, /open for 13 min/);
});

test('the sidecar’s clock counts, and not the browser’s', async (t) => {
  const desk = await PanelDesk.open(t, {
    list: (ask) => ask.answer({ now: '2026-03-02T11:00:00.000Z', ...list([item('ESC-1')]) }),
  });
  assert.match(desk.text, /open for 5 h/);
});

test('after a failure the panel tries again by itself each 20 seconds, until it works', async (t) => {
  const desk = await settled(t);
  const { answers } = desk.sidecar;
  desk.sidecar.answers = { ...answers, list: (ask) => ask.breakOff() };
  await desk.presses('Refresh');
  void desk.sidecar.news;
  await desk.passes(19_999);
  assert.deepEqual(desk.sidecar.news, []);
  await desk.passes(1);
  assert.deepEqual(desk.sidecar.news, once);
  assert.equal(desk.all('.escalate-old').length, 1);
  desk.sidecar.answers = answers;
  await desk.passes(20_000);
  assert.deepEqual(desk.sidecar.news, once);
  assert.equal(desk.all('.escalate-old').length, 0);
  await desk.passes(119_999);
  assert.deepEqual(desk.sidecar.news, []);
});

test('what is refused to its reader is not tried again by itself', async (t) => {
  const desk = await settled(t);
  desk.sidecar.answers = { list: (ask) => ask.answer({ problem: { code: 'mayNot', text: 'Not for you.' } }) };
  await desk.presses('Refresh');
  void desk.sidecar.news;
  await desk.passes(60_000);
  assert.deepEqual(desk.sidecar.news, []);
});
