import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import ts from 'typescript';
import { fromRoot } from '../scripts/paths.mjs';
import { commandLabels, label, words } from '../src/words.ts';

const folder = fromRoot('webapp-stub/src');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('words.ts') && !file.endsWith('.d.ts'))
  .map((file) => [file, readFileSync(`${folder}/${file}`, 'utf8')] as const);

test('every text is used somewhere', () => {
  const all = sources.map(([, text]) => text).join('\n') + readFileSync(`${folder}/words.ts`, 'utf8');
  // Read by names that stand elsewhere: who is what in an assignment.
  const byName = ['engineer', 'backUp', 'customerEngineer'];
  const unused = Object.keys(words).filter((name) => !byName.includes(name) && !new RegExp(`words\\.${name}\\b`).test(all));
  assert.deepEqual(unused, []);
});

/** What stands between tags, or in an attribute that people read or hear. */
function* readByPeople(node: ts.Node): Generator<string> {
  if (ts.isJsxText(node)) {
    yield node.text;
  } else if (
    ts.isJsxAttribute(node) &&
    /^(title|label|hint|name|text|alt|placeholder|aria-label)$/.test(node.name.getText()) &&
    node.initializer &&
    ts.isStringLiteral(node.initializer) &&
    node.parent.parent.getText().split(/\s/)[0] !== '<Icon'
  ) {
    yield node.initializer.text;
  }

  for (const child of node.getChildren()) {
    yield* readByPeople(child);
  }
}

test('no text that people read stands outside of words.ts', () => {
  const found = sources
    .filter(([file]) => file.endsWith('.tsx'))
    .flatMap(([file, text]) =>
      [...readByPeople(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX))]
        .filter((said) => /\p{L}/u.test(said))
        .map((said) => [file, said.trim()]),
    );
  // The command that is to be typed, which is no language.
  assert.deepEqual(found, [['panel/mine.tsx', '/escalate']]);
});

test('no sentence stands in a literal outside of words.ts', () => {
  const sentence = /['"`][A-Z“][^'"`\n]* [^'"`\n]*[.?!…:]['"`]/;
  assert.deepEqual(sources.filter(([, text]) => sentence.test(text)).map(([file]) => file), []);
});

test('codes that are no codes are shown as they are', () => {
  for (const code of ['toString', '__proto__', 'constructor', '', 'whatever']) {
    assert.equal(label('states', code), code);
  }

  assert.equal(label('states', 'needs-information'), 'Needs information');
});

test('there is a label for every command of the form that does what is to be done', () => {
  const form = /`command` \(what does it[^)]*: one of ([^)]*) and ([^)]*)\)/.exec(readFileSync(fromRoot('webapp-stub/data.md'), 'utf8'));
  const commands = [...(form?.[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, command]) => command ?? '');
  assert.ok(commands.length >= 11, 'they are listed in data.md');
  assert.deepEqual(commands.filter((command) => !commandLabels.some(([like]) => like.test(command))), []);
  assert.match(form?.[2] ?? '', /@/, 'where somebody has to be named, it is there to be typed');
});

for (const [what, of] of [
  [/`state` \((`needs-information`[^)]*)\)/, 'states'],
  [/`moves`: of ([^:]*):/, 'moves'],
  [/`urgency` \(([^)]*)\)/, 'urgencies'],
  [/`kind` \(([^)]*)\)/, 'kinds'],
  [/`state` \((`requested`[^)]*)\)/, 'assignmentStates'],
  [/`parts` \(of ([^:]*):/, 'parts'],
] as const) {
  test(`there are words for all ${of} of the form`, () => {
    const form = readFileSync(fromRoot('webapp-stub/data.md'), 'utf8');
    const codes = [...(what.exec(form)?.[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');
    assert.ok(codes.length >= 2, 'they are listed in data.md');
    assert.deepEqual(codes.filter((code) => label(of, code) === code), []);
  });
}
