// Makes dist/<id>-<version>-linux-amd64.tar.gz: the plugin with the program that Mattermost runs itself.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fromRoot } from './paths.mjs';
import { pluginFiles } from './pluginFiles.mjs';
import { serverProgram } from './serverProgram.mjs';
import { tarGz } from './tar.mjs';

const { program, libraries } = serverProgram('linux-x64');
const { id, version, entries } = pluginFiles();
const server = JSON.parse(readFileSync(fromRoot('plugin-manifest/server.json'), 'utf8'));
const files = entries.map((entry) =>
  entry.name === `${id}/plugin.json`
    ? { ...entry, content: Buffer.from(`${JSON.stringify({ ...JSON.parse(entry.content.toString()), ...server }, null, 2)}\n`) }
    : entry,
);
files.push(
  { name: `${id}/${server.server.executables['linux-amd64']}`, content: program, isProgram: true },
  ...libraries.map(({ name, content }) => ({ name: `${id}/server/${name}`, content })),
);
const archive = `dist/${id}-${version}-linux-amd64.tar.gz`;
const bytes = tarGz(files);
mkdirSync(fromRoot('dist'), { recursive: true });
writeFileSync(fromRoot(archive), bytes);
console.log(`${archive}  ${bytes.length} bytes  sha256 ${createHash('sha256').update(bytes).digest('hex')}`);
