// What the uploaded plugin is made of.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fromRoot } from './paths.mjs';

/**
 * @returns {{ id: string, version: string, entries: import('./tar.mjs').Entry[] }}
 * @throws {Error} The bundle was not built, or the manifest names a file that is not there.
 */
export function pluginFiles() {
  const bundle = fromRoot('webapp-stub/dist/main.js');
  if (!existsSync(bundle)) {
    throw new Error('webapp-stub/dist/main.js is missing: run “npm run build” first.');
  }

  const manifest = JSON.parse(readFileSync(fromRoot('plugin-manifest/plugin.json'), 'utf8'));
  const { id, version } = manifest;
  const assets = readdirSync(fromRoot('plugin-manifest/assets')).map((file) => `assets/${file}`);
  if (manifest.icon_path && !assets.includes(manifest.icon_path)) {
    throw new Error(`plugin.json names the icon ${manifest.icon_path}, which is not there.`);
  }

  return {
    id,
    version,
    entries: [
      ...['plugin.json', ...assets].map((path) => ({
        name: `${id}/${path}`,
        content: readFileSync(fromRoot(`plugin-manifest/${path}`)),
      })),
      { name: `${id}/${manifest.webapp.bundle_path}`, content: readFileSync(bundle) },
    ],
  };
}
