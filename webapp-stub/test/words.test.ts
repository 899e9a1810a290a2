import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import ts from 'typescript';
import { fromRoot } from '../scripts/paths.mjs';
import { label, words } from '../src/words.ts';

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
  assert.deepEqual(found, []);
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

const { codes } = JSON.parse(readFileSync(fromRoot('webapp-stub/wire.json'), 'utf8')) as { codes: Record<string, string[]> };
for (const [code, of] of [
  ['urgency', 'urgencies'],
  ['kind', 'kinds'],
  ['assignmentState', 'assignmentStates'],
  ['part', 'parts'],
  ['customerPart', 'customerParts'],
] as const) {
  test(`there are words for every ${code} that the sidecar sends`, () => {
    assert.ok((codes[code]?.length ?? 0) >= 2);
    assert.deepEqual(codes[code]?.filter((one) => label(of, one) === one), []);
  });
}
