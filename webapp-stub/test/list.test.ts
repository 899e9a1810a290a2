import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channel, refusal, reply, state } from './desk.ts';
import { answering, item, list } from './panelData.ts';
import { PanelDesk, read } from './panelDesk.ts';

test('the list shows the escalations in the order of the answer', async (t) => {
  const desk = await PanelDesk.open(t, answering({ items: ['ESC-9', 'ESC-2', 'ESC-30'].map((id) => item(id)) }));
  assert.deepEqual(desk.rows, ['ESC-9', 'ESC-2', 'ESC-30']);
});

test('the panel asks for all that is open, from the channel on the screen', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  const [ask] = desk.sidecar.asked;
  assert.deepEqual(ask?.request, { v: 2, get: 'list', of: 'open', limit: 50 });
  assert.equal(ask?.command, '/escalate panel \u2063{"v":2,"get":"list","of":"open","limit":50}');
  assert.equal(ask?.channelId, channel.id);
  assert.equal(ask?.teamId, state.entities?.teams?.currentTeamId);
});

test('a row tells severity, customer, age, summary, state, owner and the next update', async (t) => {
  const one = item('ESC-1', { severity: 3, nextUpdateAt: '2026-03-02T09:25:00.000Z' });
  const desk = await PanelDesk.open(t, answering({ items: [one] }));
  assert.equal(
    read(desk.row('ESC-1')),
    'Sev 3ESC-1Acmeopen for 3 hWhat happened in ESC-1Acknowledgedowner @engineerupdate in 25 min',
  );
  assert.deepEqual(desk.texts('.escalate-mark'), []);
});

for (const [what, over, mark] of [
  ['an update that is overdue', { nextUpdateAt: '2026-03-02T07:00:00.000Z' }, 'update overdue by 2 h'],
  ['an update that is due now', { nextUpdateAt: '2026-03-02T09:00:00.000Z' }, 'update due now'],
  ['a severe one without an owner', { owner: null }, 'owner nobody yet'],
] as const) {
  test(`${what} is marked, and not by colour alone`, async (t) => {
    const desk = await PanelDesk.open(t, answering({ items: [item('ESC-1', over)] }));
    assert.deepEqual(desk.texts('.escalate-mark'), [mark]);
    assert.equal(desk.all('.escalate-mark svg').length, 1);
  });
}

test('a mild one without an owner is not marked, and a stale one says so', async (t) => {
  const desk = await PanelDesk.open(t, answering({ items: [item('ESC-1', { owner: null, severity: 3, isStale: true })] }));
  assert.deepEqual(desk.texts('.escalate-mark'), []);
  assert.deepEqual(desk.texts('.escalate-stale'), ['Quiet for a long time']);
});

test('each tab asks for its own, and shows its own', async (t) => {
  const desk = await PanelDesk.open(t, {
    ...answering(),
    list: (ask) => ask.answer(list([item(`ESC-${['open', 'mine', 'here'].indexOf(String(ask.request?.['of']))}`)])),
  });
  assert.deepEqual(desk.rows, ['ESC-0']);
  for (const [tab, of, row] of [
    ['Mine', 'mine', 'ESC-1'],
    ['This channel', 'here', 'ESC-2'],
    ['All open', 'open', 'ESC-0'],
  ] as const) {
    void desk.sidecar.news;
    await desk.presses(tab);
    assert.deepEqual(desk.sidecar.news, [{ get: 'list', of, limit: 50 }]);
    assert.deepEqual(desk.rows, [row]);
    assert.equal(desk.one('.escalate-list').getAttribute('aria-label'), `Escalations: ${tab}`);
  }

  await desk.presses('My work');
  assert.deepEqual(desk.sidecar.news, [{ get: 'mine' }]);
});

for (const [tab, sentence] of [
  ['All open', 'No escalation is open. “New” raises one; a message’s menu has “Escalate this message”.'],
  ['Mine', 'Nothing is open that you own, raised or follow. “Follow” in an escalation’s details brings it here.'],
  ['This channel', 'No escalation is open in this channel. “New” raises one here.'],
  ['My work', 'Nothing is waiting for you. What is due, your check-ins, assignments and customers appear here.'],
] as const) {
  test(`when there is nothing under ${tab}, the panel says what that means`, async (t) => {
    const desk = await PanelDesk.open(t, answering({ items: [] }));
    await desk.presses(tab);
    assert.deepEqual(desk.texts('.escalate-blank'), [sentence]);
  });
}

