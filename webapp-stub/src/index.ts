import type { HostWindow } from './host.ts';
import { EscalatePlugin } from './plugin.ts';
import { id } from '../../plugin-manifest/plugin.json';

const host = window as unknown as HostWindow;
host.registerPlugin(id, new EscalatePlugin(host));
