import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAnswer } from '../src/readAnswer.ts';
import { shapes } from '../src/wire.ts';
import type { Data } from './fakes.ts';
import { answering, assignment, engineer, entry, escalation, item, list, move, run, stage, task, timeline, todo } from './panelData.ts';
import { PanelDesk, read } from './panelDesk.ts';

const now = '2026-03-02T09:00:00.000Z';
const inProps = (content: Data): Data => ({ escalate: { v: 2, now, ...content } });

/** One answer of each kind, full of what may be in it. */
const full = {
  list: list([item('ESC-1')]),
  escalation: {
    escalation: escalation({
      incidentChannel: { id: 'channel9', name: 'esc-1', title: null, team: null },
      lastUpdate: { at: now, by: engineer, summary: 'Looking' },
      checklist: [stage('1', 'Begin', [task('1.1', { assignee: engineer, by: engineer })])],
      next: move('close'),
      more: [run('edit ESC-1')],
    }),
  },
  timeline: timeline([entry('It was raised.')], 7),
  mine: {
    mine: {
      todo: [todo()],
      assignments: [assignment()],
      customers: [{ key: 'acme', name: 'Acme', parts: ['tam'], open: 2, action: run('customer show acme') }],
      setup: { done: 1, steps: [{ title: 'Roles', isDone: false, text: 'Nobody.', action: run('role') }] },
    },
  },
  said: { said: { text: 'Done.', isRefusal: false } },
  problem: { problem: { code: 'notFound', text: 'There is none.' } },
} as const;

/** What the description of the wire says must be there; flags are false where they are not, and what a button sends is anything. */
const needed = (kind: string, path: string): boolean => {
  let type = 'Answer';
  let of = '';
  for (const name of path.split('.')) {
    if (/^\d+$/.test(name)) {
      continue;
    }

    if (type === 'Ask') {
      return false;
    }

    of = shapes[type]?.[name] ?? '';
    type = of.replace(/\W/g, '');
  }

  return path === kind ? true : of !== 'flag' && !of.endsWith('?');
};

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
    assert.deepEqual(broken, paths.filter((path) => needed(kind, path)));
  });

  test(`wrong types in an answer with ${kind} make it unreadable or are left out, and never throw`, () => {
    for (const path of paths) {
      for (const wrong of [null, 7, '', 'x', true, [], [null], [7], {}, { id: 7 }]) {
        const answer = readAnswer(inProps(changed(content, path, wrong)));
        if (needed(kind, path) && typeof wrong === 'boolean') {
          assert.equal(answer, undefined, `${path}: ${JSON.stringify(wrong)}`);
        }
      }
    }
  });

  test(`what is new in an answer with ${kind} does no harm`, () => {
    assert.notEqual(readAnswer(inProps({ ...content, later: { than: 'us' } })), undefined);
  });
}

test('what need not be there and is left out is null, and a flag is off', () => {
  const { nextUpdateAt: _, isStale: __, owner: ___, ...rest } = item('ESC-1');
  const answer = readAnswer(inProps(list([rest])))?.list?.items[0];
  assert.deepEqual([answer?.nextUpdateAt, answer?.isStale, answer?.owner], [null, false, null]);
});

test('a text that need not be there is none when it is empty or something else', () => {
  for (const wrong of ['', 7, {}, []]) {
    assert.equal(readAnswer(inProps({ escalation: escalation({ bug: wrong }) }))?.escalation?.bug, null);
  }
});

test('of what a button sends back only texts are kept, whatever they are called', () => {
  const next = { label: 'Go', ask: { run: 'x', later: 'y', deep: { x: 1 }, n: 7 } };
  assert.deepEqual(readAnswer(inProps({ escalation: escalation({ next }) }))?.escalation?.next, {
    label: 'Go',
    ask: { run: 'x', later: 'y' },
    isEnding: false,
  });
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
    assert.equal(readAnswer({ escalate: { v: 2, now: wrong, ...full.said } })?.now, undefined);
  }
});

const unreadable = /^Escalate sent an answer that this panel cannot read\. Reload the page;/;
const otherRelease = /^This plugin and Escalate are different releases\. Reload the page;/;
const nothing = /^Escalate has no answer for this panel: it is not set up for this team, or it is older than this plugin\./;
for (const [what, props, said] of [
  ['an item without an id', inProps(changed(full.list, 'list.items.0.id', undefined)), unreadable],
  ['a list that is none', inProps({ list: 'x' }), unreadable],
  ['nothing but the time', inProps({}), unreadable],
  ['an answer to another question', inProps(full.mine), unreadable],
  ['version 1 of the form', { escalate: { v: 1, now, ...full.list } }, otherRelease],
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
