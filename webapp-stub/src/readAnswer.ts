import type {
  Answer,
  Assignment,
  Escalation,
  Item,
  Kind,
  Mine,
  Page,
  Past,
  Person,
  Request,
  RequestInFull,
  Stage,
  Task,
  Todo,
} from './answers.ts';

/** The version of the form that this panel speaks; in any other, the same names may mean something else. */
const version = 1;

type Raw = Readonly<Record<string, unknown>>;

/** What stands in the `props` of a command's answer; undefined when that is nothing of ours. */
export function readAnswer(props: unknown): Answer | undefined {
  try {
    const raw = object(object(props)['escalate']);
    const now = Date.parse(String(raw['now']));
    const answer = { now: Number.isNaN(now) ? undefined : now, ...content(raw) };
    return Object.keys(answer).length > 1 ? answer : undefined;
  } catch {
    return undefined;
  }
}

function content(raw: Raw): Omit<Answer, 'now'> {
  if (raw['v'] !== version) {
    return { problem: { code: 'version', text: '' } };
  }

  const has = (name: string): boolean => raw[name] !== undefined && raw[name] !== null;
  return {
    ...(has('list') && { list: page(raw['list']) }),
    ...(has('escalation') && { escalation: escalation(raw['escalation']) }),
    ...(has('requests') && { requests: list(raw['requests'], kind) }),
    ...(has('request') && { request: requestInFull(raw['request']) }),
    ...(has('timeline') && { timeline: past(raw['timeline']) }),
    ...(has('mine') && { mine: mine(raw['mine']) }),
    ...(has('said') && { said: said(raw['said']) }),
    ...(has('problem') && { problem: problem(raw['problem']) }),
  };
}

function page(value: unknown): Page {
  const raw = object(value);
  const items = list(raw['items'], item);
  return {
    items,
    total: typeof raw['total'] === 'number' ? raw['total'] : items.length,
    isAtLeast: raw['isAtLeast'] === true,
    after: maybe(raw['after']),
  };
}

function item(value: unknown): Item {
  const raw = object(value);
  return {
    id: text(raw['id']),
    severity: number(raw['severity']),
    customer: text(raw['customer']),
    summary: text(raw['summary']),
    state: text(raw['state']),
    raisedAt: maybe(raw['raisedAt']),
    owner: person(raw['owner']),
    nextUpdateAt: maybe(raw['nextUpdateAt']),
    isStale: raw['isStale'] === true,
  };
}

function escalation(value: unknown): Escalation {
  const raw = object(value);
  return {
    ...item(raw),
    category: maybe(raw['category']),
    impact: maybe(raw['impact']),
    effort: maybe(raw['effort']),
    customerImpact: maybe(raw['customerImpact']),
    links: Array.isArray(raw['links']) ? list(raw['links'], text).join('\n') : maybe(raw['links']),
    reporter: person(raw['reporter']),
    isFollowed: raw['isFollowed'] === true,
    redirectedTo: maybe(raw['redirectedTo']),
    stateReason: maybe(raw['stateReason']),
    resolution: maybe(raw['resolution']),
    confirmedBy: maybe(raw['confirmedBy']),
    bug: maybe(raw['bug']),
    pullRequest: maybe(raw['pullRequest']),
    incidentChannel: given(raw['incidentChannel'], (c) => ({ id: text(c['id']), name: text(c['name']) })),
    lastUpdate: given(raw['lastUpdate'], (u) => ({
      at: maybe(u['at']),
      by: person(u['by']),
      summary: text(u['summary']),
    })),
    playbook: maybe(raw['playbook']),
    checklist: list(raw['checklist'] ?? [], stage),
    moves: list(raw['moves'] ?? [], text),
    commands: list(raw['commands'] ?? [], text),
  };
}

function stage(value: unknown): Stage {
  const raw = object(value);
  return { title: text(raw['title']), tasks: list(raw['tasks'], task) };
}

