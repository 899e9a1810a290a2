import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answering, escalation, item, list, move } from './panelData.ts';
import { PanelDesk, read } from './panelDesk.ts';

const selected = (desk: PanelDesk): string[] => desk.texts('[role="tab"][aria-selected="true"]');

test('the tabs are one stop, and arrows, Home and End go among them', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  assert.deepEqual(
    desk.all('[role="tab"]').map((tab) => tab.tabIndex),
    [0, -1, -1, -1, -1],
  );
  desk.one('#escalate-tab-open').focus();
  for (const [key, tab] of [
    ['ArrowRight', 'mine'],
    ['ArrowRight', 'here'],
    ['End', 'work'],
    ['ArrowRight', 'open'],
    ['ArrowLeft', 'work'],
    ['ArrowLeft', 'requests'],
    ['ArrowLeft', 'here'],
    ['Home', 'open'],
  ] as const) {
    const event = await desk.types(key);
    assert.equal(desk.focused, `escalate-tab-${tab}`, key);
    assert.equal(event.defaultPrevented, true, `the page does not scroll by ${key}`);
  }
});

test('other keys are left to the page', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  desk.one('#escalate-tab-open').focus();
  for (const key of ['Tab', 'ArrowDown', 'a', 'constructor', 'toString']) {
    assert.equal((await desk.types(key)).defaultPrevented, false, key);
    assert.equal(desk.focused, 'escalate-tab-open');
  }
});

test('passing by a tab asks for nothing; choosing it does, and makes it the stop', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  void desk.sidecar.news;
  desk.one('#escalate-tab-open').focus();
  await desk.types('ArrowRight');
  assert.deepEqual(desk.sidecar.news, []);
  assert.deepEqual(selected(desk), ['All open']);

  await desk.presses('Mine');
  assert.deepEqual(desk.sidecar.news, [{ get: 'list', of: 'mine', limit: 50 }]);
  assert.deepEqual(selected(desk), ['Mine']);
  assert.equal(desk.one('[role="tab"][tabindex="0"]').id, 'escalate-tab-mine');
  assert.equal(desk.focused, 'escalate-tab-mine');
});

test('tabs and what they show name each other', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  await desk.presses('This channel');
  const shown = desk.one('[role="tabpanel"]');
  assert.equal(shown.getAttribute('aria-labelledby'), 'escalate-tab-here');
  for (const tab of desk.all('[role="tab"]')) {
    assert.equal(tab.getAttribute('aria-controls'), shown.id);
  }

  assert.equal(desk.one('[role="tablist"]').getAttribute('aria-label'), 'Which escalations');
});

test('rows are buttons that can be reached, so that Enter opens them', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  for (const row of desk.all('.escalate-row')) {
    assert.equal(row.tagName, 'BUTTON');
    assert.equal(row.tabIndex, 0);
    assert.equal(row.parentElement?.tagName, 'LI');
  }
});

test('into details the focus goes to their headline, and back to the row that was left', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  await desk.presses(desk.row('ESC-2'));
  assert.equal(desk.focused, 'escalate-headline');
  assert.equal(desk.one('#escalate-headline').tabIndex, -1);
  await desk.presses('Back');
  assert.equal(desk.focused, 'ESC-2');
});

test('when details fail, the focus is where they would be; when they come, on their headline', async (t) => {
  const desk = await PanelDesk.open(t, { ...answering(), escalation: (ask) => ask.breakOff() });
  await desk.presses(desk.row('ESC-2'));
  assert.equal(desk.document.activeElement?.className, 'escalate-scroll');
  desk.sidecar.answers = answering();
  await desk.does(() => desk.buttons('Try again')[0]?.click());
  assert.equal(desk.focused, 'escalate-headline');
});

test('when the row is gone on “Back”, the focus is on the tab', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  await desk.presses(desk.row('ESC-2'));
  await desk.passes(6 * 60_000);
  desk.sidecar.isHolding = true;
  await desk.presses('Back');
  assert.equal(desk.focused, 'escalate-tab-open');
});

test('details that come late rob nobody of the focus', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  desk.sidecar.isHolding = true;
  await desk.presses(desk.row('ESC-2'));
  desk.buttons('Back')[0]?.focus();
  await desk.does(() => desk.sidecar.asked.at(-2)?.answer({ escalation: escalation() }));
  assert.equal(desk.focused, 'Back');
});

test('details begin at their top, wherever the list was, and whatever the press left the focus on', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  const scroller = desk.one('.escalate-scroll');
  const scroll = (to: number): Promise<void> =>
    desk.does(() => {
      scroller.scrollTop = to;
      scroller.dispatchEvent(new desk.page.Event('scroll') as unknown as Event);
    });
  for (const onto of [desk.row('ESC-2'), scroller]) {
    await scroll(400);
    // Safari gives no focus to buttons that are clicked, but to what is around them.
    await desk.does(() => {
      onto.focus();
      desk.row('ESC-2').click();
    });
    assert.equal(scroller.scrollTop, 0);
    assert.equal(desk.focused, 'escalate-headline');
    await desk.presses('Back');
    assert.equal(scroller.scrollTop, 400, 'the list is where it was');
  }
});

