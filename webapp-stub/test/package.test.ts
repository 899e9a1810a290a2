import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { withOwnLibraries } from '../scripts/ownLibraries.mjs';
import { fromRoot } from '../scripts/paths.mjs';
import { pluginFiles } from '../scripts/pluginFiles.mjs';
import { tar, tarGz } from '../scripts/tar.mjs';

const entry = (name: string, content = name): { name: string; content: Buffer } => ({
  name,
  content: Buffer.from(content),
});

test('the archive holds the manifest, the icon and the bundle where the manifest says', () => {
  const { id, entries } = pluginFiles();
  assert.equal(id, 'escalate');
  assert.deepEqual(names(tar(entries)), [
    'escalate/',
    'escalate/assets/',
    'escalate/assets/icon.svg',
    'escalate/plugin.json',
    'escalate/webapp/',
    'escalate/webapp/dist/',
    'escalate/webapp/dist/main.js',
  ]);
  const bundle = entries.find(({ name }) => name.endsWith('main.js'));
  assert.deepEqual(bundle?.content, readFileSync(fromRoot('webapp-stub/dist/main.js')));
});

test('the same entries in another order give the same bytes', () => {
  const entries = ['b/two', 'a/deep/one', 'b/one', 'c'].map((name) => entry(name));
  assert.deepEqual(tarGz(entries), tarGz([...entries].reverse()));
});

test('no clock, user or machine is in the archive', () => {
  const zipped = tarGz([entry('a/b')]);
  assert.deepEqual([...zipped.subarray(4, 8)], [0, 0, 0, 0]);
  assert.equal(zipped[9], 255);
  for (const header of headers(gunzipSync(zipped))) {
    assert.equal(field(header, 108, 8), '0000000');
    assert.equal(field(header, 116, 8), '0000000');
    assert.equal(field(header, 136, 12), '00000000000');
    assert.equal(field(header, 265, 64), '');
  }
});

test('files can be read and folders entered', () => {
  const modes = headers(tar([entry('a/b')])).map((header) => [field(header, 0, 100), field(header, 100, 8)]);
  assert.deepEqual(modes, [
    ['a/', '0000755'],
    ['a/b', '0000644'],
  ]);
});

test('a program can be started', () => {
  const [, program] = headers(tar([{ ...entry('a/b'), isProgram: true }]));
  assert.equal(program && field(program, 100, 8), '0000755');
});

test('a program finds the libraries beside it, and nothing in it moves', () => {
  const program = smallestElf();
  const own = withOwnLibraries(program);
  assert.equal(own.length, program.length);
  const strings = 0x300n;
  const place = BigInt.asUintN(64, strings + own.readBigUInt64LE(0x108));
  assert.equal(own.readBigUInt64LE(0x100), 15n);
  assert.equal(own.toString('latin1', Number(place), Number(place) + 8), '$ORIGIN\0');
  assert.throws(() => withOwnLibraries(Buffer.alloc(64)), /no 64-bit ELF/);
});

/** A note with the mark of the build at 0x200, two dynamic entries at 0x100, strings at 0x300. */
function smallestElf(): Buffer {
  const file = Buffer.alloc(0x400);
  file.writeUInt32BE(0x7f454c46, 0);
  file[4] = 2;
  file[5] = 1;
  file.writeBigUInt64LE(64n, 32);
  file.writeUInt16LE(2, 56);
  const segment = (at: number, type: number, offset: bigint, size: bigint): void => {
    file.writeUInt32LE(type, at);
    file.writeBigUInt64LE(offset, at + 8);
    file.writeBigUInt64LE(offset, at + 16);
    file.writeBigUInt64LE(size, at + 32);
  };
  segment(64, 2, 0x100n, 32n);
  segment(120, 4, 0x200n, 36n);
  file.writeBigUInt64LE(21n, 0x100);
  file.writeBigUInt64LE(5n, 0x110);
  file.writeBigUInt64LE(0x300n, 0x118);
  file.writeUInt32LE(4, 0x200);
  file.writeUInt32LE(20, 0x204);
  file.writeUInt32LE(3, 0x208);
  return file;
}

test('contents of every length come back, and each header’s sum is right', () => {
  const sizes = [0, 1, 511, 512, 513, 1024, 70_000];
  const entries = sizes.map((size) => entry(`f/${size}`, 'é'.repeat(size).slice(0, size)));
  const archive = tar(entries);
  assert.equal(archive.length % 512, 0);
  const read = new Map(files(archive));
  for (const { name, content } of entries) {
    assert.deepEqual(read.get(name), content);
  }

  for (const header of headers(archive)) {
    const blanked = Buffer.from(header);
    blanked.fill(' ', 148, 156);
    assert.equal(parseInt(field(header, 148, 8), 8), blanked.reduce((sum, byte) => sum + byte, 0));
  }
});

for (const name of ['/etc/passwd', 'a/../b', 'a//b', './a', 'a/', 'x'.repeat(101)]) {
  test(`a name like ${name.slice(0, 20)} is refused`, () => {
    assert.throws(() => tar([entry(name)]), /plain relative path|too long/);
  });
}

test('a name given twice is refused', () => {
  assert.throws(() => tar([entry('a'), entry('a')]), /same name/);
});

test('another reader of tar takes it', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'escalate-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const { entries } = pluginFiles();
  writeFileSync(join(folder, 'a.tar.gz'), tarGz(entries));
  const run = spawnSync('tar', ['-xzf', 'a.tar.gz'], { cwd: folder, encoding: 'utf8' });
  if (run.error) {
    t.skip('there is no tar on this machine');
    return;
  }

  assert.equal(run.status, 0, run.stderr);
  assert.equal(run.stderr, '');
  for (const { name, content } of entries) {
    assert.deepEqual(readFileSync(join(folder, name)), content);
  }
});

const field = (header: Buffer, from: number, length: number): string =>
  header.toString('utf8', from, from + length).replace(/\0.*$/s, '');

function* walk(archive: Buffer): Generator<readonly [Buffer, Buffer]> {
  for (let at = 0; archive[at] !== 0; ) {
    const header = archive.subarray(at, at + 512);
    const size = parseInt(field(header, 124, 12), 8);
    yield [header, archive.subarray(at + 512, at + 512 + size)];
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

const headers = (archive: Buffer): Buffer[] => [...walk(archive)].map(([header]) => header);
const files = (archive: Buffer): [string, Buffer][] =>
  [...walk(archive)].map(([header, content]) => [field(header, 0, 100), Buffer.from(content)]);
const names = (archive: Buffer): string[] => files(archive).map(([name]) => name);
