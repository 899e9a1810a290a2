import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAnswer } from '../src/readAnswer.ts';
import type { Data } from './fakes.ts';
import { answering, assignment, engineer, entry, escalation, item, list, task, timeline, todo } from './panelData.ts';
import { PanelDesk, read } from './panelDesk.ts';

const now = '2026-03-02T09:00:00.000Z';
const inProps = (content: Data): Data => ({ escalate: { v: 1, now, ...content } });

/** One answer of each kind, full of what may be in it. */
const full = {
  list: list([item('ESC-1')]),
  escalation: {
    escalation: escalation({
      incidentChannel: { id: 'channel9', name: 'esc-1' },
      lastUpdate: { at: now, by: engineer, summary: 'Looking' },
      checklist: [{ title: 'Begin', tasks: [task('1.1', { assignee: engineer, by: engineer })] }],
      moves: ['close'],
      commands: ['edit'],
    }),
  },
  timeline: timeline([entry('It was raised.')], 7),
  mine: { mine: { todo: [todo()], assignments: [assignment({ customerEngineer: engineer })] } },
  said: { said: { text: 'Done.', isRefusal: false } },
  problem: { problem: { code: 'notFound', text: 'There is none.' } },
} as const;

/** Without these an answer cannot be shown; without any of the others, it is, as if they were null. */
const needed = [
  'list', 'list.items', 'list.items.0.id', 'list.items.0.severity', 'list.items.0.customer', 'list.items.0.summary',
  'list.items.0.state', 'list.items.0.owner.id',
  'escalation', 'escalation.id', 'escalation.severity', 'escalation.customer', 'escalation.summary', 'escalation.state',
  'escalation.owner.id', 'escalation.reporter.id', 'escalation.incidentChannel.id', 'escalation.incidentChannel.name',
  'escalation.lastUpdate.summary', 'escalation.lastUpdate.by.id', 'escalation.checklist.0.title',
  'escalation.checklist.0.tasks', 'escalation.checklist.0.tasks.0.number', 'escalation.checklist.0.tasks.0.title',
  'escalation.checklist.0.tasks.0.state', 'escalation.checklist.0.tasks.0.assignee.id',
  'escalation.checklist.0.tasks.0.by.id',
  'timeline', 'timeline.entries', 'timeline.entries.0.text',
  'mine', 'mine.todo', 'mine.todo.0.urgency', 'mine.todo.0.text', 'mine.assignments', 'mine.assignments.0.id',
  'mine.assignments.0.customer', 'mine.assignments.0.kind', 'mine.assignments.0.state',
  'mine.assignments.0.engineer.id', 'mine.assignments.0.backUp.id', 'mine.assignments.0.customerEngineer.id',
  'said', 'said.text', 'problem', 'problem.code', 'problem.text',
]; // prettier-ignore

function* pathsIn(value: unknown, path = ''): Generator<string> {
  if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      yield path + name;
      yield* pathsIn(inner, `${path}${name}.`);
    }
  }
}

/** A copy in which what is at the path is something else, or missing when that is undefined. */
function changed(content: Data, path: string, value: unknown): Data {
  const copy = structuredClone(content) as Record<string, unknown>;
  const names = path.split('.');
  const last = names.pop() ?? '';
  const holder = names.reduce((one, name) => one[name] as Record<string, unknown>, copy);
  if (value === undefined) {
    delete holder[last];
  } else {
    holder[last] = value;
  }

  return copy;
}

for (const [kind, content] of Object.entries(full)) {
  const paths = [...pathsIn(content)].filter((path) => !/\.\d+$/.test(path));

  test(`what makes an answer with ${kind} unreadable when it is missing is known`, () => {
    const broken = paths.filter((path) => readAnswer(inProps(changed(content, path, undefined))) === undefined);
    assert.deepEqual(broken, paths.filter((path) => needed.includes(path)));
  });

  test(`wrong types in an answer with ${kind} make it unreadable or are left out, and never throw`, () => {
    for (const path of paths) {
      for (const wrong of [null, 7, '', 'x', true, [], [null], [7], {}, { id: 7 }]) {
        const answer = readAnswer(inProps(changed(content, path, wrong)));
        if (needed.includes(path) && typeof wrong === 'boolean') {
          assert.equal(answer, undefined, `${path}: ${JSON.stringify(wrong)}`);
        }
      }
    }
  });

  test(`what is new in an answer with ${kind} does no harm`, () => {
    assert.notEqual(readAnswer(inProps({ ...content, later: { than: 'us' } })), undefined);
  });
}

test('what is left out of an answer is null, or the nearest that says nothing', () => {
  const { id, severity, customer, summary, state } = escalation();
  const answer = readAnswer(inProps({ escalation: { id, severity, customer, summary, state } }))?.escalation;
  assert.deepEqual(
    Object.entries(answer ?? {}).filter(([, value]) => value !== null),
    Object.entries({ id, severity, customer, summary, state, isStale: false, isFollowed: false, checklist: [], moves: [], commands: [] }),
  );
});

for (const props of [undefined, null, 7, '', 'x', [], {}, { escalate: null }, { escalate: 'x' }, { escalate: [] }, { other: {} }]) {
  test(`${JSON.stringify(props)} is no answer of ours`, () => {
    const answer = readAnswer(props);
    assert.ok(answer === undefined || answer.problem?.code === 'version');
    assert.equal(answer?.list, undefined);
  });
}

test('a clock that cannot be read is none', () => {
  for (const wrong of [undefined, null, 'noon', {}, '']) {
    assert.equal(readAnswer({ escalate: { v: 1, now: wrong, ...full.said } })?.now, undefined);
  }
});

const unreadable = /^Escalate answered what this panel cannot read\. Reload the page;/;
const otherRelease = /^This plugin and Escalate are of different releases\. Reload the page;/;
const nothing = /^Escalate has no answer for this panel: it is not set up for this team, or it is older than this plugin\./;
for (const [what, props, said] of [
  ['an item without an id', inProps(changed(full.list, 'list.items.0.id', undefined)), unreadable],
  ['a list that is none', inProps({ list: 'x' }), unreadable],
  ['nothing but the time', inProps({}), unreadable],
  ['an answer to another question', inProps(full.mine), unreadable],
  ['version 2 of the form', { escalate: { v: 2, now, ...full.list } }, otherRelease],
  ['a form without a version', { escalate: { now, ...full.list } }, otherRelease],
  ['no props', null, nothing],
  ['props of somebody else', { other: 1 }, nothing],
] as const) {
  test(`when the answer is ${what}, the panel says that it cannot be shown, and opens no dialog`, async (t) => {
    const desk = await PanelDesk.open(t, { list: (ask) => ask.props(props) });
    assert.match(read(desk.one('.escalate-blank[role="alert"]')), said);
    assert.deepEqual(desk.dispatched, []);
    desk.sidecar.answers = answering();
    await desk.presses('Try again');
    assert.deepEqual(desk.rows, ['ESC-1', 'ESC-2']);
  });
}
