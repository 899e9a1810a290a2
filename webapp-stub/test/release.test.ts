import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { bill } from '../scripts/bill.mjs';
import { fromRoot } from '../scripts/paths.mjs';
import { documents, platforms } from '../scripts/releaseFiles.mjs';

const packages = {
  bomFormat: 'CycloneDX',
  metadata: { timestamp: '2026-11-30T10:31:50Z', component: { name: 'escalate', version: '0.0.0' } },
  components: [{ type: 'library', name: 'LiteDB', version: '5.0.21' }],
};

test('the bill of materials names packages, runtime, letters and libraries, and no clock', () => {
  const made = bill(packages, '1.2.3', '10.0.12', [{ name: 'libicuuc.so.72', content: Buffer.from('icu') }]);
  assert.equal(made.metadata.timestamp, undefined);
  assert.equal(made.metadata.component.version, '1.2.3');
  assert.deepEqual(
    made.components.map(({ name, version }) => `${name} ${version}`),
    ['LiteDB 5.0.21', '.NET 10.0.12', 'Open Sans 3', 'libicuuc.so.72 72'],
  );
  assert.deepEqual(made.components.at(-1)?.hashes, [
    { alg: 'SHA-256', content: 'ab6a52ad52e69ea708d6af7e009bd2d1b6258486816c40edaefb6163a489eca0' },
  ]);
});

test('an archive of the sidecar has what its administrator reads and uses', () => {
  const names = documents('escalate-1.2.3').map(({ name }) => name);
  for (const path of ['LICENSE', 'CHANGELOG.md', 'docs/administering.md', 'ops/systemd/escalate.service', 'ops/container/Containerfile']) {
    assert.ok(names.includes(`escalate-1.2.3/${path}`), path);
  }
});

test('each platform has its own versions written down, and a task that publishes it', () => {
  const script = readFileSync(fromRoot('build.ps1'), 'utf8');
  for (const platform of platforms) {
    assert.ok(existsSync(fromRoot(`sidecar/packages.${platform}.lock.json`)), platform);
    assert.ok(script.includes(`'artifacts/server/${platform}'`), platform);
  }
});
