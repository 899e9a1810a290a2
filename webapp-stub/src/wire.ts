// Made of wire.json by scripts/wire.mjs (npm run wire); a test holds that it is.

export const version = 2;

/** Stands before the JSON, so that nobody types it by accident. */
export const mark = "\u2063";

export interface Action {
  readonly label: string;
  readonly ask: Ask;
  readonly isEnding: boolean;
}

export interface Answer {
  readonly v: number;
  readonly now: string;
  readonly isPushed: boolean | null;
  readonly list: List | null;
  readonly escalation: Detail | null;
  readonly requests: readonly RequestKind[] | null;
  readonly request: RequestDetail | null;
  readonly timeline: Timeline | null;
  readonly mine: Mine | null;
  readonly said: Said | null;
  readonly problem: Problem | null;
}

export type Ask = Readonly<Record<string, string>>;

export interface Assignment {
  readonly id: string;
  readonly customerKey: string;
  readonly customer: string;
  readonly kind: string;
  readonly state: string;
  readonly parts: readonly string[];
  readonly engineer: Person | null;
  readonly backUp: Person | null;
  readonly customerEngineer: Person;
  readonly nextCheckInAt: string | null;
  readonly isCheckInOpen: boolean;
  readonly endsOn: string | null;
  readonly reviewOn: string | null;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
  readonly team: string | null;
}

export interface Customer {
  readonly key: string;
  readonly name: string;
  readonly parts: readonly string[];
  readonly open: number;
  readonly action: Action;
}

export interface Detail {
  readonly category: string;
  readonly impact: string;
  readonly effort: string;
  readonly customerImpact: string | null;
  readonly links: string | null;
  readonly reporter: Person;
  readonly isFollowed: boolean;
  readonly redirectedTo: string | null;
  readonly stateReason: string | null;
  readonly resolution: string | null;
  readonly confirmedBy: string | null;
  readonly bug: string | null;
  readonly pullRequest: string | null;
  readonly incidentChannel: Channel | null;
  readonly lastUpdate: Update | null;
  readonly playbook: string | null;
  readonly checklist: readonly Stage[];
  readonly missing: string | null;
  readonly maybeSameAs: string | null;
  readonly card: string | null;
  readonly next: Action | null;
  readonly more: readonly Action[];
  readonly id: string;
  readonly severity: number;
  readonly customer: string;
  readonly summary: string;
  readonly state: string;
  readonly raisedAt: string;
  readonly owner: Person | null;
  readonly nextUpdateAt: string | null;
  readonly isStale: boolean;
}

export interface Entry {
  readonly at: string;
  readonly text: string;
}

export interface Item {
  readonly id: string;
  readonly severity: number;
  readonly customer: string;
  readonly summary: string;
  readonly state: string;
  readonly raisedAt: string;
  readonly owner: Person | null;
  readonly nextUpdateAt: string | null;
  readonly isStale: boolean;
}

export interface List {
  readonly items: readonly Item[];
  readonly total: number;
  readonly isAtLeast: boolean;
  readonly after: string | null;
  readonly beside: readonly RequestKind[];
  readonly setup: Setup | null;
}

export interface Mine {
  readonly todo: readonly Todo[];
  readonly assignments: readonly Assignment[];
  readonly customers: readonly Customer[];
  readonly setup: Setup | null;
}

export interface Person {
  readonly id: string;
  readonly name: string | null;
}

export interface Problem {
  readonly code: string;
  readonly text: string;
}

export interface RequestDetail {
  readonly about: string | null;
  readonly facts: readonly RequestFact[];
  readonly next: Action | null;
  readonly more: readonly Action[];
  readonly id: string;
  readonly customer: string;
  readonly title: string;
  readonly state: string;
  readonly who: Person | null;
  readonly dueOn: string | null;
  readonly risk: string | null;
}

export interface RequestFact {
  readonly name: string;
  readonly text: string;
}

