import type { ComponentType, ReactNode } from 'react';

/**
 * What this plugin touches of Mattermost's web app, 10.11 and later, and nothing more. It is written down here, and
 * not taken from Mattermost's packages, because those bring React and Redux along and promise more than plugins get.
 */

export interface Channel {
  readonly id: string;
  /** Empty in direct and group messages. */
  readonly team_id?: string;
}

export interface Post {
  readonly channel_id?: string;
  readonly type?: string;
  readonly state?: string;
  readonly delete_at?: number;
}

export type ChannelAction = (channel?: Channel | null) => void;

/** What the store takes; made by us, or by the registry for us. */
export type Action = unknown;

/** Actions for the store that open and close what was registered. */
export interface Sidebar {
  readonly showRHSPlugin?: Action;
  readonly toggleRHSPlugin?: Action;
}

/** A message of the WebSocket; nested objects are JSON in a string. */
export interface SocketMessage {
  readonly data?: { readonly post?: unknown };
}

/**
 * Arguments are given by position: every version takes them so, and only newer ones take one object as well. Any
 * part may be missing, and is then done without.
 */
export interface Registry {
  registerChannelHeaderButtonAction?(
    icon: ReactNode,
    action: ChannelAction,
    dropdownText: string,
    tooltipText: string,
  ): unknown;
  /** Marked as internal by Mattermost, so it may be absent. */
  registerAppBarComponent?(iconUrl: string, action: ChannelAction, tooltipText: string): unknown;
  registerRightHandSidebarComponent?(component: ComponentType, title: string): Sidebar | undefined;
  registerPostDropdownMenuAction?(
    text: string,
    action: (postId: string) => void,
    filter: (postId: string) => boolean,
  ): unknown;
  registerWebSocketEventHandler?(event: string, handler: (message: SocketMessage) => void): unknown;
  registerReconnectHandler?(handler: () => void): unknown;
}

/** Zones as the tz database names them. */
export interface Zones {
  readonly useAutomaticTimezone?: string | boolean;
  readonly automaticTimezone?: string;
  readonly manualTimezone?: string;
}

type ById<T> = Readonly<Record<string, T | undefined>>;

/** The host's internals: any part may be missing, and is then done without. */
export interface State {
  readonly entities?: {
    readonly channels?: {
      readonly currentChannelId?: string;
      readonly channels?: ById<{ readonly team_id?: string; readonly display_name?: string }>;
    };
    readonly teams?: {
      readonly currentTeamId?: string;
      readonly teams?: ById<{ readonly name?: string }>;
    };
    readonly posts?: { readonly posts?: ById<Post> };
    readonly users?: { readonly currentUserId?: string; readonly profiles?: ById<{ readonly timezone?: Zones | null }> };
    readonly general?: { readonly config?: { readonly SiteURL?: string } };
  };
}

export interface Store {
  getState(): State;
  dispatch(action: Action): unknown;
  subscribe?(listener: () => void): () => void;
}

export interface Plugin {
  initialize(registry: Registry, store: Store): void;
  uninitialize(): void;
}

/** Turns Mattermost's Markdown into what React shows; Mattermost escapes what has to be. */
export interface PostUtils {
  formatText?(text: string, options: Readonly<Record<string, unknown>>): string;
  messageHtmlToComponent?(html: string, options: Readonly<Record<string, unknown>>): ReactNode;
}

export interface HostWindow {
  /** `/chat` for a server under a sub-path; empty or absent otherwise. */
  readonly basename?: string;
  readonly document: Document;
  readonly location: { readonly origin: string };
  readonly PostUtils?: PostUtils;
  readonly WebappUtils?: { readonly browserHistory?: { push?(path: string): void } };
  fetch(url: string, init: RequestInit): Promise<Response>;
  registerPlugin(id: string, plugin: Plugin): void;
}

/** The origin stands in front whatever `basename` holds, so no other server can be meant. */
export const root = (host: HostWindow): string => host.location.origin + (host.basename ?? '').replace(/\/+$/, '');