test('another tab begins at its top', async (t) => {
  const desk = await PanelDesk.open(t, answering());
  const scroller = desk.one('.escalate-scroll');
  await desk.does(() => {
    scroller.scrollTop = 400;
    scroller.dispatchEvent(new desk.page.Event('scroll') as unknown as Event);
  });
  await desk.presses('Mine');
  assert.equal(scroller.scrollTop, 0);
});

test('a row keeps its focus when it moves; when it goes, the one in its place has it', async (t) => {
  const desk = await PanelDesk.open(t, answering({ items: ['ESC-1', 'ESC-2', 'ESC-3'].map((id) => item(id)) }));
  const become = (...ids: string[]): void => {
    desk.sidecar.answers = answering({ items: ids.map((id) => item(id)) });
  };
  desk.row('ESC-2').focus();
  become('ESC-3', 'ESC-1', 'ESC-2');
  await desk.passes(120_000);
  assert.equal(desk.focused, 'ESC-2');
  become('ESC-3', 'ESC-1');
  await desk.passes(120_000);
  assert.equal(desk.focused, 'ESC-1');
});

test('one region tells those who only hear it that the panel loads, and what came', async (t) => {
  const desk = new PanelDesk(t);
  desk.sidecar.isHolding = true;
  desk.install();
  await desk.show();
  const region = desk.one('.escalate > [role="status"].escalate-unseen');
  assert.equal(read(region), 'Loading…');
  assert.equal(desk.all('[aria-busy="true"][role="status"]').length, 0, 'what is busy is not told');
  await desk.does(() => desk.sidecar.last.answer(list([item('ESC-1')])));
  assert.equal(read(region), '1 open');
  await desk.presses('Mine');
  assert.equal(read(region), 'Loading…');
  await desk.does(() => desk.sidecar.last.breakOff());
  assert.equal(read(region), '', 'the alert says it');
  assert.equal(desk.all('.escalate-blank[role="alert"]').length, 1);
  assert.equal(desk.one('.escalate > [role="status"].escalate-unseen') === region, true);
});

test('the regions for answers are there before there is one', async (t) => {
  const desk = await PanelDesk.open(t, answering({ one: escalation({ next: move('close', 'Close') }) }));
  await desk.presses(desk.row('ESC-1'));
  const [status] = desk.all('.escalate > [role="status"]');
  await desk.presses('Close');
  assert.equal(status && read(status), 'Done.');
});

test('U18: up and down go from row to row, Home and End to the first and last, and no further', async (t) => {
  const desk = await PanelDesk.open(t, answering({ items: ['ESC-1', 'ESC-2', 'ESC-3'].map((id) => item(id)) }));
  desk.row('ESC-1').focus();
  for (const [key, row] of [
    ['ArrowDown', 'ESC-2'],
    ['ArrowDown', 'ESC-3'],
    ['ArrowDown', 'ESC-3'],
    ['Home', 'ESC-1'],
    ['ArrowUp', 'ESC-1'],
    ['End', 'ESC-3'],
    ['ArrowUp', 'ESC-2'],
  ] as const) {
    assert.equal((await desk.types(key)).defaultPrevented, true, key);
    assert.equal(desk.focused, row, key);
  }

  for (const key of ['a', 'Tab', 'constructor']) {
    assert.equal((await desk.types(key)).defaultPrevented, false, key);
  }
});

test('U18: Escape goes one step back and keeps the focus; where there is none, it is Mattermost’s', async (t) => {
  const desk = await PanelDesk.open(t, answering({ one: escalation({ next: move('close', 'Close') }) }));
  const heard: string[] = [];
  desk.document.addEventListener('keydown', (event) => heard.push((event as KeyboardEvent).key));
  await desk.presses(desk.row('ESC-2'));
  await desk.presses('Close');
  assert.deepEqual(desk.texts('.escalate-notice'), ['Done.']);
  await desk.types('Escape');
  assert.deepEqual(desk.texts('.escalate-notice'), [], 'first what was answered');
  assert.equal(desk.focused, 'Close');
  assert.equal((await desk.types('Escape')).defaultPrevented, true);
  assert.deepEqual(desk.rows, ['ESC-1', 'ESC-2'], 'then the details');
  assert.equal(desk.focused, 'ESC-2');
  assert.equal((await desk.types('Escape')).defaultPrevented, false);
  assert.deepEqual(desk.rows, ['ESC-1', 'ESC-2']);
  assert.equal(heard.length, 1, 'the first two were ours');
});
