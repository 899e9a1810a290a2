/**
 * What this plugin touches of Mattermost's web app, 10.11 and later, and nothing more. It is written down here, and
 * not taken from Mattermost's packages, because those bring React and Redux along and promise more than plugins get.
 */

/** Made by the host's React; never looked into. */
export type Element = unknown;

export interface React {
  createElement(type: string, props: Readonly<Record<string, unknown>> | null, ...children: Element[]): Element;
}

export interface Channel {
  readonly id: string;
  /** Empty in direct and group messages. */
  readonly team_id?: string;
}

export type ChannelAction = (channel?: Channel | null) => void;

/** Arguments are given by position: every version takes them so, and only newer ones take one object as well. */
export interface Registry {
  registerChannelHeaderButtonAction(
    icon: Element,
    action: ChannelAction,
    dropdownText: string,
    tooltipText: string,
  ): unknown;
  /** Marked as internal by Mattermost, so it may be absent. */
  registerAppBarComponent?(iconUrl: string, action: ChannelAction, tooltipText: string): unknown;
}

/** The host's internals: any part may be missing, and is then done without. */
export interface State {
  readonly entities?: {
    readonly channels?: { readonly currentChannelId?: string };
    readonly teams?: {
      readonly currentTeamId?: string;
      readonly teams?: Readonly<Record<string, { readonly name?: string } | undefined>>;
    };
  };
}

export interface Store {
  getState(): State;
  dispatch(action: { readonly type: string; readonly data: string }): unknown;
}

export interface Plugin {
  initialize(registry: Registry, store: Store): void;
  uninitialize(): void;
}

export interface HostWindow {
  /** `/chat` for a server under a sub-path; empty or absent otherwise. */
  readonly basename?: string;
  readonly React: React;
  readonly document: Document;
  readonly location: { readonly origin: string };
  fetch(url: string, init: RequestInit): Promise<Response>;
  registerPlugin(id: string, plugin: Plugin): void;
}
