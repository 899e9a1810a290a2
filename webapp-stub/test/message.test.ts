import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { HostWindow, State } from '../src/host.ts';
import { refusal } from './desk.ts';
import type { Data } from './fakes.ts';
import { PanelDesk } from './panelDesk.ts';

const post = { channel_id: 'channel5', type: '', state: '', delete_at: 0 };
const entities = {
  channels: { currentChannelId: 'channel1', channels: { channel5: { team_id: 'team5' }, direct1: { team_id: '' } } },
  teams: { currentTeamId: 'team1', teams: { team5: { name: 'ops' }, team1: { name: 'sales' } } },
  general: { config: { SiteURL: 'https://chat.test/chat/' } },
  posts: {
    posts: {
      post1: post,
      direct: { ...post, channel_id: 'direct1' },
      nowhere: {},
      joined: { ...post, type: 'system_join_channel' },
      own: { ...post, type: 'custom_card' },
      gone: { ...post, state: 'DELETED' },
      deleted: { ...post, delete_at: 7 },
    },
  },
} satisfies State['entities'];

function installed(t: TestContext, more: State['entities'] = {}, host: Partial<HostWindow> = {}): PanelDesk {
  const desk = new PanelDesk(t, { current: { entities: { ...entities, ...more } }, host });
  desk.install();
  return desk;
}

const entry = (desk: PanelDesk, text: string): Data => {
  const found = desk.fake.of('registerPostDropdownMenuAction').find((given) => given.text === text);
  assert.ok(found, text);
  return found;
};

const choose = (desk: PanelDesk, text: string, postId: string): Promise<void> =>
  desk.does(() => (entry(desk, text).action as (id: string) => void)(postId));

const escalate = (desk: PanelDesk, postId: string): Promise<void> => choose(desk, 'Escalate this message', postId);

test('“Escalate this message” asks for the form, with the message’s address, in the message’s channel', async (t) => {
  const desk = installed(t);
  await escalate(desk, 'post1');
  const { command, channelId, teamId } = desk.sidecar.last;
  assert.equal(command, '/escalate message https://chat.test/chat/ops/pl/post1');
  assert.deepEqual([channelId, teamId], ['channel5', 'team5']);
  assert.deepEqual(desk.dispatched, [{ type: 'RECEIVED_DIALOG_TRIGGER_ID', data: 'trigger1' }]);
});

test('“Request implementation” asks for that form with the message’s address', async (t) => {
  const desk = installed(t);
  await choose(desk, 'Request implementation', 'post1');
  assert.equal(desk.sidecar.last.command, '/escalate implementation https://chat.test/chat/ops/pl/post1');
  assert.equal(desk.sidecar.last.channelId, 'channel5');
});

test('a direct message takes the team on the screen', async (t) => {
  const desk = installed(t);
  await escalate(desk, 'direct');
  assert.equal(desk.sidecar.last.command, '/escalate message https://chat.test/chat/sales/pl/direct');
  assert.deepEqual([desk.sidecar.last.channelId, desk.sidecar.last.teamId], ['direct1', 'team1']);
});

test('a message of which nothing is known is taken to be in the channel on the screen', async (t) => {
  const desk = installed(t);
  await escalate(desk, 'nowhere');
  assert.equal(desk.sidecar.last.channelId, 'channel1');
});

test('without the site’s address or the team’s name, the address leads to the message as well', async (t) => {
  const desk = installed(t, { general: {}, teams: { currentTeamId: 'team1' } }, { basename: '/chat' });
  await escalate(desk, 'post1');
  assert.equal(desk.sidecar.last.command, '/escalate message https://chat.test/chat/_redirect/pl/post1');
});

for (const [id, isOffered] of [
  ['post1', true],
  ['direct', true],
  ['own', true],
  ['joined', false],
  ['gone', false],
  ['deleted', false],
  ['unknown', false],
] as const) {
  test(`the menu of the message “${id}” ${isOffered ? 'offers' : 'does not offer'} it`, (t) => {
    const desk = installed(t);
    for (const text of ['Escalate this message', 'Request implementation']) {
      assert.equal((entry(desk, text).filter as (id: string) => boolean)(id), isOffered);
    }
  });
}

test('what goes wrong with it is told in the corner of the page', async (t) => {
  const desk = installed(t);
  desk.sidecar.answers = { command: (ask) => ask.respond(refusal(403, 'api.context.permissions.app_error')) };
  await escalate(desk, 'post1');
  assert.deepEqual(desk.alerts, ['You may not post in this channel, so you cannot escalate from it. Try another channel.']);
});
