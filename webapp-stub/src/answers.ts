/** The sidecar's answers, as data.md has them. */

export interface Person {
  readonly id: string;
  readonly name: string | null;
}

export interface Item {
  readonly id: string;
  readonly severity: number;
  readonly customer: string;
  readonly summary: string;
  readonly state: string;
  readonly raisedAt: string | null;
  readonly owner: Person | null;
  readonly nextUpdateAt: string | null;
  readonly isStale: boolean;
}

export interface Task {
  readonly number: string;
  readonly title: string;
  readonly state: string;
  readonly assignee: Person | null;
  readonly dueAt: string | null;
  readonly isOverdue: boolean;
  readonly repliesToCustomer: boolean;
  readonly by: Person | null;
  readonly reason: string | null;
  readonly mayChange: boolean;
}

export interface Stage {
  readonly title: string;
  readonly tasks: readonly Task[];
}

export interface Escalation extends Item {
  readonly category: string | null;
  readonly impact: string | null;
  readonly effort: string | null;
  readonly customerImpact: string | null;
  readonly links: string | null;
  readonly reporter: Person | null;
  readonly isFollowed: boolean;
  readonly redirectedTo: string | null;
  readonly stateReason: string | null;
  readonly resolution: string | null;
  readonly confirmedBy: string | null;
  readonly bug: string | null;
  readonly pullRequest: string | null;
  readonly incidentChannel: { readonly id: string; readonly name: string } | null;
  readonly lastUpdate: { readonly at: string | null; readonly by: Person | null; readonly summary: string } | null;
  readonly playbook: string | null;
  readonly checklist: readonly Stage[];
  readonly moves: readonly string[];
  readonly commands: readonly string[];
}

/** A request of any kind: service, implementation. */
export interface Request {
  readonly id: string;
  readonly customer: string;
  readonly title: string;
  /** In words. */
  readonly state: string;
  readonly who: Person | null;
  /** A day. */
  readonly dueOn: string | null;
  readonly risk: string | null;
}

export interface Action {
  readonly label: string;
  readonly command: string;
  readonly isEnding: boolean;
}

export interface RequestInFull extends Request {
  readonly about: string | null;
  readonly facts: readonly { readonly name: string; readonly text: string }[];
  readonly actions: readonly Action[];
}

export interface Kind {
  readonly series: string;
  readonly title: string;
  /** The command that makes a new one; null when this person may not. */
  readonly make: string | null;
  readonly items: readonly Request[];
}

export interface Entry {
  readonly at: string | null;
  readonly text: string;
}

export interface Todo {
  readonly urgency: string;
  readonly at: string | null;
  readonly text: string;
  readonly command: string;
}

export interface Assignment {
  readonly id: string;
  readonly customer: string;
  readonly kind: string;
  readonly state: string;
  readonly parts: readonly string[];
  readonly engineer: Person | null;
  readonly backUp: Person | null;
  readonly customerEngineer: Person | null;
  readonly nextCheckInAt: string | null;
  readonly isCheckInOpen: boolean;
  readonly endsOn: string | null;
  readonly reviewOn: string | null;
}

export interface Page {
  readonly items: readonly Item[];
  readonly total: number;
  readonly isAtLeast: boolean;
  readonly after: string | null;
}

export interface Past {
  readonly entries: readonly Entry[];
  readonly before: number | string | null;
}

export interface Mine {
  readonly todo: readonly Todo[];
  readonly assignments: readonly Assignment[];
}

export interface Answer {
  /** The sidecar's clock, in milliseconds. */
  readonly now: number | undefined;
  readonly list?: Page;
  readonly escalation?: Escalation;
  readonly requests?: readonly Kind[];
  readonly request?: RequestInFull;
  readonly timeline?: Past;
  readonly mine?: Mine;
  readonly said?: { readonly text: string; readonly isRefusal: boolean };
  readonly problem?: { readonly code: string; readonly text: string };
}
