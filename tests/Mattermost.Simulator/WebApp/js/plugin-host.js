// What Mattermost's web app 11 gives to plugins: a registry, a store, the events of its WebSocket, and a place for their
// panel. It belongs to no page: the stand-in's own page and the playground's both draw what is registered here.

import { Registry } from "./registry.js";

export class PluginHost extends EventTarget {
  headerButtons = [];
  appBarButtons = [];
  postActions = [];
  sidebars = new Map();
  /** The panel that is open: its id, or null. */
  shown = null;
  #plugins = new Map();
  #events = new Map();
  #reconnects = new Map();
  #slashHooks = [];
  #reducers = new Map();
  #icons = new WeakMap();
  #root = null;
  #mounted = null;

  /** @param {import("./store.js").Store} store */
  constructor(store) {
    super();
    this.store = store;
    this.failures = [];
    window.registerPlugin = (id, plugin) => this.#plugins.set(id, plugin);
  }

  /** Loads what the server says is enabled, as the web app does when it starts. */
  async load(request) {
    for (const manifest of await request("/api/v4/plugins/webapp")) {
      await script(manifest.webapp.bundle_path);
      const plugin = this.#plugins.get(manifest.id);
      if (!plugin) throw new Error(`${manifest.id} did not register.`);
      plugin.initialize(new Registry(this, manifest.id), this.store);
    }
    this.changed();
  }

  unload(id) {
    if (this.sidebars.get(this.shown)?.plugin === id) this.show(null);
    this.#end(id);
    this.#plugins.delete(id);
    this.changed();
  }

  /** Somebody else is at the screen, as after logging in anew: plugins begin again, and what was open is open. */
  restart() {
    const open = this.sidebars.get(this.shown)?.plugin;
    this.shown = null;
    for (const id of this.#plugins.keys()) this.#end(id);
    for (const [id, plugin] of this.#plugins) plugin.initialize(new Registry(this, id), this.store);
    this.shown = [...this.sidebars.values()].find((one) => one.plugin === open)?.id ?? null;
    this.changed();
  }

  #end(id) {
    for (const list of ["headerButtons", "appBarButtons", "postActions"]) {
      this[list] = this[list].filter((one) => one.plugin !== id);
    }
    for (const one of [...this.sidebars.values()]) if (one.plugin === id) this.sidebars.delete(one.id);
    this.#events.delete(id);
    this.#reconnects.delete(id);
    this.#plugins.get(id)?.uninitialize?.();
  }

  /** An event of the WebSocket: nested objects are still JSON, as on the wire. */
  hear(message) {
    for (const handlers of this.#events.values()) {
      this.guard(() => handlers.get(message.event)?.(message));
    }
  }

  reconnected() {
    for (const handler of this.#reconnects.values()) this.guard(handler);
  }

  onEvent(plugin, event, handler) {
    if (!this.#events.has(plugin)) this.#events.set(plugin, new Map());
    if (handler) this.#events.get(plugin).set(event, handler);
    else this.#events.get(plugin).delete(event);
  }

  onReconnect(plugin, handler) {
    if (handler) this.#reconnects.set(plugin, handler);
    else this.#reconnects.delete(plugin);
  }

  addReducer(plugin, reducer) {
    this.#reducers.set(plugin, reducer);
  }

  addSlashHook(hook) {
    this.#slashHooks.push(hook);
  }

  /** What plugins make of a command before it is sent; null when one of them has dealt with it. */
  async commandToPost(message, args) {
    let current = { message, args };
    for (const hook of this.#slashHooks) {
      const result = await hook(current.message, current.args);
      if (result?.error || (result && Object.keys(result).length === 0)) return null;
      current = result ?? current;
    }
    return current.message;
  }

  /** Shows a plugin's panel in the right-hand side, or none. */
  show(id) {
    this.shown = id;
    this.changed();
  }

  toggle(id) {
    this.show(this.shown === id ? null : id);
  }

  /** Draws the open panel into an element that the page keeps for it. */
  mount(element) {
    const wanted = this.shown && this.sidebars.get(this.shown);
    if (this.#mounted === wanted) return;
    this.#root?.unmount();
    this.#root = null;
    this.#mounted = wanted;
    if (wanted) {
      this.#root = window.ReactDOM.createRoot(element);
      this.#root.render(window.React.createElement(wanted.component, { pluginId: wanted.plugin }));
    }
  }

  /** Draws a header button's icon; what was drawn for it before goes. */
  drawIcon(element, one) {
    this.#icons.get(one)?.unmount();
    const root = window.ReactDOM.createRoot(element);
    root.render(one.icon);
    this.#icons.set(one, root);
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }

  /** A plugin that fails does not take the page with it; tests look at what failed. */
  guard(act) {
    try {
      act();
    } catch (failure) {
      this.failures.push(String(failure?.stack ?? failure));
    }
  }
}

function script(src) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = src;
    element.addEventListener("load", resolve);
    element.addEventListener("error", () => reject(new Error(`${src} can't be loaded.`)));
    document.head.append(element);
  });
}
