import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Ask } from './fakes.ts';
import { answering, escalation, move, run, stage, task, todo } from './panelData.ts';
import { PanelDesk } from './panelDesk.ts';

const one = escalation({ next: move('close', 'Close'), checklist: [stage('1', 'Begin', [task('1.1')])] });
const notices = (desk: PanelDesk): string[] => desk.texts('.escalate-notice');

/** The details of one, in which something was pressed and has not been answered. */
async function pressed(t: TestContext, button: string | ((desk: PanelDesk) => HTMLElement)): Promise<readonly [PanelDesk, Ask]> {
  const desk = await PanelDesk.open(t, answering({ one }));
  await desk.presses(desk.row('ESC-1'));
  desk.sidecar.isHolding = true;
  await desk.presses(typeof button === 'string' ? button : button(desk));
  desk.sidecar.isHolding = false;
  return [desk, desk.sidecar.last];
}

test('what was answered goes on “Back”, and does not come again with another', async (t) => {
  const [desk, asked] = await pressed(t, 'Close');
  await desk.does(() => desk.sidecar.answer(asked));
  assert.deepEqual(notices(desk), ['Done.']);
  await desk.presses('Back');
  assert.deepEqual(notices(desk), []);
  await desk.presses(desk.row('ESC-2'));
  assert.deepEqual(notices(desk), []);
});

test('what was answered under “My work” goes when details are opened from there', async (t) => {
  const mine = { todo: [todo({ text: 'One', about: 'ESC-7', action: run('ack ESC-7', 'Acknowledge') })] };
  const desk = await PanelDesk.open(t, answering({ mine }));
  await desk.presses('My work');
  await desk.presses('Acknowledge');
  assert.deepEqual(notices(desk), ['Done.']);
  await desk.presses('Details');
  assert.deepEqual(notices(desk), []);
});

test('an answer that comes after its escalation was left says which one it is about', async (t) => {
  const [desk, asked] = await pressed(t, 'Close');
  await desk.presses('Back');
  await desk.presses(desk.row('ESC-2'));
  await desk.does(() => asked.answer({ said: { text: 'It was closed before.', isRefusal: true } }));
  assert.deepEqual(notices(desk), ['ESC-1It was closed before.']);
});

test('a failure that comes after its escalation was left says which one it is about', async (t) => {
  const [desk, asked] = await pressed(t, 'Close');
  await desk.presses('Back');
  await desk.does(() => asked.breakOff());
  assert.match(notices(desk)[0] ?? '', /^ESC-1Mattermost could not be reached\./);
});

test('what is under way for one does not look so in another', async (t) => {
  for (const button of ['Close', (desk: PanelDesk) => desk.one('input')] as const) {
    const [desk] = await pressed(t, button);
    await desk.presses('Back');
    await desk.presses(desk.row('ESC-2'));
    assert.deepEqual(desk.texts('.escalate-actions button'), ['Close']);
    assert.equal((desk.one('input') as HTMLInputElement).checked, false);
    await desk.close();
  }
});
