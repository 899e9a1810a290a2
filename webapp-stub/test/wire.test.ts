import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromRoot } from '../scripts/paths.mjs';
import { wireTypes } from '../scripts/wireTypes.mjs';
import * as wire from '../src/wire.ts';

const file = (path: string): string => readFileSync(fromRoot(`webapp-stub/${path}`), 'utf8').replaceAll('\r\n', '\n');

test('types and reader are made of what the sidecar says of the wire', () => {
  const described = JSON.parse(file('wire.json')) as Parameters<typeof wireTypes>[0];
  assert.equal(file('src/wire.ts'), wireTypes(described), 'run: npm run wire');
});

test('every shape that is named is described', () => {
  const plain = ['text', 'number', 'flag'];
  const named = Object.values(wire.shapes).flatMap((fields) => Object.values(fields).map((of) => of.replace(/\W/g, '')));
  assert.deepEqual(named.filter((name) => !plain.includes(name) && !(name in wire.shapes)), []);
});