export interface RequestItem {
  readonly id: string;
  readonly customer: string;
  readonly title: string;
  readonly state: string;
  readonly who: Person | null;
  readonly dueOn: string | null;
  readonly risk: string | null;
}

export interface RequestKind {
  readonly series: string;
  readonly title: string;
  readonly make: Ask | null;
  readonly items: readonly RequestItem[];
}

export interface Said {
  readonly text: string;
  readonly isRefusal: boolean;
}

export interface Setup {
  readonly done: number;
  readonly steps: readonly Step[];
}

export interface Stage {
  readonly number: string;
  readonly title: string;
  readonly tasks: readonly Task[];
  readonly mayFinish: boolean;
}

export interface Step {
  readonly title: string;
  readonly isDone: boolean;
  readonly text: string;
  readonly action: Action | null;
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

export interface Timeline {
  readonly entries: readonly Entry[];
  readonly before: number | null;
}

export interface Todo {
  readonly urgency: string;
  readonly at: string | null;
  readonly text: string;
  readonly about: string;
  readonly action: Action | null;
}

export interface Update {
  readonly at: string;
  readonly by: Person;
  readonly summary: string;
}

export type ActCode = 'done' | 'undo' | 'mine' | 'due' | 'skip' | 'assign' | 'take' | 'chooseCustomer' | 'addMissing' | 'backUp' | 'handOver';

export type TaskStateCode = 'open' | 'done' | 'skipped';

export type UrgencyCode = 'overdue' | 'due' | 'waiting' | 'mine';

export type KindCode = 'postSales' | 'preSales';

export type AssignmentStateCode = 'requested' | 'approved' | 'active' | 'declined' | 'ended';

export type PartCode = 'engineer' | 'backUp' | 'customerEngineer';

export type CustomerPartCode = 'ce' | 'tam' | 'csm' | 'ae';

export type ProblemCode = 'version' | 'notUnderstood' | 'notFound' | 'mayNot';

/** How people read codes, in the same words as everywhere in the product. */
export const labels = {
  "states": {
    "needs-information": "Needs information",
    "redirected": "Redirected",
    "awaiting-approval": "Awaiting approval",
    "accepted": "Accepted",
    "acknowledged": "Acknowledged",
    "investigating": "Investigating",
    "identified": "Identified",
    "monitoring": "Monitoring",
    "resolved": "Resolved",
    "closed": "Closed",
    "declined": "Declined",
    "cancelled": "Cancelled"
  },
  "categories": {
    "deployment": "Deployment escalation",
    "nonstandard-deployment": "Non-standard deployment",
    "nonstandard-upgrade": "Non-standard upgrade",
    "migration": "Complex data migration",
    "custom": "Custom solution or integration",
    "support": "Regular support or troubleshooting",
    "bug": "Product bug",
    "account": "Expansion, renewal or licence",
    "onboarding": "Standard onboarding, training, roll-out",
    "opportunity": "Finding integration opportunities",
    "feature": "In-product feature"
  },
  "impacts": {
    "low": "Low",
    "medium": "Medium",
    "high": "High",
    "critical": "Critical"
  },
  "efforts": {
    "low": "Low",
    "medium": "Medium",
    "high": "High",
    "very-high": "Very high"
  }
} as const;

/** What an answer is made of, for the reader: the names of fields and what they hold. */
export const shapes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "Action": {
    "label": "text",
    "ask": "Ask",
    "isEnding": "flag"
  },
  "Answer": {
    "v": "number",
    "now": "text",
    "isPushed": "flag?",
    "list": "List?",
    "escalation": "Detail?",
    "requests": "RequestKind[]?",
    "request": "RequestDetail?",
    "timeline": "Timeline?",
    "mine": "Mine?",
    "said": "Said?",
    "problem": "Problem?"
  },
  "Ask": {
    "move": "text?",
    "act": "text?",
    "run": "text?",
    "step": "text?",
    "id": "text?"
  },
  "Assignment": {
    "id": "text",
    "customerKey": "text",
    "customer": "text",
    "kind": "text",
    "state": "text",
    "parts": "text[]",
    "engineer": "Person?",
    "backUp": "Person?",
    "customerEngineer": "Person",
    "nextCheckInAt": "text?",
    "isCheckInOpen": "flag",
    "endsOn": "text?",
    "reviewOn": "text?"
  },
  "Channel": {
    "id": "text",
    "name": "text",
    "title": "text?",
    "team": "text?"
  },
  "Customer": {
    "key": "text",
    "name": "text",
    "parts": "text[]",
    "open": "number",
    "action": "Action"
  },
  "Detail": {
    "category": "text",
    "impact": "text",
    "effort": "text",
    "customerImpact": "text?",
    "links": "text?",
    "reporter": "Person",
    "isFollowed": "flag",
    "redirectedTo": "text?",
    "stateReason": "text?",
    "resolution": "text?",
    "confirmedBy": "text?",
    "bug": "text?",
    "pullRequest": "text?",
    "incidentChannel": "Channel?",
    "lastUpdate": "Update?",
    "playbook": "text?",
    "checklist": "Stage[]",
    "missing": "text?",
    "maybeSameAs": "text?",
    "card": "text?",
    "next": "Action?",
    "more": "Action[]",
    "id": "text",
    "severity": "number",
    "customer": "text",
    "summary": "text",
    "state": "text",
    "raisedAt": "text",
    "owner": "Person?",
    "nextUpdateAt": "text?",
    "isStale": "flag"
  },
  "Entry": {
    "at": "text",
    "text": "text"
  },
  "Item": {
    "id": "text",
    "severity": "number",
    "customer": "text",
    "summary": "text",
    "state": "text",
    "raisedAt": "text",
    "owner": "Person?",
    "nextUpdateAt": "text?",
    "isStale": "flag"
  },
  "List": {
    "items": "Item[]",
    "total": "number",
    "isAtLeast": "flag",
    "after": "text?",
    "beside": "RequestKind[]",
    "setup": "Setup?"
  },
  "Mine": {
    "todo": "Todo[]",
    "assignments": "Assignment[]",
    "customers": "Customer[]",
    "setup": "Setup?"
  },
  "Person": {
    "id": "text",
    "name": "text?"
  },
  "Problem": {
    "code": "text",
    "text": "text"
  },
  "RequestDetail": {
    "about": "text?",
    "facts": "RequestFact[]",
    "next": "Action?",
    "more": "Action[]",
    "id": "text",
    "customer": "text",
    "title": "text",
    "state": "text",
    "who": "Person?",
    "dueOn": "text?",
    "risk": "text?"
  },
  "RequestFact": {
    "name": "text",
    "text": "text"
  },
  "RequestItem": {
    "id": "text",
    "customer": "text",
    "title": "text",
    "state": "text",
    "who": "Person?",
    "dueOn": "text?",
    "risk": "text?"
  },
  "RequestKind": {
    "series": "text",
    "title": "text",
    "make": "Ask?",
    "items": "RequestItem[]"
  },
  "Said": {
    "text": "text",
    "isRefusal": "flag"
  },
  "Setup": {
    "done": "number",
    "steps": "Step[]"
  },
  "Stage": {
    "number": "text",
    "title": "text",
    "tasks": "Task[]",
    "mayFinish": "flag"
  },
  "Step": {
    "title": "text",
    "isDone": "flag",
    "text": "text",
    "action": "Action?"
  },
  "Task": {
    "number": "text",
    "title": "text",
    "state": "text",
    "assignee": "Person?",
    "dueAt": "text?",
    "isOverdue": "flag",
    "repliesToCustomer": "flag",
    "by": "Person?",
    "reason": "text?",
    "mayChange": "flag"
  },
  "Timeline": {
    "entries": "Entry[]",
    "before": "number?"
  },
  "Todo": {
    "urgency": "text",
    "at": "text?",
    "text": "text",
    "about": "text",
    "action": "Action?"
  },
  "Update": {
    "at": "text",
    "by": "Person",
    "summary": "text"
  }
};
