// Makes dist/main.js, the one script that Mattermost loads.
import { build } from 'esbuild';
import { fromRoot } from './paths.mjs';
import { text } from './text.mjs';

await build({
  entryPoints: [fromRoot('webapp-stub/src/index.ts')],
  outfile: fromRoot('webapp-stub/dist/main.js'),
  bundle: true,
  format: 'iife',
  target: 'es2022',
  minify: true,
  plugins: [text],
  // The page has React already, and hooks work only with the one that draws the page.
  alias: { react: fromRoot('webapp-stub/src/hostReact.cjs') },
  logLevel: 'warning',
});
