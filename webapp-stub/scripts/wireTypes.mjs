// Makes what src/wire.ts says of what wire.json says, which the sidecar's own test writes.

/**
 * @typedef {{
 *   version: number,
 *   mark: string,
 *   types: Record<string, Record<string, string>>,
 *   labels: Record<string, Record<string, string>>,
 *   codes: Record<string, string[]>,
 * }} Wire
 */

const plain = new Map([
  ['text', 'string'],
  ['number', 'number'],
  ['flag', 'boolean'],
]);

/** @param {string} of */
const typeOf = (of) => {
  const [, name = '', list, maybe] = /^(\w+)(\[\])?(\?)?$/.exec(of) ?? [];
  const one = plain.get(name) ?? name;
  return `${list ? `readonly ${one}[]` : one}${maybe ? ' | null' : ''}`;
};

/** @param {string} name @param {Record<string, string>} fields */
const typeNamed = (name, fields) =>
  name === 'Ask'
    ? // It is sent back as it came, with whatever a newer sidecar puts into it.
      'export type Ask = Readonly<Record<string, string>>;\n'
    : `export interface ${name} {\n${Object.entries(fields)
        .map(([field, of]) => `  readonly ${field}: ${typeOf(of)};\n`)
        .join('')}}\n`;

/** @param {unknown} value */
const literal = (value) => JSON.stringify(value, null, 2).replaceAll('\u2063', '\\u2063');

/** @param {Wire} wire */
export const wireTypes = ({ version, mark, types, labels, codes }) => {
  const { Request: _, ...answers } = types;
  return [
    '// Made of wire.json by scripts/wire.mjs (npm run wire); a test holds that it is.\n',
    `export const version = ${version};\n`,
    '/** Stands before the JSON, so that nobody types it by accident. */',
    `export const mark = ${literal(mark)};\n`,
    ...Object.entries(answers).map(([name, fields]) => typeNamed(name, fields)),
    ...Object.entries(codes).map(
      ([name, all]) =>
        `export type ${name[0]?.toUpperCase()}${name.slice(1)}Code = ${all.map((code) => `'${code}'`).join(' | ')};\n`,
    ),
    '/** How people read codes, in the same words as everywhere in the product. */',
    `export const labels = ${literal(labels)} as const;\n`,
    '/** What an answer is made of, for the reader: the names of fields and what they hold. */',
    `export const shapes: Readonly<Record<string, Readonly<Record<string, string>>>> = ${literal(answers)};\n`,
  ].join('\n');
};
