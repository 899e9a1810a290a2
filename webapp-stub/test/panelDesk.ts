import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { Window } from 'happy-dom';
import * as React from 'react';
import type { HostWindow, Registry, State } from '../src/host.ts';
import { Desk, state } from './desk.ts';
import { FakeRegistry, FakeSidecar, HandClock, type Part } from './fakes.ts';

// React looks for the page when it is loaded, and asks before each update whether tests drive it.
const show = (page: Window): unknown => Object.assign(globalThis, { window: page, document: page.document });
const anyPage = new Window();
show(anyPage);
// Node has one of its own since 21, which cannot be assigned.
globalThis.navigator ??= anyPage.navigator as unknown as Navigator;
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
const { createRoot } = await import('react-dom/client');
const { act } = await import('react-dom/test-utils');

interface Given {
  readonly current?: State;
  readonly without?: readonly Part[];
  readonly host?: Partial<HostWindow>;
}

/** The plugin in a web app of Mattermost, its panel on the page, and a sidecar behind it. */
export class PanelDesk extends Desk {
  readonly clock: HandClock;
  readonly sidecar: FakeSidecar;
  fake: FakeRegistry;
  readonly #without: readonly Part[];
  #root: ReturnType<typeof createRoot> | undefined;

  constructor(t: TestContext, { current = state, without = [], host = {} }: Given = {}) {
    const sidecar = new FakeSidecar();
    const clock = new HandClock();
    super(sidecar.take, { current, clock, host });
    this.sidecar = sidecar;
    this.clock = clock;
    this.#without = without;
    this.fake = new FakeRegistry(without);
    show(this.page);
    Object.assign(this.page, { IntersectionObserver: this.#observerClass() });
    const complaints: unknown[][] = [];
    t.mock.method(console, 'error', (...args: unknown[]) => complaints.push(args));
    t.after(async () => {
      await this.close();
      this.plugin.uninitialize();
      assert.deepEqual(complaints, [], 'React has nothing to complain about');
    });
  }

  /** With the plugin installed and its panel open. */
  static async open(t: TestContext, answers: FakeSidecar['answers'] = {}, given: Given = {}): Promise<PanelDesk> {
    const desk = new PanelDesk(t, given);
    desk.sidecar.answers = answers;
    desk.install();
    await desk.show();
    return desk;
  }

  install(): void {
    this.fake = new FakeRegistry(this.#without);
    this.plugin.initialize(this.fake as unknown as Registry, this.store);
  }

  /** Opens the panel, as a press on its icon does. */
  async show(): Promise<void> {
    const component = this.fake.one<React.ComponentType>('registerRightHandSidebarComponent', 'component');
    const place = this.page.document.createElement('div');
    this.page.document.body.append(place);
    this.#root = createRoot(place as unknown as HTMLElement);
    await this.does(() => this.#root?.render(React.createElement(component)));
  }

  async close(): Promise<void> {
    await this.does(() => this.#root?.unmount());
    this.#root = undefined;
  }

  /** Everything that follows at once has happened when it is over; only answers that are held back are missing. */
  does(what: () => unknown): Promise<void> {
    return act(async () => {
      what();
      // All promises are kept before the next turn; each answer may ask for more.
      for (let turn = 0; turn < 3; turn++) {
        await new Promise(setImmediate);
      }
    });
  }

  async passes(milliseconds: number): Promise<void> {
    const until = this.clock.now() + milliseconds;
    for (let hasFired = true; hasFired; ) {
      await this.does(() => (hasFired = this.clock.step(until)));
    }
  }

  all(selector: string, within: ParentNode = this.document): HTMLElement[] {
    return [...within.querySelectorAll<HTMLElement>(selector)];
  }

  one(selector: string, within?: ParentNode): HTMLElement {
    const [first, ...others] = this.all(selector, within);
    assert.ok(first && others.length === 0, `${others.length + (first ? 1 : 0)} of “${selector}” in: ${this.text}`);
    return first;
  }

  texts = (selector: string, within?: ParentNode): string[] => this.all(selector, within).map(read);

  /** Buttons by the name that screen readers tell. */
  buttons = (name: string, within?: ParentNode): HTMLElement[] =>
    this.all('button', within).filter((one) => (one.getAttribute('aria-label') ?? read(one)) === name);

  async presses(button: string | HTMLElement, within?: ParentNode): Promise<void> {
    const [only, ...others] = typeof button === 'string' ? this.buttons(button, within) : [button];
    assert.ok(only && others.length === 0, `one button “${String(button)}” in: ${this.text}`);
    await this.does(() => {
      only.focus();
      only.click();
    });
  }

  async types(key: string, on: HTMLElement | null = this.document.activeElement as HTMLElement): Promise<KeyboardEvent> {
    const event = new this.page.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    await this.does(() => on?.dispatchEvent(event as unknown as Event));
    return event as unknown as KeyboardEvent;
  }

  /** Mattermost tells that a post was written or changed. */
  hears(event: string, post: unknown): Promise<void> {
    const handlers = this.fake.of('registerWebSocketEventHandler').filter((one) => one['event'] === event);
    const message = { event, data: { post } };
    return this.does(() => handlers.forEach(({ handler }) => (handler as (told: unknown) => void)(message)));
  }

  hearsOurs = (event = 'posted'): Promise<void> =>
    this.hears(event, JSON.stringify({ id: 'post1', props: { escalate_effect: 'effect1' } }));

  /** The page goes behind another, or comes back. */
  async looks(isVisible: boolean): Promise<void> {
    Object.defineProperty(this.document, 'visibilityState', {
      configurable: true,
      value: isVisible ? 'visible' : 'hidden',
    });
    await this.does(() => this.document.dispatchEvent(new this.page.Event('visibilitychange') as unknown as Event));
  }

  /** The end of the list comes into sight. */
  scrollsToEnd = (): Promise<void> =>
    this.does(() => [...this.#observers].forEach((see) => see([{ isIntersecting: true }])));

  get document(): Document {
    return this.page.document as unknown as Document;
  }

  get text(): string {
    return read(this.document.body);
  }

  get rows(): (string | undefined)[] {
    return this.all('.escalate-row').map((row) => row.dataset['id']);
  }

  row = (id: string): HTMLElement => this.one(`.escalate-row[data-id="${id}"]`);

  /** What has the focus: the id of a row's escalation or of an element, or else what stands on it. */
  get focused(): string {
    const element = this.document.activeElement as HTMLElement;
    return element.dataset['id'] ?? (element.id || element.getAttribute('aria-label') || read(element));
  }

  readonly #observers = new Set<(seen: readonly { isIntersecting: boolean }[]) => void>();

  #observerClass(): unknown {
    const observers = this.#observers;
    return class {
      constructor(readonly see: (seen: readonly { isIntersecting: boolean }[]) => void) {}
      observe = (): unknown => observers.add(this.see);
      disconnect = (): unknown => observers.delete(this.see);
    };
  }
}

export const read = (element: Element): string => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
