import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { PostUtils } from '../src/host.ts';
import type { Data } from './fakes.ts';
import { action, answering, assignment, entry, escalation, item, run, stage, task, todo } from './panelData.ts';
import { PanelDesk, read } from './panelDesk.ts';

const texts = {
  'a tag': '<img src=x onerror=alert(1)><script>alert(2)</script>',
  'a reference': '&lt;b&gt; &#60;b&#62; &amp;',
  'a very long word': 'x'.repeat(5_000),
  'right to left, and its marks': '\u202Eesrever\u202C \u05E9\u05DC\u05D5\u05DD \u200F!',
  'signs beyond the plane': '🔥👩‍👩‍👧‍👦 \uD83D',
  'a template': '${alert(1)} {{7*7}} %s __proto__',
  'lines': 'one\ntwo\r\n\tthree\u2028four',
} as const;

const typed = [
  ...['category', 'impact', 'effort', 'customerImpact', 'links', 'redirectedTo'],
  ...['stateReason', 'resolution', 'confirmedBy', 'bug', 'pullRequest', 'playbook'],
];

/** Every text that people can type, in all places. */
const everywhere = (text: string): Data => ({
  one: escalation({
    customer: text,
    summary: text,
    state: text,
    owner: { id: 'user1', name: text },
    reporter: { id: 'user2', name: text },
    ...Object.fromEntries(typed.map((name) => [name, text])),
    incidentChannel: { id: 'channel9', name: text, title: text, team: text },
    card: text,
    missing: text,
    maybeSameAs: text,
    lastUpdate: { at: text, by: { id: 'user1', name: text }, summary: text },
    checklist: [
      stage(text, text, [
        task(text, { title: text, assignee: { id: 'user3', name: text }, dueAt: text }),
        task('1.2', { title: text, state: 'skipped', reason: text, by: { id: 'user3', name: text } }),
      ]),
    ],
    next: action(text, { [text]: text }),
    more: [action(text, { run: text }), action(text, { move: text }, true)],
  }),
  items: [
    item('ESC-1', {
      customer: text,
      summary: text,
      state: text,
      raisedAt: text,
      nextUpdateAt: text,
      owner: { id: 'user1', name: text },
    }),
  ],
  past: [entry(text, text)],
  mine: {
    todo: [todo({ text, about: text, action: run(text), urgency: text, at: text })],
    customers: [{ key: text, name: text, parts: [text], open: 7, action: run(text) }],
    setup: { done: 0, steps: [{ title: text, isDone: false, text, action: run(text) }, { title: text, isDone: true, text, action: null }] },
    assignments: [
      assignment({
        id: text,
        customer: text,
        kind: text,
        state: text,
        parts: [text],
        nextCheckInAt: text,
        endsOn: text,
        backUp: { id: 'user1', name: text },
      }),
    ],
  },
});

