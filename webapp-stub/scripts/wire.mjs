// Makes src/wire.ts of wire.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { fromRoot } from './paths.mjs';
import { wireTypes } from './wireTypes.mjs';

const wire = JSON.parse(readFileSync(fromRoot('webapp-stub/wire.json'), 'utf8'));
writeFileSync(fromRoot('webapp-stub/src/wire.ts'), wireTypes(wire));
