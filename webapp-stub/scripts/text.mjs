// Files that are put into the script as text: images as they are, style sheets without what only people read.
import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';

/** @type {import('esbuild').Plugin} */
export const text = {
  name: 'text',
  setup(build) {
    build.onLoad({ filter: /\.svg$/ }, ({ path }) => ({ contents: readFileSync(path, 'utf8'), loader: 'text' }));
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'css', minify: true, target: 'chrome111' });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};
