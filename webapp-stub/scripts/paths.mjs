import { fileURLToPath } from 'node:url';

/** @param {string} path Relative to the repository's root. */
export const fromRoot = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
