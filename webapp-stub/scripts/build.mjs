// Makes dist/main.js, the one script that Mattermost loads.
import { build } from 'esbuild';
import { fromRoot } from './paths.mjs';

await build({
  entryPoints: [fromRoot('webapp-stub/src/index.ts')],
  outfile: fromRoot('webapp-stub/dist/main.js'),
  bundle: true,
  format: 'iife',
  target: 'es2022',
  minify: true,
  loader: { '.svg': 'text' },
  logLevel: 'warning',
});