const safe = (desk: PanelDesk): void => {
  assert.equal(desk.all('img, script, iframe, object, b, style').length, 0);
  // The card is a post of this very server, whatever it is called.
  const links = desk.all('a').map((link) => link.getAttribute('href') ?? '');
  assert.deepEqual(links.filter((href) => !/^https:\/\/chat\.test\/_redirect\/pl\/[\w%.!~*'()-]*$/.test(href)), []);
  for (const element of desk.all('.escalate *')) {
    assert.deepEqual(element.getAttributeNames().filter((name) => /^on/i.test(name)), []);
  }
};

for (const [what, text] of Object.entries(texts)) {
  test(`${what} is text wherever it is shown, and nothing else`, async (t) => {
    const desk = await PanelDesk.open(t, answering(everywhere(text)));
    const shown = read({ textContent: text } as Element);
    const times = (): number => desk.text.split(shown).length - 1;
    safe(desk);
    assert.equal(times(), 4);
    await desk.presses(desk.row('ESC-1'));
    safe(desk);
    assert.ok(times() >= 28, `${times()} times`);
    await desk.presses('Back');
    await desk.presses('My work');
    safe(desk);
    assert.ok(times() >= 11, `${times()} times`);
  });
}

/** How a summary is shown: its links. */
async function links(t: TestContext, summary: string): Promise<(string | null)[]> {
  const desk = await PanelDesk.open(t, answering({ one: escalation({ summary }) }));
  await desk.presses(desk.row('ESC-1'));
  const lead = desk.one('.escalate-lead');
  assert.equal(lead.textContent, summary, 'all of it is still there');
  return desk.all('a', lead).map((link) => {
    assert.equal(link.getAttribute('rel'), 'noopener noreferrer');
    assert.equal(link.getAttribute('target'), '_blank');
    assert.equal(link.textContent, link.getAttribute('href'));
    return link.getAttribute('href');
  });
}

for (const [text, followed] of [
  ['See https://tickets.test/7?a=b&c=d#e.', ['https://tickets.test/7?a=b&c=d#e']],
  ['“See https://tickets.test/7” and ‘https://tickets.test/8’', ['https://tickets.test/7', 'https://tickets.test/8']],
  ['(http://a.test/x), HTTPS://B.test!', ['http://a.test/x', 'HTTPS://B.test']],
  ['javascript:alert(1) JaVaScRiPt:alert(1)', []],
  ['data:text/html,<script>alert(1)</script> vbscript:x file:///etc/passwd', []],
  ['[x](javascript:alert(1)) //evil.test/x mattermost://x', []],
  ['https:// http://: https://%%', []],
  ['javascript:"https://a.test/"', ['https://a.test/']],
  ['https://a.test/"onclick="alert(1)', ['https://a.test/']],
] as const) {
  test(`of “${text}”, ${followed.length ? followed.join(' and ') : 'nothing'} can be followed`, async (t) => {
    assert.deepEqual(await links(t, text), followed);
  });
}

test('long rows of what looks like an address are read to their end', async (t) => {
  const long = `https://${'a.'.repeat(20_000)}`;
  assert.deepEqual(await links(t, `${long} ${'https:/'.repeat(5_000)} https://${'.'.repeat(20_000)}`), [long.slice(0, -1)]);
});

/** Like Mattermost's: it escapes, and draws what it knows. */
const postUtils: PostUtils = {
  formatText: (text) => text.replace(/[<>&]/g, (c) => `&#${c.charCodeAt(0)};`),
  messageHtmlToComponent: (html) => `drawn ${html}`,
};

const fails = (): never => {
  throw new Error('no');
};

for (const [what, utils, shown] of [
  ['Mattermost draws Markdown', postUtils, 'drawn **&#60;i&#62;**'],
  ['Mattermost cannot draw it, its source is shown', {}, '**<i>**'],
  ['Mattermost can only do one half of it, its source is shown', { formatText: postUtils.formatText }, '**<i>**'],
  ['Mattermost fails at it, its source is shown', { ...postUtils, formatText: fails }, '**<i>**'],
] as const) {
  test(`where ${what}`, async (t) => {
    const host = { PostUtils: utils as PostUtils };
    const desk = await PanelDesk.open(t, answering({ past: [entry('**<i>**')] }), { host });
    await desk.presses(desk.row('ESC-1'));
    assert.deepEqual(desk.texts('.escalate-timeline .escalate-markdown'), [shown]);
  });
}

test('Mattermost is asked to draw without telling anybody, and keeps its lines', async (t) => {
  const asked: unknown[] = [];
  const host = { PostUtils: { ...postUtils, formatText: (text: string, options: Data) => (asked.push(options), text) } };
  const desk = await PanelDesk.open(t, answering(), { host });
  await desk.presses(desk.row('ESC-1'));
  assert.deepEqual(asked, [{ atMentions: false, singleline: false, mentionHighlight: false }]);
});

test('a severity that there is not is shown as it is, in a colour that there is', async (t) => {
  const items = [-7, 1.2, 99].map((severity, i) => item(`ESC-${i}`, { severity }));
  const desk = await PanelDesk.open(t, answering({ items }));
  assert.deepEqual(
    desk.all('.escalate-badge').map((badge) => [read(badge), badge.className.split(' ')[1]]),
    [['Sev -7', 'escalate-sev1'], ['Sev 1.2', 'escalate-sev1'], ['Sev 99', 'escalate-sev4']],
  );
});

test('an id with signs of selectors is found again on “Back”', async (t) => {
  const id = 'ESC-"]\\ *';
  const desk = await PanelDesk.open(t, answering({ items: [item(id)] }));
  await desk.does(() => desk.all('.escalate-row')[0]?.click());
  await desk.presses('Back');
  assert.equal(desk.focused, id);
});

test('what is null is left out', async (t) => {
  const { id, severity, customer, summary, state } = escalation();
  const one = escalation({ owner: null });
  const items = [item('ESC-1', { owner: null, isStale: null })];
  assert.deepEqual([id, severity, customer, summary, state].filter((value) => value === null), []);
  const desk = await PanelDesk.open(t, answering({ one, items }));
  assert.equal(read(desk.row('ESC-1')), 'Sev 2ESC-1Acmeopen for 3 hWhat happened in ESC-1Acknowledgedowner nobody yet');
  await desk.presses(desk.row('ESC-1'));
  assert.equal(
    read(desk.one('article')),
    'Sev 2ESC-1AcmeWhat happened in ESC-1AcknowledgedOwnernobody yetRaised by@tam, 3 h agoImpactHighEffortLowCategoryProduct bugTimeline2 Mar, 08:00It was raised.',
  );
});
