import css from './panel/panel.css';

/** Gives the panel its looks; what it returns takes them away. */
export function wear(document: Document): () => void {
  try {
    const { CSSStyleSheet: Sheet } = document.defaultView as unknown as typeof globalThis;
    const sheet = new Sheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    };
  } catch {
    const element = document.createElement('style');
    element.textContent = css;
    document.head.append(element);
    return () => element.remove();
  }
}
