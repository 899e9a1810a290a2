/** The sidecar's answers as the panel works with them. */
import type * as wire from './wire.ts';

export type {
  Action,
  Ask,
  Assignment,
  Channel,
  Customer,
  Detail as Escalation,
  Entry,
  Item,
  List as Page,
  Mine,
  Person,
  RequestDetail as RequestInFull,
  RequestItem as Request,
  RequestKind as Kind,
  Setup,
  Stage,
  Step,
  Task,
  Timeline as Past,
  Todo,
} from './wire.ts';

type Parts = Omit<wire.Answer, 'v' | 'now'>;

/** What is there of it. */
export type Answer = { readonly [Part in keyof Parts]?: NonNullable<Parts[Part]> } & {
  /** The sidecar's clock, in milliseconds. */
  readonly now: number | undefined;
};