test('while the first answer is under way, the panel says so', async (t) => {
  const desk = new PanelDesk(t);
  desk.sidecar.isHolding = true;
  desk.install();
  await desk.show();
  assert.match(desk.text, /Loading…/);
  await desk.does(() => desk.sidecar.last.answer(list([item('ESC-1')])));
  assert.doesNotMatch(desk.text, /Loading…/);
  assert.deepEqual(desk.rows, ['ESC-1']);
});

test('when nothing could be loaded, the panel says why, and asks again when it is told to', async (t) => {
  const desk = await PanelDesk.open(t, {
    list: (ask) => ask.respond(refusal(500, 'api.command.execute_command.failed.app_error')),
  });
  assert.match(read(desk.one('.escalate-blank[role="alert"]')), /^Escalate did not answer\./);
  desk.sidecar.answers = answering();
  await desk.presses('Try again');
  assert.deepEqual(desk.rows, ['ESC-1', 'ESC-2']);
  assert.equal(desk.all('.escalate-blank').length, 0);
});

test('“Try again” asks once, and says that it is under way', async (t) => {
  const desk = await PanelDesk.open(t, { list: (ask) => ask.breakOff() });
  desk.sidecar.isHolding = true;
  void desk.sidecar.news;
  await desk.presses('Try again');
  await desk.presses('Working…');
  assert.equal(desk.sidecar.news.length, 1);
  assert.equal(desk.sidecar.last.signal?.aborted, false);
});

test('when asking again fails, what was there stays, with the time it was told at', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  desk.sidecar.answers = { list: (ask) => ask.respond(reply(502, 'Bad gateway')) };
  await desk.presses('Refresh');
  assert.deepEqual(desk.rows, ['ESC-1', 'ESC-2']);
  assert.match(read(desk.one('.escalate-old')), /^Shown as of 09:00\. Mattermost could not be reached\..*Try again$/);
  desk.sidecar.answers = answering({ items: [item('ESC-3')] });
  await desk.presses('Try again');
  assert.deepEqual(desk.rows, ['ESC-3']);
  assert.equal(desk.all('.escalate-old').length, 0);
});

for (const [total, isAtLeast, said] of [
  [2, false, '2 open'],
  [1000, true, '1,000+ open'],
] as const) {
  test(`of ${total}${isAtLeast ? ' or more' : ''}, the panel says “${said}”`, async (t) => {
    const items = [item('ESC-1'), item('ESC-2')];
    const desk = await PanelDesk.open(t, { list: (ask) => ask.answer(list(items, { total, isAtLeast })) });
    assert.equal(read(desk.one('.escalate-total')), said);
  });
}

test('in another channel, “This channel” is asked for anew, and the other tabs are not', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  const go = (currentChannelId: string): Promise<void> =>
    desk.does(() => desk.become({ entities: { ...state.entities, channels: { currentChannelId } } }));
  void desk.sidecar.news;
  await go('channel2');
  assert.deepEqual(desk.sidecar.news, []);

  await desk.presses('This channel');
  assert.equal(desk.sidecar.last.channelId, 'channel2');
  desk.sidecar.answers = answering({ items: [item('ESC-3')] });
  await go('channel3');
  assert.deepEqual(desk.rows, ['ESC-3']);
  assert.equal(desk.sidecar.last.channelId, 'channel3');

  // As in the view of all threads: there is no other channel, so the last one is still meant.
  void desk.sidecar.news;
  await go('');
  assert.deepEqual(desk.sidecar.news, []);
  assert.deepEqual(desk.rows, ['ESC-3']);
  await desk.presses('Refresh');
  assert.deepEqual(desk.sidecar.news, [{ get: 'list', of: 'here', limit: 50 }]);
  assert.equal(desk.sidecar.last.channelId, 'channel3');
});

test('of all channels that were visited, only the list of the last is kept', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  const go = (currentChannelId: string): Promise<void> =>
    desk.does(() => desk.become({ entities: { ...state.entities, channels: { currentChannelId } } }));
  await desk.presses('This channel');
  await go('channel2');
  await desk.presses('Mine');
  desk.sidecar.isHolding = true;
  await desk.presses('This channel');
  assert.deepEqual(desk.rows, ['ESC-1', 'ESC-2']);
  await go(channel.id);
  assert.deepEqual(desk.rows, []);
});
