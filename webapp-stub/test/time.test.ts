import assert from 'node:assert/strict';
import { test } from 'node:test';
import { age, ago, calendarDay, moment, nextUpdate, span, timeOfDay } from '../src/time.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** The evening before a day, a month and a year begin. */
const now = Date.parse('2025-12-31T23:30:00.000Z');
const at = (later: number): string => new Date(now + later).toISOString();

for (const [length, said] of [
  [-5 * day, '0 min'],
  [0, '0 min'],
  [minute - 1, '0 min'],
  [minute, '1 min'],
  [hour - 1, '59 min'],
  [hour, '1 h'],
  [day, '24 h'],
  [2 * day - 1, '47 h'],
  [2 * day, '2 d'],
  [400 * day, '400 d'],
] as const) {
  test(`${length} ms are ${said}`, () => assert.equal(span(length), said));
}

for (const [later, said, past] of [
  [0, 'just now', 'just now'],
  [-minute + 1, 'just now', 'just now'],
  [-minute, '1 min', '1 min ago'],
  [-31 * minute, '31 min', '31 min ago'],
  [-24 * hour, '24 h', '24 h ago'],
  [-48 * hour, '2 d', '2 d ago'],
  // By a clock that is behind.
  [3 * hour, 'just now', 'just now'],
] as const) {
  test(`what happened at ${at(later)} is ${said} old`, () => {
    assert.equal(age(at(later), now), said);
    assert.equal(ago(at(later), now), past);
  });
}

for (const [later, text, isOverdue] of [
  [-2 * day, 'update overdue by 2 d', true],
  [-hour, 'update overdue by 1 h', true],
  [-minute, 'update overdue by 1 min', true],
  [-minute + 1, 'update due now', true],
  [0, 'update due now', true],
  [1, 'update in 1 min', false],
  [minute, 'update in 1 min', false],
  // Over midnight, into another year.
  [45 * minute, 'update in 45 min', false],
  [hour, 'update in 1 h', false],
  [3 * day, 'update in 3 d', false],
] as const) {
  test(`an update due at ${at(later)} says “${text}”`, () => assert.deepEqual(nextUpdate(at(later), now), { text, isOverdue }));
}

test('what is no time has no age, and is due never', () => {
  for (const wrong of [null, '', 'soon', '2026-13-45T00:00:00Z']) {
    assert.equal(age(wrong, now), '');
    assert.equal(ago(wrong, now), '');
    assert.equal(nextUpdate(wrong, now), undefined);
    assert.equal(moment(wrong, now, 'UTC'), wrong ?? '');
    assert.equal(calendarDay(wrong), wrong ?? '');
  }
});

const isEnglish = new Intl.DateTimeFormat().resolvedOptions().locale === 'en-GB';
test('moments tell the year only when it is another one', { skip: !isEnglish && 'written in another language' }, () => {
  assert.equal(moment(at(-30 * minute), now, 'UTC'), '31 Dec, 23:00');
  assert.equal(moment(at(30 * minute), now, 'UTC'), '1 Jan 2026, 00:00');
  assert.equal(timeOfDay(now, 'UTC'), '23:30');
});

test('moments are the zone’s, its days and years included', { skip: !isEnglish && 'written in another language' }, () => {
  for (const [zone, said, half, clock] of [
    ['Pacific/Kiritimati', '1 Jan, 13:30', '1 Jan, 14:00', '13:30'],
    ['America/New_York', '31 Dec, 18:30', '31 Dec, 19:00', '18:30'],
    ['UTC', '31 Dec, 23:30', '1 Jan 2026, 00:00', '23:30'],
  ] as const) {
    assert.equal(moment(at(0), now, zone), said);
    assert.equal(moment(at(30 * minute), now, zone), half);
    assert.equal(timeOfDay(now, zone), clock);
  }
});

test('days are the same everywhere', { skip: !isEnglish && 'written in another language' }, (t) => {
  t.after(() => (process.env['TZ'] = 'UTC'));
  for (const zone of ['Pacific/Kiritimati', 'America/New_York']) {
    process.env['TZ'] = zone;
    assert.equal(calendarDay('2026-03-02'), '2 Mar 2026');
  }
});
