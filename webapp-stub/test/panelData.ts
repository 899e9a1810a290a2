import type { Ask, Data, FakeSidecar } from './fakes.ts';

export const tam = { id: 'user1', name: 'tam' };
export const engineer = { id: 'user2', name: 'engineer' };

export const item = (id: string, over: Data = {}): Data => ({
  id,
  severity: 2,
  customer: 'Acme',
  summary: `What happened in ${id}`,
  state: 'acknowledged',
  raisedAt: '2026-03-02T06:00:00.000Z',
  owner: engineer,
  nextUpdateAt: null,
  isStale: false,
  ...over,
});

export const list = (items: readonly Data[], over: Data = {}): Data => ({
  list: { items, total: items.length, isAtLeast: false, after: null, beside: [], setup: null, ...over },
});

/** A button, and what comes of it. */
export const action = (label: string, ask: Data, isEnding = false): Data => ({ label, ask, isEnding });
export const move = (name: string, label = name, isEnding = false): Data =>
  action(label, { move: name, id: 'ESC-1' }, isEnding);
export const run = (command: string, label = command): Data => action(label, { run: command });

export const stage = (number: string, title: string, tasks: readonly Data[], over: Data = {}): Data => ({
  number,
  title,
  tasks,
  mayFinish: true,
  ...over,
});

export const task = (number: string, over: Data = {}): Data => ({
  number,
  title: `Do ${number}`,
  state: 'open',
  assignee: null,
  dueAt: null,
  isOverdue: false,
  repliesToCustomer: false,
  by: null,
  reason: null,
  mayChange: true,
  ...over,
});

export const escalation = (over: Data = {}): Data => ({
  ...item('ESC-1'),
  category: 'bug',
  impact: 'high',
  effort: 'low',
  customerImpact: null,
  links: null,
  reporter: tam,
  isFollowed: false,
  redirectedTo: null,
  stateReason: null,
  resolution: null,
  confirmedBy: null,
  bug: null,
  pullRequest: null,
  incidentChannel: null,
  lastUpdate: null,
  playbook: null,
  checklist: [],
  missing: null,
  maybeSameAs: null,
  card: null,
  next: null,
  more: [],
  ...over,
});

export const entry = (text: string, at: string | null = '2026-03-02T08:00:00.000Z'): Data => ({ at, text });

export const timeline = (entries: readonly Data[], before: number | null = null): Data => ({
  timeline: { entries, before },
});

export const todo = (over: Data = {}): Data => ({
  urgency: 'due',
  at: '2026-03-02T12:00:00.000Z',
  text: 'An update on ESC-1 is due.',
  about: 'ESC-1',
  action: run('update ESC-1', 'Update'),
  ...over,
});

export const assignment = (over: Data = {}): Data => ({
  id: 'ASG-1',
  customerKey: 'acme',
  customer: 'Acme',
  kind: 'postSales',
  state: 'active',
  parts: ['engineer'],
  engineer,
  backUp: tam,
  customerEngineer: tam,
  nextCheckInAt: '2026-03-06T09:00:00.000Z',
  isCheckInOpen: false,
  endsOn: '2026-06-30',
  reviewOn: null,
  ...over,
});

/** The same of another: also what its buttons ask for. */
const about = (one: Data, id: unknown): Data => ({
  ...(JSON.parse(JSON.stringify(one).replaceAll('"id":"ESC-1"', `"id":${JSON.stringify(id)}`)) as Data),
  id,
});

/** Answers with one list whatever is asked for, with one escalation and with one page of its history. */
export const answering = ({
  items = [item('ESC-1'), item('ESC-2')],
  one = escalation(),
  past = [entry('It was raised.')],
  isPushed = null,
  ...more
}: {
  items?: readonly Data[];
  one?: Data;
  past?: readonly Data[];
  isPushed?: true | null;
  mine?: Data;
} = {}): FakeSidecar['answers'] => ({
  list: (ask: Ask) => ask.answer({ isPushed, ...list(items) }),
  escalation: (ask: Ask) => ask.answer({ escalation: about(one, ask.request?.['id']) }),
  timeline: (ask: Ask) => ask.answer(timeline(past)),
  mine: (ask: Ask) => ask.answer({ mine: { todo: [], assignments: [], customers: [], setup: null, ...more.mine } }),
  move: (ask: Ask) => ask.answer({ said: { text: 'Done.', isRefusal: false } }),
  run: (ask: Ask) => ask.answer({ said: { text: 'Done.', isRefusal: false } }),
});
