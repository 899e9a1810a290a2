import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import * as React from 'react';
import { fromRoot } from '../scripts/paths.mjs';
import { chevrons } from '../src/icon.ts';

const bundle = readFileSync(fromRoot('webapp-stub/dist/main.js'), 'utf8');
const manifest = JSON.parse(readFileSync(fromRoot('plugin-manifest/plugin.json'), 'utf8')) as { id: string };

test('the bundle names no address; the one URL in it is the name of SVG', () => {
  const urls = decodeURIComponentLoosely(bundle).match(/\b(?:https?|wss?|ftp):\/\/[^\s"'`<>]*|["'`]\/\/[\w.]+/gi) ?? [];
  assert.deepEqual([...new Set(urls)], ['http://www.w3.org/2000/svg']);
});

test('the only ways out of the bundle are one fetch and no other', () => {
  assert.equal(bundle.match(/\bfetch\(/g)?.length, 1);
  assert.doesNotMatch(bundle, /XMLHttpRequest\(|sendBeacon|new WebSocket|EventSource|\bimport\(|innerHTML|\beval\(/);
});

test('the bundle is small and brings no React', () => {
  assert.ok(bundle.length < 60_000, `${bundle.length} bytes`);
  assert.doesNotMatch(bundle, /react\.(element|production|transitional)|__SECRET_INTERNALS|createRoot/);
});

test('the bundle registers one plugin, under the manifest’s id', () => {
  const registered: unknown[][] = [];
  const window = { React, registerPlugin: (...args: unknown[]) => registered.push(args) };
  runInNewContext(bundle, { window });
  assert.deepEqual(registered.map(([id]) => id), [manifest.id]);
});

test('the header icon is drawn like the image', () => {
  const image = readFileSync(fromRoot('plugin-manifest/assets/icon.svg'), 'utf8');
  assert.deepEqual([...image.matchAll(/ d="([^"]+)"/g)].map(([, d]) => d), [...chevrons]);
});

/** Undoes percent-encoding where there is any, so that no address can hide in it. */
function decodeURIComponentLoosely(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}
