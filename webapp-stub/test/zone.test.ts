import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { State, Zones } from '../src/host.ts';
import { zoneOf } from '../src/zone.ts';
import { state } from './desk.ts';
import { answering, assignment, engineer, entry, escalation, stage, task, todo } from './panelData.ts';
import { PanelDesk } from './panelDesk.ts';

const berlin = 'Europe/Berlin';
const chicago = 'America/Chicago';
const reader = (timezone: Zones | null | undefined): State => ({
  entities: { ...state.entities, users: { currentUserId: 'user1', profiles: { user1: timezone === undefined ? {} : { timezone } } } },
});

for (const [what, zones, zone] of [
  ['the automatic one', { useAutomaticTimezone: 'true', automaticTimezone: berlin, manualTimezone: chicago }, berlin],
  ['the manual one', { useAutomaticTimezone: 'false', automaticTimezone: berlin, manualTimezone: chicago }, chicago],
  ['the manual one, told by a boolean', { useAutomaticTimezone: false, automaticTimezone: berlin, manualTimezone: chicago }, chicago],
  ['the automatic one, told by a boolean', { useAutomaticTimezone: true, automaticTimezone: berlin, manualTimezone: chicago }, berlin],
  ['the browser’s, for an automatic one that was never found out', { useAutomaticTimezone: 'true', automaticTimezone: '', manualTimezone: chicago }, 'UTC'],
  ['the browser’s, for a zone that there is not', { useAutomaticTimezone: 'false', manualTimezone: 'Moon/Crater' }, 'UTC'],
  ['the browser’s, for a profile without zones', {}, 'UTC'],
  ['the browser’s, for a profile whose zones are null', null, 'UTC'],
  ['the browser’s, for a profile that has none', undefined, 'UTC'],
] as const) {
  test(`the reader’s zone is ${what}`, () => assert.equal(zoneOf(reader(zones)), zone));
}

test('the reader’s zone is the browser’s where the store does not tell who reads', () => {
  for (const current of [{}, { entities: {} }, { entities: { users: {} } }, { entities: { users: { currentUserId: 'user1' } } }]) {
    assert.equal(zoneOf(current), 'UTC');
  }
});

/** In Berlin it is the year that is told, an hour before it is in the browser. */
const eve = '2026-12-31T23:30:00.000Z';

async function open(t: TestContext, zones: Zones): Promise<PanelDesk> {
  const checklist = [stage('1', 'Begin', [task('1.1', { dueAt: eve }), task('1.2', { dueAt: '2026-03-01T23:00:00.000Z' })])];
  const answers = answering({
    one: escalation({ checklist, nextUpdateAt: eve, lastUpdate: { at: eve, by: engineer, summary: 'Looking' } }),
    past: [entry('It was raised.', eve)],
    mine: { todo: [todo({ at: eve })], assignments: [assignment({ nextCheckInAt: eve })] },
  });
  return PanelDesk.open(t, answers, { current: reader(zones) });
}

const times = (desk: PanelDesk): string[] => desk.texts('time');
const tooltips = (desk: PanelDesk): string[] => [...new Set(desk.all('time').map((time) => time.title))];

test('all times are in the reader’s zone, also which day and year it is, and tooltips name it', async (t) => {
  const desk = await open(t, { useAutomaticTimezone: 'true', automaticTimezone: berlin });
  await desk.presses(desk.row('ESC-1'));
  const said = '1 Jan 2027, 00:30';
  assert.deepEqual(times(desk), ['3 h ago', 'just now', said, `due ${said}`, 'overdue, was due 2 Mar, 00:00', said]);
  assert.deepEqual(tooltips(desk), [
    '2 Mar, 07:00 (Europe/Berlin)',
    '1 Jan 2027, 00:30 (Europe/Berlin)',
    '2 Mar, 00:00 (Europe/Berlin)',
  ]);
  await desk.presses('Back');
  await desk.presses('My work');
  assert.deepEqual(times(desk), [`due ${said}`, said]);
  assert.deepEqual(tooltips(desk), [`${said} (Europe/Berlin)`]);
});

test('the foot of the panel names the zone once, whatever is shown, and follows the profile', async (t) => {
  const desk = await open(t, { useAutomaticTimezone: 'false', manualTimezone: berlin });
  const foot = (): string[] => desk.texts('.escalate-zone');
  assert.deepEqual(foot(), ['Times are in Europe/Berlin']);
  await desk.presses('My work');
  assert.deepEqual(foot(), ['Times are in Europe/Berlin']);
  await desk.presses('Details', desk.one('.escalate-todo'));
  assert.deepEqual(foot(), ['Times are in Europe/Berlin']);
  await desk.does(() => desk.become(reader({ useAutomaticTimezone: 'false', manualTimezone: chicago })));
  assert.deepEqual(foot(), ['Times are in America/Chicago']);
  assert.match(desk.text, /Next update31 Dec, 17:30/);
});

test('how old what is shown is, is told in the reader’s zone as well', async (t) => {
  const desk = await open(t, { useAutomaticTimezone: 'true', automaticTimezone: berlin });
  desk.sidecar.answers = { list: (ask) => ask.breakOff() };
  await desk.presses('Refresh');
  assert.match(desk.text, /Shown as of 10:00\./);
  assert.equal(desk.one('.escalate-old strong').title, berlin);
});
