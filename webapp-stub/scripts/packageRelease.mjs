// Makes, of what was built before, what a release has in dist/: an archive of the sidecar for each platform that was
// published, the bill of materials, and the checksums of all of it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { bill } from './bill.mjs';
import { fromRoot } from './paths.mjs';
import { pluginFiles } from './pluginFiles.mjs';
import { documents, platforms } from './releaseFiles.mjs';
import { publishedIn, serverProgram } from './serverProgram.mjs';
import { tarGz } from './tar.mjs';

const { id, version } = pluginFiles();
const plugin = `${id}-${version}.tar.gz`;
const packages = fromRoot('artifacts/bill.json');
const needed = [
  { file: fromRoot(`dist/${plugin}`), task: 'package' },
  { file: packages, task: 'bill' },
];
for (const { file, task } of needed) {
  if (!existsSync(file)) {
    throw new Error(`${file} is missing: ./build.ps1 -Task ${task} makes it.`);
  }
}

const published = platforms.filter((platform) => existsSync(publishedIn(platform)));
if (published.length === 0) {
  throw new Error('No program was published: ./build.ps1 -Task program makes one.');
}

mkdirSync(fromRoot('dist'), { recursive: true });
const programs = new Map(published.map((platform) => [platform, serverProgram(platform)]));
const foreign = [...programs.values()].flatMap(({ libraries }) => libraries.filter(({ isForeign }) => isForeign));
const materials = Buffer.from(`${JSON.stringify(bill(JSON.parse(readFileSync(packages, 'utf8')), version, runtime(), foreign), null, 2)}\n`);
writeFileSync(fromRoot(`dist/${id}-${version}.cdx.json`), materials);
for (const [platform, { program, libraries }] of programs) {
  const folder = `${id}-${version}`;
  writeFileSync(
    fromRoot(`dist/${id}-sidecar-${version}-${platform}.tar.gz`),
    tarGz([
      { name: `${folder}/${platform.startsWith('win-') ? 'Sidecar.exe' : 'Sidecar'}`, content: program, isProgram: true },
      ...libraries.map(({ name, content }) => ({ name: `${folder}/${name}`, content })),
      { name: `${folder}/${plugin}`, content: readFileSync(fromRoot(`dist/${plugin}`)) },
      { name: `${folder}/${id}-${version}.cdx.json`, content: materials },
      ...documents(folder),
    ]),
  );
}

const made = readdirSync(fromRoot('dist'))
  .filter((name) => name.startsWith(`${id}-`) && name.includes(version))
  .sort();
const sums = made.map((name) => `${createHash('sha256').update(readFileSync(fromRoot(`dist/${name}`))).digest('hex')}  ${name}\n`);
writeFileSync(fromRoot('dist/SHA256SUMS'), sums.join(''));
console.log(sums.join(''));

/** The version of .NET in the programs, as the build wrote it down. */
function runtime() {
  const [platform] = published;
  const dependencies = readFileSync(fromRoot(`artifacts/obj/Sidecar/release_${platform}/Sidecar.deps.json`), 'utf8');
  const found = /runtimepack\.Microsoft\.NETCore\.App\.Runtime\.[\w-]+\/(\d+\.\d+\.\d+)/.exec(dependencies);
  if (!found?.[1]) {
    throw new Error('Nothing tells which .NET was published: publish again.');
  }

  return found[1];
}
