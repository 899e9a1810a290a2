// Lets a program find libraries beside itself, where a system has none: Mattermost's own image holds glibc and nothing else.

const programHeader = 56;
const dynamicEntry = 16;
const tags = { debug: 21n, rpath: 15n, strtab: 5n };
const types = { dynamic: 2, note: 4 };
const buildId = 3;

/**
 * The program with the folder of its own as a place for libraries. Nothing is moved: the entry that is for debuggers
 * names the place, and the mark of the build, which nobody reads, gives room for its name.
 * @param {Buffer} program A 64-bit little-endian ELF file.
 * @returns {Buffer}
 * @throws {Error} It is no such file, or there is no room in it.
 */
export function withOwnLibraries(program) {
  if (program.readUInt32BE(0) !== 0x7f454c46 || program[4] !== 2 || program[5] !== 1) {
    throw new Error('The program is no 64-bit ELF file.');
  }

  const copy = Buffer.from(program);
  const headers = segments(copy);
  const dynamic = entries(copy, one(headers, types.dynamic));
  const room = buildMark(copy, headers);
  const place = Buffer.from('$ORIGIN\0');
  const debug = dynamic.find(({ tag }) => tag === tags.debug);
  const strings = dynamic.find(({ tag }) => tag === tags.strtab);
  if (!debug || !strings || room.size < place.length) {
    throw new Error('The program has no room for a place of libraries.');
  }

  place.copy(copy, room.offset);
  copy.writeBigUInt64LE(tags.rpath, debug.offset);
  // Counted from the strings, which stand behind it.
  copy.writeBigUInt64LE(BigInt.asUintN(64, BigInt(room.address) - strings.value), debug.offset + 8);
  return copy;
}

/** @param {Buffer} file */
function segments(file) {
  const start = Number(file.readBigUInt64LE(32));
  return Array.from({ length: file.readUInt16LE(56) }, (_, i) => {
    const at = start + i * programHeader;
    return {
      type: file.readUInt32LE(at),
      offset: Number(file.readBigUInt64LE(at + 8)),
      address: Number(file.readBigUInt64LE(at + 16)),
      size: Number(file.readBigUInt64LE(at + 32)),
    };
  });
}

/**
 * @param {ReturnType<typeof segments>} all
 * @param {number} type
 */
function one(all, type) {
  const found = all.find((segment) => segment.type === type);
  if (!found) {
    throw new Error(`The program has no segment of type ${type}.`);
  }

  return found;
}

/**
 * @param {Buffer} file
 * @param {{ offset: number, size: number }} segment
 */
function entries(file, { offset, size }) {
  return Array.from({ length: size / dynamicEntry }, (_, i) => ({
    offset: offset + i * dynamicEntry,
    tag: file.readBigUInt64LE(offset + i * dynamicEntry),
    value: file.readBigUInt64LE(offset + i * dynamicEntry + 8),
  }));
}

/**
 * @param {Buffer} file
 * @param {ReturnType<typeof segments>} all
 */
function buildMark(file, all) {
  const notes = one(all, types.note);
  const aligned = (/** @type {number} */ length) => Math.ceil(length / 4) * 4;
  for (let at = notes.offset; at < notes.offset + notes.size; ) {
    const name = aligned(file.readUInt32LE(at));
    const size = file.readUInt32LE(at + 4);
    const offset = at + 12 + name;
    if (file.readUInt32LE(at + 8) === buildId) {
      return { offset, size, address: notes.address + offset - notes.offset };
    }

    at = offset + aligned(size);
  }

  throw new Error('The program has no mark of its build.');
}
