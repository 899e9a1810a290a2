/** Everything that people read, in one place. Setting names stand as Mattermost's configuration spells them. */
export const words = {
  escalate: 'Escalate',
  tooltip: 'Raise an escalation in this channel',
  dismiss: 'Dismiss',
  noChannel: 'Open the channel that the escalation belongs to, then press Escalate again.',
  notSetUp: (team: string | undefined) =>
    `Escalate is not set up for this team: ask your administrator to run “install --team ${team ?? '<team>'}”.`,
  commandsOff:
    'Slash commands are turned off on this server: ask your administrator to set ServiceSettings.EnableCommands to true.',
  signedOut: 'You are signed out of Mattermost. Sign in, then press Escalate again.',
  mayNotPost: 'You may not post in this channel, so you cannot escalate from it. Try another channel.',
  archived: 'This channel is archived. Open another channel, then press Escalate again.',
  tooFast: 'Mattermost is refusing requests because there are too many. Wait a moment, then press Escalate again.',
  noAnswer:
    'Escalate did not answer. Try again; if it keeps failing, tell your administrator that Mattermost cannot reach Escalate.',
  offline: 'Mattermost could not be reached. Check your connection, then press Escalate again.',
  other: (status: number, said: string | undefined) =>
    said ? `That did not work: ${said}` : `That did not work (Mattermost answered ${status}).`,
} as const;
