// A tar.gz that depends on nothing but what is put in: no clock, no user, no order of a file system.
import { gzipSync } from 'node:zlib';

const block = 512;

/**
 * @typedef {object} Entry
 * @property {string} name With forward slashes, relative; at the most 100 bytes.
 * @property {Uint8Array} content
 * @property {boolean} [isProgram] It can be started.
 */

/**
 * The same entries in any order give the same bytes, with the same version of Node.
 * @param {readonly Entry[]} entries Files; their folders are added.
 * @returns {Buffer}
 */
export function tarGz(entries) {
  const zipped = gzipSync(tar(entries), { level: 9 });
  // Node writes no time into the gzip header, but its operating system, at offset 9: 255 stands for unknown.
  zipped[9] = 255;
  return zipped;
}

/**
 * @param {readonly Entry[]} entries
 * @returns {Buffer}
 */
export function tar(entries) {
  const files = new Map(entries.map((entry) => [entry.name, entry]));
  if (files.size !== entries.length) {
    throw new Error('Two entries have the same name.');
  }

  const names = [...new Set([...files.keys()].flatMap(foldersOf)), ...files.keys()].sort(byBytes);
  const parts = names.flatMap((name) => {
    const file = files.get(name);
    return file
      ? [header(name, file.content.length, file.isProgram), padded(file.content)]
      : [header(name, 0)];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * block)]);
}

/**
 * @param {string} name
 * @returns {string[]}
 */
function foldersOf(name) {
  const parts = name.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new Error(`“${name}” is not a plain relative path.`);
  }

  return parts.slice(1).map((_, i) => `${parts.slice(0, i + 1).join('/')}/`);
}

/**
 * One ustar header; a name that ends in a slash is a folder.
 * @param {string} name
 * @param {number} size
 * @param {boolean} [isProgram]
 */
function header(name, size, isProgram = false) {
  if (Buffer.byteLength(name) > 100) {
    throw new Error(`“${name}” is too long: ustar keeps 100 bytes.`);
  }

  const folder = name.endsWith('/');
  const bytes = Buffer.alloc(block);
  bytes.write(name, 0);
  bytes.write(folder || isProgram ? '0000755\0' : '0000644\0', 100);
  bytes.write('0000000\0', 108); // user
  bytes.write('0000000\0', 116); // group
  bytes.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  bytes.write('00000000000\0', 136); // time: 1970
  bytes.write('        ', 148); // the checksum counts itself as spaces
  bytes.write(folder ? '5' : '0', 156);
  bytes.write('ustar\x0000', 257);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
}

/** @param {Uint8Array} content */
function padded(content) {
  const bytes = Buffer.alloc(Math.ceil(content.length / block) * block);
  bytes.set(content);
  return bytes;
}

/**
 * Not by locale: the order must be the same on every machine.
 * @param {string} a
 * @param {string} b
 */
const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
