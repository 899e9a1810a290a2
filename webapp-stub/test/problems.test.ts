import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Desk, refusal, reply } from './desk.ts';

const notFound = 'api.command.execute_command.not_found.app_error';
const cases: readonly (readonly [string, () => Response, string])[] = [
  ['there is no such command', () => refusal(404, notFound), 'Escalate is not set up for this team: ask your administrator to run “install --team ops”.'],
  ['slash commands are off', () => refusal(501, 'api.command.disabled.app_error'), 'Slash commands are turned off on this server: ask your administrator to set ServiceSettings.EnableCommands to true.'],
  ['the session ended', () => refusal(401, 'api.context.session_expired.app_error'), 'You are signed out of Mattermost. Sign in, then press Escalate again.'],
  ['the user may not post', () => refusal(403, 'api.context.permissions.app_error'), 'You may not post in this channel, so you cannot escalate from it. Try another channel.'],
  ['the channel is archived', () => refusal(400, 'api.command.execute_command.deleted.error'), 'This channel is archived. Open another channel, then press Escalate again.'],
  ['the rate limit is reached', () => reply(429, 'limit exceeded\n'), 'Mattermost is refusing requests because there are too many. Wait a moment, then press Escalate again.'],
  ['the sidecar is down', () => refusal(500, 'api.command.execute_command.failed.app_error'), 'Escalate did not answer. Try again; if it keeps failing, tell your administrator that Mattermost cannot reach Escalate.'],
  ['the sidecar fails', () => refusal(500, 'api.command.execute_command.failed_resp.app_error'), 'Escalate did not answer. Try again; if it keeps failing, tell your administrator that Mattermost cannot reach Escalate.'],
  ['the sidecar says nothing', () => refusal(500, 'api.command.execute_command.failed_empty.app_error'), 'Escalate did not answer. Try again; if it keeps failing, tell your administrator that Mattermost cannot reach Escalate.'],
  ['a proxy answers', () => reply(502, '<html>Bad gateway</html>'), 'Mattermost could not be reached. Check your connection, then press Escalate again.'],
  ['Mattermost refuses for another reason', () => refusal(400, 'api.other.app_error', 'The moon is full.'), 'That did not work: The moon is full.'],
  ['the answer is no JSON', () => reply(418, 'teapot'), 'That did not work (Mattermost answered 418).'],
  ['the answer is null', () => reply(500, 'null'), 'That did not work (Mattermost answered 500).'],
];

for (const [when, answer, said] of cases) {
  test(`when ${when}, the user reads why`, async () => {
    const desk = new Desk(answer);
    await desk.press();
    assert.deepEqual(desk.alerts, [said]);
    assert.deepEqual(desk.dispatched, []);
  });
}

test('when the team is unknown, the sentence leaves a blank for it', async () => {
  const desk = new Desk(() => refusal(404, notFound), { current: {} });
  await desk.press();
  assert.deepEqual(desk.alerts, [
    'Escalate is not set up for this team: ask your administrator to run “install --team <team>”.',
  ]);
});

test('when there is no network, the user reads why and may try again', async () => {
  const desk = new Desk(() => Promise.reject(new TypeError('Failed to fetch')));
  await desk.press();
  await desk.press();
  assert.equal(desk.sent.length, 2);
  assert.deepEqual(desk.alerts, ['Mattermost could not be reached. Check your connection, then press Escalate again.']);
});

test('an answer that breaks off counts as no answer', async () => {
  const broken = new ReadableStream({ start: (controller) => controller.error(new Error('reset')) });
  const desk = new Desk(() => new Response(broken, { status: 200 }));
  await desk.press();
  assert.deepEqual(desk.alerts, ['Mattermost could not be reached. Check your connection, then press Escalate again.']);
});

test('what Mattermost says is shown as text, never as markup', async () => {
  const desk = new Desk(() => refusal(400, 'api.other.app_error', '<img src=x onerror=alert(1)>'));
  await desk.press();
  assert.equal(desk.page.document.querySelector('img'), null);
  assert.deepEqual(desk.alerts, ['That did not work: <img src=x onerror=alert(1)>']);
});

test('the message goes when it is dismissed', async () => {
  const desk = new Desk(() => reply(500, ''));
  await desk.press();
  const button = desk.page.document.querySelector('[role="alert"] button');
  assert.equal(button?.getAttribute('aria-label'), 'Dismiss');
  (button as unknown as HTMLElement).click();
  assert.deepEqual(desk.alerts, []);
});

test('the message goes when the next attempt works', async () => {
  let status = 500;
  const desk = new Desk(() => reply(status, {}));
  await desk.press();
  assert.equal(desk.alerts.length, 1);
  status = 200;
  await desk.press();
  assert.deepEqual(desk.alerts, []);
});

test('the message takes the colours of the theme', async () => {
  const desk = new Desk(() => reply(500, ''));
  await desk.press();
  const style = desk.page.document.querySelector('[role="alert"]')?.getAttribute('style') ?? '';
  assert.match(style, /var\(--center-channel-bg/);
  assert.match(style, /var\(--center-channel-color/);
  assert.match(style, /var\(--error-text/);
});
