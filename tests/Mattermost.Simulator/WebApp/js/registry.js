// The registry of Mattermost 11 as far as plugins use it: each call takes its arguments in order or as one object.

const names = {
  registerRightHandSidebarComponent: ["component", "title"],
  registerAppBarComponent: ["iconUrl", "action", "tooltipText", "supportedProductIds", "rhsComponent", "rhsTitle"],
  registerChannelHeaderButtonAction: ["icon", "action", "dropdownText", "tooltipText"],
  registerPostDropdownMenuAction: ["text", "action", "filter"],
  registerPostTypeComponent: ["type", "component"],
  registerWebSocketEventHandler: ["event", "handler"],
  unregisterWebSocketEventHandler: ["event"],
  registerReconnectHandler: ["handler"],
  unregisterReconnectHandler: [],
  registerReducer: ["reducer"],
  registerTranslations: ["getTranslationsForLocale"],
  registerSlashCommandWillBePostedHook: ["hook"],
  unregisterComponent: ["componentId"],
};

let lastId = 0;
const newId = () => `component-${++lastId}`;

export class Registry {
  constructor(host, plugin) {
    for (const [call, order] of Object.entries(names)) {
      this[call] = (...args) => calls[call](host, plugin, read(order, args));
    }
  }
}

function read(order, args) {
  const [only] = args;
  const isOne = args.length === 1 && only !== null && typeof only === "object" && order.some((name) => name in only);
  return isOne ? only : Object.fromEntries(order.map((name, i) => [name, args[i]]));
}

const add = (host, list, entry) => {
  const id = newId();
  host[list] = [...host[list], { ...entry, id }];
  host.changed();
  return id;
};

const calls = {
  registerRightHandSidebarComponent(host, plugin, { component, title }) {
    const id = newId();
    host.sidebars.set(id, { id, plugin, component, title });
    return {
      id,
      showRHSPlugin: () => host.show(id),
      hideRHSPlugin: () => host.shown === id && host.show(null),
      toggleRHSPlugin: () => host.toggle(id),
    };
  },
  registerAppBarComponent(host, plugin, { iconUrl, action, tooltipText, rhsComponent, rhsTitle }) {
    if (!rhsComponent) return add(host, "appBarButtons", { plugin, iconUrl, action, tooltipText });
    const sidebar = calls.registerRightHandSidebarComponent(host, plugin, { component: rhsComponent, title: rhsTitle });
    const id = add(host, "appBarButtons", { plugin, iconUrl, action: sidebar.toggleRHSPlugin, tooltipText });
    return { id, rhsComponent: sidebar };
  },
  registerChannelHeaderButtonAction: (host, plugin, entry) => add(host, "headerButtons", { plugin, ...entry }),
  registerPostDropdownMenuAction: (host, plugin, entry) => add(host, "postActions", { plugin, ...entry }),
  registerPostTypeComponent: () => newId(),
  registerWebSocketEventHandler: (host, plugin, { event, handler }) => host.onEvent(plugin, event, handler),
  unregisterWebSocketEventHandler: (host, plugin, { event }) => host.onEvent(plugin, event, null),
  registerReconnectHandler: (host, plugin, { handler }) => host.onReconnect(plugin, handler),
  unregisterReconnectHandler: (host, plugin) => host.onReconnect(plugin, null),
  registerReducer: (host, plugin, { reducer }) => host.addReducer(plugin, reducer),
  registerTranslations: () => undefined,
  registerSlashCommandWillBePostedHook: (host, plugin, { hook }) => host.addSlashHook(hook),
  unregisterComponent(host, plugin, { componentId }) {
    host.sidebars.delete(componentId);
    for (const list of ["headerButtons", "appBarButtons", "postActions"]) {
      host[list] = host[list].filter((one) => one.id !== componentId);
    }
    host.changed();
  },
};
