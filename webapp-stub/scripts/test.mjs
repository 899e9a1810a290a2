// Runs test/*.test.ts with Node's own runner; extra arguments go to it, as in: npm test -- --test-name-pattern=toast
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { fromRoot } from './paths.mjs';
import { text } from './text.mjs';

const compiled = fromRoot('webapp-stub/dist/test');
const tests = readdirSync(fromRoot('webapp-stub/test')).filter((file) => file.endsWith('.test.ts'));
rmSync(compiled, { recursive: true, force: true });
await build({
  entryPoints: tests.map((file) => fromRoot(`webapp-stub/test/${file}`)),
  outdir: compiled,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  plugins: [text],
  // Bundled into another folder, paths.mjs would count its steps up from there.
  define: { 'import.meta.url': JSON.stringify(new URL('paths.mjs', import.meta.url)) },
  logLevel: 'warning',
});
const files = tests.map((file) => `${compiled}/${file.replace(/\.ts$/, '.mjs')}`);
const run = spawnSync(
  process.execPath,
  ['--test', '--enable-source-maps', ...process.argv.slice(2), ...files],
  // Times are written as the reader's machine does; here it must be the same one everywhere.
  { stdio: 'inherit', cwd: fromRoot('webapp-stub'), env: { ...process.env, TZ: 'UTC', LC_ALL: 'en_GB.UTF-8' } },
);
process.exitCode = run.status ?? 1;
