// Places lists that float above the page, also above an open dialog.

const gap = 4;

/** Puts an open popup below its anchor, or above it where there is more room; never wider than the window. */
export function placeNear(popup, anchor, { above = false } = {}) {
  const at = anchor.getBoundingClientRect();
  const below = innerHeight - at.bottom - 2 * gap;
  const over = at.top - 2 * gap;
  const goesUp = above ? over > 120 || over > below : below < 180 && over > below;
  popup.style.maxHeight = `${Math.min(320, Math.max(96, goesUp ? over : below))}px`;
  popup.style.minWidth = `${Math.min(at.width, innerWidth - 16)}px`;
  const width = Math.max(popup.offsetWidth, at.width);
  popup.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  popup.style.top = goesUp ? "auto" : `${at.bottom + gap}px`;
  popup.style.bottom = goesUp ? `${innerHeight - at.top + gap}px` : "auto";
}
