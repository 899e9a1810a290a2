import type { Answer } from './answers.ts';
import { shapes, version } from './wire.ts';

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
  // In any other version of the form the same names may mean something else.
  if (raw['v'] !== version) {
    return { problem: { code: 'version', text: '' } };
  }

  const { v: _, now: __, ...parts } = shapes['Answer'] ?? {};
  return Object.fromEntries(
    Object.entries(parts)
      .map(([name, of]) => [name, read(of, raw[name])] as const)
      .filter(([, value]) => value !== null),
  );
}

/** Reads what the sidecar's description of the wire says of a field: what must be there and is not makes it unreadable. */
function read(of: string, value: unknown): unknown {
  const [name, list, maybe] = parse(of);
  if (maybe && (value === undefined || value === null)) {
    return null;
  }

  if (list) {
    return array(value).map((one) => single(name, one));
  }

  // A text that need not be there is as good as none when it is empty, or something else.
  return maybe && name === 'text' && (typeof value !== 'string' || value === '') ? null : single(name, value);
}

function single(name: string, value: unknown): unknown {
  switch (name) {
    case 'text':
    case 'number':
      return typed(name === 'text' ? 'string' : 'number', value);
    case 'flag':
      return value === true;
    case 'Ask':
      return Object.fromEntries(Object.entries(object(value)).filter(([, one]) => typeof one === 'string'));
    default:
      return shaped(name, object(value));
  }
}

const shaped = (name: string, raw: Raw): Raw =>
  Object.fromEntries(Object.entries(shapes[name] ?? {}).map(([field, of]) => [field, read(of, raw[field])]));

/** `Item[]?`: what, whether there are several, and whether it may be missing. */
function parse(of: string): readonly [name: string, list: boolean, maybe: boolean] {
  const maybe = of.endsWith('?');
  const rest = maybe ? of.slice(0, -1) : of;
  const list = rest.endsWith('[]');
  return [list ? rest.slice(0, -2) : rest, list, maybe];
}

function typed(type: 'string' | 'number', value: unknown): unknown {
  if (typeof value !== type) {
    throw new TypeError();
  }

  return value;
}

function object(value: unknown): Raw {
  if (typeof value !== 'object' || value === null) {
    throw new TypeError();
  }

  return value as Raw;
}

function array(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new TypeError();
  }

  return value;
}
