// The bill of materials of a release: the packages as CycloneDX found them, and what no package manager knows of.
import { createHash } from 'node:crypto';

/**
 * @typedef {object} Component
 * @property {string} type
 * @property {string} name
 * @property {string} version
 * @property {object[]} [hashes]
 * @property {object[]} [licenses]
 * @property {string} [description]
 *
 * @typedef {{ metadata: { timestamp?: string, component: { version: string, 'bom-ref'?: string } }, components: Component[] }} Bill
 */

/**
 * The same for the same source: without a clock.
 * @param {Bill} packages What `dotnet CycloneDX` wrote.
 * @param {string} version Of the release.
 * @param {string} runtime The version of .NET that the programs bring along.
 * @param {readonly { name: string, content: Uint8Array }[]} libraries Of the machine on which the release was built.
 * @returns {Bill}
 */
export function bill(packages, version, runtime, libraries) {
  const { timestamp: _, ...metadata } = packages.metadata;
  return {
    ...packages,
    metadata: { ...metadata, component: { ...metadata.component, version, 'bom-ref': `escalate@${version}` } },
    components: [
      ...packages.components,
      component('framework', '.NET', runtime, 'MIT', 'Runtime and ASP.NET Core, inside each program.'),
      component('file', 'Open Sans', '3', 'OFL-1.1', 'The letters of the pictures, inside each program.'),
      ...libraries.map(({ name, content }) => ({
        ...component('library', name, versionOf(name), licences(name), 'Of Debian, beside the program for x64 Linux.'),
        hashes: [{ alg: 'SHA-256', content: createHash('sha256').update(content).digest('hex') }],
      })),
    ],
  };
}

/**
 * @param {string} type
 * @param {string} name
 * @param {string} version
 * @param {string} expression In SPDX's words.
 * @param {string} description
 * @returns {Component}
 */
const component = (type, name, version, expression, description) => ({
  type,
  name,
  version,
  description,
  licenses: [{ expression }],
});

/** @param {string} name Such as libicuuc.so.72. */
const versionOf = (name) => name.split('.so.')[1] ?? '';

/** @param {string} name */
const licences = (name) => (name.startsWith('libicu') ? 'Unicode-3.0' : 'GPL-3.0-or-later WITH GCC-exception-3.1');
