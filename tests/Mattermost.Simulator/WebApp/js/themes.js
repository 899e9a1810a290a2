// Mattermost's own themes, as the variables that it sets on the page.

const themes = {
  denim: {
    "sidebar-bg": "#1e325c", "sidebar-text": "#ffffff", "sidebar-header-bg": "#192a4d", "sidebar-header-text-color": "#ffffff",
    "center-channel-bg": "#ffffff", "center-channel-color": "#3f4350", "link-color": "#386fe5",
    "button-bg": "#1c58d9", "button-color": "#ffffff", "error-text": "#d24b4e", "mention-highlight-bg": "#ffd470",
    "online-indicator": "#3db887", "away-indicator": "#ffbc1f", "dnd-indicator": "#d24b4e", "mention-bg": "#ffffff", "mention-color": "#1e325c",
  },
  onyx: {
    "sidebar-bg": "#202228", "sidebar-text": "#ffffff", "sidebar-header-bg": "#24272d", "sidebar-header-text-color": "#ffffff",
    "center-channel-bg": "#191b1f", "center-channel-color": "#e3e4e8", "link-color": "#5d89ea",
    "button-bg": "#4a7ce8", "button-color": "#ffffff", "error-text": "#da6c6e", "mention-highlight-bg": "#0d6e6e",
    "online-indicator": "#3db887", "away-indicator": "#f5ab00", "dnd-indicator": "#d24b4e", "mention-bg": "#4b7ce7", "mention-color": "#ffffff",
  },
  indigo: {
    "sidebar-bg": "#151e32", "sidebar-text": "#ffffff", "sidebar-header-bg": "#182339", "sidebar-header-text-color": "#ffffff",
    "center-channel-bg": "#111827", "center-channel-color": "#dddfe4", "link-color": "#5d89ea",
    "button-bg": "#4a7ce8", "button-color": "#ffffff", "error-text": "#d7595b", "mention-highlight-bg": "#133a91",
    "online-indicator": "#3db887", "away-indicator": "#f5ab00", "dnd-indicator": "#d24b4e", "mention-bg": "#4b7ce7", "mention-color": "#ffffff",
  },
};

export const themeNames = Object.keys(themes);

/** Puts a theme on: each colour, and beside it the same as three numbers for shades of it. */
export function wear(name) {
  const root = document.documentElement;
  for (const [variable, colour] of Object.entries(themes[name] ?? themes.denim)) {
    root.style.setProperty(`--${variable}`, colour);
    root.style.setProperty(`--${variable}-rgb`, numbers(colour));
  }
  root.dataset.theme = name;
}

const numbers = (colour) => [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16)).join(", ");