function task(value: unknown): Task {
  const raw = object(value);
  return {
    number: text(raw['number']),
    title: text(raw['title']),
    state: text(raw['state']),
    assignee: person(raw['assignee']),
    dueAt: maybe(raw['dueAt']),
    isOverdue: raw['isOverdue'] === true,
    repliesToCustomer: raw['repliesToCustomer'] === true,
    by: person(raw['by']),
    reason: maybe(raw['reason']),
    mayChange: raw['mayChange'] === true,
  };
}

function kind(value: unknown): Kind {
  const raw = object(value);
  return {
    series: text(raw['series']),
    title: text(raw['title']),
    make: maybe(raw['make']),
    items: list(raw['items'], request),
  };
}

function request(value: unknown): Request {
  const raw = object(value);
  return {
    id: text(raw['id']),
    customer: text(raw['customer']),
    title: text(raw['title']),
    state: text(raw['state']),
    who: person(raw['who']),
    dueOn: maybe(raw['dueOn']),
    risk: maybe(raw['risk']),
  };
}

function requestInFull(value: unknown): RequestInFull {
  const raw = object(value);
  return {
    ...request(raw),
    about: maybe(raw['about']),
    facts: list(raw['facts'] ?? [], (f) => ({ name: text(object(f)['name']), text: text(object(f)['text']) })),
    actions: list(raw['actions'] ?? [], (a) => ({
      label: text(object(a)['label']),
      command: text(object(a)['command']),
      isEnding: object(a)['isEnding'] === true,
    })),
  };
}

function past(value: unknown): Past {
  const raw = object(value);
  const before = raw['before'];
  return {
    entries: list(raw['entries'], (e) => ({ at: maybe(object(e)['at']), text: text(object(e)['text']) })),
    before: typeof before === 'number' || typeof before === 'string' ? before : null,
  };
}

function mine(value: unknown): Mine {
  const raw = object(value);
  return { todo: list(raw['todo'], todo), assignments: list(raw['assignments'], assignment) };
}

function todo(value: unknown): Todo {
  const raw = object(value);
  return {
    urgency: text(raw['urgency']),
    at: maybe(raw['at']),
    text: text(raw['text']),
    command: maybe(raw['command']) ?? '',
  };
}

function assignment(value: unknown): Assignment {
  const raw = object(value);
  return {
    id: text(raw['id']),
    customer: text(raw['customer']),
    kind: text(raw['kind']),
    state: text(raw['state']),
    parts: list(raw['parts'] ?? [], text),
    engineer: person(raw['engineer']),
    backUp: person(raw['backUp']),
    customerEngineer: person(raw['customerEngineer']),
    nextCheckInAt: maybe(raw['nextCheckInAt']),
    isCheckInOpen: raw['isCheckInOpen'] === true,
    endsOn: maybe(raw['endsOn']),
    reviewOn: maybe(raw['reviewOn']),
  };
}

const said = (value: unknown): { text: string; isRefusal: boolean } => ({
  text: text(object(value)['text']),
  isRefusal: object(value)['isRefusal'] === true,
});

const problem = (value: unknown): { code: string; text: string } => ({
  code: text(object(value)['code']),
  text: text(object(value)['text']),
});

const person = (value: unknown): Person | null =>
  given(value, (raw) => ({ id: text(raw['id']), name: maybe(raw['name']) }));

const given = <T>(value: unknown, read: (raw: Raw) => T): T | null =>
  value === undefined || value === null ? null : read(object(value));

/** An empty text is as good as none. */
const maybe = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function object(value: unknown): Raw {
  if (typeof value !== 'object' || value === null) {
    throw new TypeError();
  }

  return value as Raw;
}

function text(value: unknown): string {
  if (typeof value !== 'string') {
    throw new TypeError();
  }

  return value;
}

function number(value: unknown): number {
  if (typeof value !== 'number') {
    throw new TypeError();
  }

  return value;
}

function list<T>(value: unknown, read: (one: unknown) => T): T[] {
  if (!Array.isArray(value)) {
    throw new TypeError();
  }

  return value.map(read);
}
