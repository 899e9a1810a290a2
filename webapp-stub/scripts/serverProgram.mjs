// The published program of one platform, as an archive carries it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { withOwnLibraries } from './ownLibraries.mjs';
import { fromRoot } from './paths.mjs';

// What glibc does not bring. The system on which this is built has them; Mattermost's own image may not.
const libraries = ['libstdc++.so.6', 'libgcc_s.so.1', 'libicudata.so.72', 'libicui18n.so.72', 'libicuuc.so.72'];
const places = ['/usr/lib/x86_64-linux-gnu', '/lib/x86_64-linux-gnu', '/usr/lib64'];

/** @param {string} platform As .NET calls it. */
export const publishedIn = (platform) => fromRoot(`artifacts/server/${platform}`);

/**
 * On x64 Linux it brings its libraries along and needs glibc only.
 * @param {string} platform As .NET calls it: linux-x64, linux-arm64, win-x64.
 * @returns {{ program: Buffer, libraries: { name: string, content: Buffer, isForeign: boolean }[] }} What stands in one
 *   folder; a foreign library is one of this machine's, not of a package.
 * @throws {Error} It was not published, or the libraries are not here.
 */
export function serverProgram(platform) {
  const folder = publishedIn(platform);
  const name = platform.startsWith('win-') ? 'Sidecar.exe' : 'Sidecar';
  if (!existsSync(`${folder}/${name}`)) {
    throw new Error(`artifacts/server/${platform}/${name} is missing: dotnet publish makes it, see build.ps1.`);
  }

  const program = readFileSync(`${folder}/${name}`);
  const natives = readdirSync(folder)
    .filter((file) => /\.(so|dll|dylib)$/.test(file))
    .map((file) => ({ name: file, content: readFileSync(`${folder}/${file}`), isForeign: false }));
  return platform === 'linux-x64'
    ? { program: withOwnLibraries(program), libraries: [...natives, ...foreign()] }
    : { program, libraries: natives };
}

function foreign() {
  const found = libraries.map((name) => ({
    name,
    path: places.map((place) => `${place}/${name}`).find((path) => existsSync(path)),
  }));
  const missing = found.filter(({ path }) => path === undefined).map(({ name }) => name);
  if (missing.length > 0) {
    throw new Error(`Mattermost's image has none of these, and this machine neither: ${missing.join(', ')}. Build on Debian 12.`);
  }

  return found.map(({ name, path }) => ({ name, content: readFileSync(/** @type {string} */ (path)), isForeign: true }));
}
