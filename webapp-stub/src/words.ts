import { labels as told } from './wire.ts';

/** Everything that people read, in one place. Setting names stand as Mattermost's configuration spells them. */
export const words = {
  escalate: 'Escalate',
  tooltip: 'Raise an escalation in this channel',
  panelTooltip: 'Open escalations',
  escalateMessage: 'Escalate this message',
  implementationFromMessage: 'Request implementation',
  dismiss: 'Dismiss',

  // What may go wrong. Sentences that say what to do next are told from where the user reads them.
  fromButton: {
    then: 'press Escalate again',
    mayNotPost: 'You may not post in this channel, so you cannot escalate from it. Try another channel.',
    archived: 'This channel is archived. Open another channel, then press Escalate again.',
  },
  fromPanel: {
    then: 'try again',
    mayNotPost: 'You may not post in this channel, so Escalate does not work in it. Open another channel.',
    archived: 'This channel is archived. Open another channel, then try again.',
  },
  noChannel: 'Open the channel that the escalation belongs to, then press Escalate again.',
  noChannelForPanel: 'Open a channel first: Escalate works in the channel that is open.',
  notSetUp: (team: string | undefined) =>
    `Escalate is not set up for this team: ask your administrator to run “install --team ${team ?? '<team>'}”.`,
  commandsOff:
    'Slash commands are turned off on this server: ask your administrator to set ServiceSettings.EnableCommands to true.',
  signedOut: (then: string) => `You are signed out of Mattermost. Sign in, then ${then}.`,
  tooFast: (then: string) =>
    `Mattermost is refusing requests because there are too many. Wait a moment, then ${then}.`,
  noAnswer:
    'Escalate did not answer. Try again; if it keeps failing, tell your administrator that Mattermost cannot reach Escalate.',
  offline: (then: string) => `Mattermost could not be reached. Check your connection, then ${then}.`,
  other: (status: number, said: string | undefined) =>
    said ? `That did not work: ${said}` : `That did not work (Mattermost answered ${status}).`,
  nothingForPanel:
    'Escalate has no answer for this panel: it is not set up for this team, or it is older than this plugin. Tell your administrator.',
  otherRelease:
    'This plugin and Escalate are different releases. Reload the page; if that does not help, tell your administrator.',
  notUnderstood: 'Escalate sent an answer that this panel cannot read. Reload the page; if that does not help, tell your administrator.',

  // The panel.
  tabsLabel: 'Which escalations',
  tabs: { open: 'All open', mine: 'Mine', here: 'This channel', requests: 'Requests', work: 'My work' },
  newEscalation: 'New',
  newEscalationHint: 'Raise an escalation in this channel',
  refresh: 'Refresh',
  refreshing: 'Refreshing…',
  tryAgain: 'Try again',
  loading: 'Loading…',
  working: 'Working…',
  loadingMore: 'Loading more…',
  showMore: 'Show more',
  showEarlier: 'Show earlier',
  timesIn: (zone: string) => `Times are in ${zone}`,
  inZone: (time: string, zone: string) => `${time} (${zone})`,
  shownAsOf: (time: string) => `Shown as of ${time}.`,
  open: (count: number, isAtLeast: boolean) => `${number(count)}${isAtLeast ? '+' : ''} open`,
  underWay: (count: number) => `${number(count)} under way`,
  toDo: (count: number) => `${number(count)} to do`,
  listOf: (tab: string) => `Escalations: ${tab}`,
  empty: {
    open: 'No escalation is open. “New” raises one; a message’s menu has “Escalate this message”.',
    mine: 'Nothing is open that you own, raised or follow. “Follow” in an escalation’s details brings it here.',
    here: 'No escalation is open in this channel. “New” raises one here.',
    work: 'Nothing is waiting for you. What is due, your check-ins, assignments and customers appear here.',
  },

  // A row.
  severity: (severity: number) => `Sev ${severity}`,
  nobodyYet: 'nobody yet',
  someone: 'someone',
  at: (name: string) => `@${name}`,
  stale: 'Quiet for a long time',
  updateIn: (span: string) => `update in ${span}`,
  updateOverdue: (span: string) => `update overdue by ${span}`,
  updateDue: 'update due now',
  openFor: 'open for',
  ownedBy: 'owner',
  justNow: 'just now',
  minutes: (n: number) => `${n} min`,
  hours: (n: number) => `${n} h`,
  days: (n: number) => `${n} d`,

  // Details.
  back: 'Back',
  backToList: 'Back to the list',
  more: 'More',
  moreOf: (what: string) => `More: ${what}`,
  maybeSameAs: 'It may be the same problem as',
  card: 'Card',
  goToCard: 'Go to its message',
  actions: 'What you can do',
  facts: 'Facts',
  owner: 'Owner',
  raisedBy: 'Raised by',
  ago: (span: string) => `${span} ago`,
  impact: 'Impact',
  effort: 'Effort',
  category: 'Category',
  customerImpact: 'Customer impact',
  links: 'Links',
  bug: 'Bug',
  pullRequest: 'Pull request',
  lastUpdate: 'Last update',
  nextUpdate: 'Next update',
  resolution: 'Resolution',
  confirmedBy: 'Confirmed by',
  redirectedTo: 'Redirected to',
  reason: 'Reason',
  incidentChannel: 'Incident channel',
  checklist: 'Checklist',
  playbook: (name: string) => `Playbook: ${name}`,
  doneOf: (done: number, all: number) => `${done} of ${all}`,
  stage: (title: string) => `Stage ${title}`,
  task: (number: string) => `Task ${number}`,
  assignToMe: 'Assign to me',
  assignTo: 'Assign to…',
  setDue: 'Set a due time…',
  skip: 'Skip…',
  reopen: 'Reopen',
  finishStage: 'Mark all as done',
  skipStage: 'Skip the whole stage…',
  doneOfLabel: (done: number, all: number) => `${done} of ${all} done`,
  due: (when: string) => `due ${when}`,
  overdue: (when: string) => `overdue, was due ${when}`,
  repliesToCustomer: 'Replies to the customer',
  skipped: (by: string, reason: string) => `Skipped by ${by}${reason ? `: ${reason}` : ''}`,
  doneBy: (by: string) => `Done by ${by}`,
  timeline: 'Timeline',
  noEntries: 'Nothing has happened yet.',

  // Requests.
  makeNew: 'New',
  makeNewOf: (title: string) => `New: ${title.toLowerCase()}`,
  noneUnderWay: 'None is under way.',
  noKinds: 'There are no requests here that you may read.',
  dueOn: (day: string) => `due ${day}`,

  // My work.
  setup: 'Set-up',
  setupLeft: (done: number, all: number) => `Set-up: ${done} of ${all} steps done.`,
  goOn: 'Continue',
  setupDone: (steps: string) => `Done: ${steps}`,
  customers: 'My customers',
  openOf: (count: number) => (count === 0 ? 'nothing open' : `${count}${count >= 99 ? '+' : ''} open`),
  todo: 'To do',
  nothingToDo: 'Nothing is waiting for you.',
  assignments: 'Assignments',
  engineer: 'Engineer',
  backUp: 'Back-up',
  customerEngineer: 'Customer engineer',
  nextCheckIn: 'Next check-in',
  checkInOpen: 'This week’s check-in is waiting for an answer',
  endsOn: 'Ends',
  reviewOn: 'Review',
  openDetails: 'Details',
} as const;

type Labels = Readonly<Record<string, string>>;

const labels = {
  ...told,
  urgencies: { overdue: 'Overdue', due: 'Due soon', waiting: 'Waiting for you', mine: 'Yours' },
  kinds: { preSales: 'Pre-sales', postSales: 'Post-sales' },
  assignmentStates: { requested: 'Requested', approved: 'Approved', active: 'Active', declined: 'Declined', ended: 'Ended' },
  parts: { engineer: 'Engineer', backUp: 'Back-up', customerEngineer: 'Customer engineer' },
  missing: { customer: 'Nobody has added this customer', arr: 'The customer’s ARR is not known' },
  customerParts: { ce: 'CE', tam: 'TAM', csm: 'CSM', ae: 'AE' },
} as const satisfies Readonly<Record<string, Labels>>;

/** How people read a code of data.md; one that is not known is shown as it is. */
export function label(of: keyof typeof labels, code: string): string {
  const known: Labels = labels[of];
  return Object.hasOwn(known, code) ? (known[code] ?? code) : code;
}

const number = (n: number): string => n.toLocaleString();
