import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import * as React from 'react';
import { fromRoot } from '../scripts/paths.mjs';
import { chevrons } from '../src/icon.ts';
import { answering, escalation, move } from './panelData.ts';
import { PanelDesk } from './panelDesk.ts';

const bundle = readFileSync(fromRoot('webapp-stub/dist/main.js'), 'utf8');
const manifest = JSON.parse(readFileSync(fromRoot('plugin-manifest/plugin.json'), 'utf8')) as { id: string };

test('the bundle names no address; the one URL in it is the name of SVG', () => {
  const urls = decodeURIComponentLoosely(bundle).match(/\b(?:https?|wss?|ftp):\/\/[^\s"'`<>]*|["'`]\/\/[\w.]+/gi) ?? [];
  assert.deepEqual([...new Set(urls)], ['http://www.w3.org/2000/svg']);
});

test('the only ways out of the bundle are one fetch and no other', () => {
  assert.equal(bundle.match(/\bfetch\(/g)?.length, 1);
  assert.deepEqual(found(/XMLHttpRequest\(|sendBeacon|new WebSocket|EventSource|\bimport\(|Worker\b|postMessage/g), []);
  assert.deepEqual(found(/window\.open|\.src\b|\.submit\(|location\.(?!origin\b)|location=/g), []);
  assert.deepEqual(found(/createElement\("(?:img|image|script|link|iframe|object|embed|form|video|audio|use)\b/g), []);
  // What is in the style sheet would be fetched as well.
  assert.deepEqual(found(/\burl\(|@import|@font-face/g), []);
});

test('nothing in the bundle makes code or markup of text, or keeps anything in the browser', () => {
  assert.deepEqual(found(/\beval\b|\bFunction\(|setTimeout\(["'`]|document\.write|javascript:/g), []);
  assert.deepEqual(found(/innerHTML|outerHTML|insertAdjacent|dangerouslySet|createContextualFragment|DOMParser|srcdoc/g), []);
  assert.deepEqual(found(/localStorage|sessionStorage|indexedDB|\bcaches\b|cookie=/g), []);
});

test('the bundle is small and brings no React', () => {
  const size = Buffer.byteLength(bundle);
  assert.ok(size < 80_000, `${size} bytes`);
  assert.deepEqual(found(/react\.(element|production|transitional|fragment|memo)|__SECRET_INTERNALS|createRoot|react-dom/g), []);
});

test('the bundle registers one plugin, under the manifest’s id', () => {
  const registered: unknown[][] = [];
  const window = { React, registerPlugin: (...args: unknown[]) => registered.push(args) };
  runInNewContext(bundle, { window });
  assert.deepEqual(registered.map(([id]) => id), [manifest.id]);
});

test('the bundle, used as people use it, asks its own Mattermost to run commands and nothing else', async (t) => {
  const desk = new PanelDesk(t);
  desk.sidecar.answers = answering({ one: escalation({ next: move('close', 'Close') }) });
  const addresses: string[] = [];
  let plugin: unknown;
  const window = {
    React,
    document: desk.document,
    location: { origin: 'https://chat.test' },
    registerPlugin: (_: string, registered: unknown) => void (plugin = registered),
    fetch(url: string, init: RequestInit) {
      addresses.push(`${init.method ?? ''} ${url}`);
      return desk.sidecar.take({ url, init });
    },
  };
  runInNewContext(bundle, { window, AbortController, AbortSignal, URL, setTimeout, clearTimeout });
  Object.assign(desk, { plugin });
  desk.install();
  await desk.show();
  assert.deepEqual(desk.rows, ['ESC-1', 'ESC-2']);
  await desk.presses(desk.row('ESC-1'));
  await desk.presses('Close');
  await desk.presses('Back');
  await desk.presses('My work');
  await desk.presses('New');
  assert.deepEqual([...new Set(addresses)], ['POST https://chat.test/api/v4/commands/execute']);
  assert.equal(addresses.length, desk.sidecar.asked.length);
});

test('the header icon is drawn like the image', () => {
  const image = readFileSync(fromRoot('plugin-manifest/assets/icon.svg'), 'utf8');
  assert.deepEqual([...image.matchAll(/ d="([^"]+)"/g)].map(([, d]) => d), [...chevrons]);
});

/** Short, where the whole bundle would be told otherwise. */
const found = (pattern: RegExp): string[] => bundle.match(pattern) ?? [];

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
