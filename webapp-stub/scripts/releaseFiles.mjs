// What a release is made of, beside the programs.
import { readdirSync, readFileSync } from 'node:fs';
import { fromRoot } from './paths.mjs';

/** Each is one archive of the sidecar; the program of the first is also in the plugin that Mattermost runs. */
export const platforms = ['linux-x64', 'linux-arm64', 'win-x64'];

/** What stands beside the program for whoever administers it: at the repository's root, as its own pages link to it. */
const beside = ['LICENSE', 'README.md', 'CHANGELOG.md', 'docs', 'ops'];

/**
 * @param {string} folder The folder of the archive in which everything stands.
 * @returns {import('./tar.mjs').Entry[]}
 */
export const documents = (folder) =>
  beside.flatMap(filesBelow).map((path) => ({ name: `${folder}/${path}`, content: readFileSync(fromRoot(path)) }));

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  try {
    return readdirSync(fromRoot(path)).flatMap((name) => filesBelow(`${path}/${name}`));
  } catch (problem) {
    if (/** @type {NodeJS.ErrnoException} */ (problem).code === 'ENOTDIR') {
      return [path];
    }

    throw problem;
  }
}
