// Makes dist/<id>-<version>.tar.gz at the root: the file that an administrator, or set-up, uploads.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fromRoot } from './paths.mjs';
import { pluginFiles } from './pluginFiles.mjs';
import { tarGz } from './tar.mjs';

const { id, version, entries } = pluginFiles();
const archive = `dist/${id}-${version}.tar.gz`;
const bytes = tarGz(entries);
mkdirSync(fromRoot('dist'), { recursive: true });
writeFileSync(fromRoot(archive), bytes);
const hash = createHash('sha256').update(bytes).digest('hex');
console.log(`${archive}  ${bytes.length} bytes  sha256 ${hash}`);
