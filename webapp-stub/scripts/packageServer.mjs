// Makes dist/<id>-<version>-linux-amd64.tar.gz: the plugin with the program that Mattermost runs itself.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { withOwnLibraries } from './ownLibraries.mjs';
import { fromRoot } from './paths.mjs';
import { pluginFiles } from './pluginFiles.mjs';
import { tarGz } from './tar.mjs';

const folder = fromRoot('artifacts/server/linux-x64');
const program = `${folder}/Sidecar`;
if (!existsSync(program)) {
  throw new Error('artifacts/server/linux-x64/Sidecar is missing: dotnet publish makes it, see build.ps1.');
}

// What glibc does not bring. The system on which this is built has them; Mattermost's own image may not.
const libraries = ['libstdc++.so.6', 'libgcc_s.so.1', 'libicudata.so.72', 'libicui18n.so.72', 'libicuuc.so.72'];
const places = ['/usr/lib/x86_64-linux-gnu', '/lib/x86_64-linux-gnu', '/usr/lib64'];
const found = libraries.flatMap((name) =>
  places.map((place) => ({ name, path: `${place}/${name}` })).filter(({ path }) => existsSync(path)).slice(0, 1),
);
const missing = libraries.filter((name) => !found.some((library) => library.name === name));
if (missing.length > 0) {
  throw new Error(`Mattermost's image has none of these, and this machine neither: ${missing.join(', ')}. Build on Debian 12.`);
}

const { id, version, entries } = pluginFiles();
const server = JSON.parse(readFileSync(fromRoot('plugin-manifest/server.json'), 'utf8'));
const natives = readdirSync(folder)
  .filter((name) => name.endsWith('.so'))
  .map((name) => ({ name, path: `${folder}/${name}` }));
const files = entries.map((entry) =>
  entry.name === `${id}/plugin.json`
    ? { ...entry, content: Buffer.from(`${JSON.stringify({ ...JSON.parse(entry.content.toString()), ...server }, null, 2)}\n`) }
    : entry,
);
files.push(
  {
    name: `${id}/${server.server.executables['linux-amd64']}`,
    content: withOwnLibraries(readFileSync(program)),
    isProgram: true,
  },
  ...[...natives, ...found].map(({ name, path }) => ({ name: `${id}/server/${name}`, content: readFileSync(path) })),
);
const archive = `dist/${id}-${version}-linux-amd64.tar.gz`;
const bytes = tarGz(files);
mkdirSync(fromRoot('dist'), { recursive: true });
writeFileSync(fromRoot(archive), bytes);
console.log(`${archive}  ${bytes.length} bytes  sha256 ${createHash('sha256').update(bytes).digest('hex')}`);
