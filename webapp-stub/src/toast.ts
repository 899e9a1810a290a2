import { words } from './words.ts';

const box: Partial<CSSStyleDeclaration> = {
  position: 'fixed',
  right: '24px',
  bottom: '24px',
  zIndex: '10000',
  display: 'flex',
  gap: '12px',
  alignItems: 'flex-start',
  maxWidth: 'min(420px, calc(100vw - 48px))',
  padding: '12px 16px',
  borderRadius: '4px',
  borderLeft: '4px solid var(--error-text, #d24b4e)',
  background: 'var(--center-channel-bg, #fff)',
  color: 'var(--center-channel-color, #3f4350)',
  boxShadow: '0 8px 24px rgba(0, 0, 0, 0.32)',
  fontSize: '14px',
  lineHeight: '20px',
};

const cross: Partial<CSSStyleDeclaration> = {
  flex: 'none',
  padding: '0 4px',
  border: '0',
  background: 'none',
  color: 'inherit',
  fontSize: '18px',
  lineHeight: '20px',
  cursor: 'pointer',
};

/**
 * One message at a time, in a corner of the page. It stays until it is dismissed or the next attempt begins: what it
 * says is often to be passed on to somebody else.
 */
export class Toast {
  readonly #document: Document;
  #shown: HTMLElement | undefined;

  constructor(document: Document) {
    this.#document = document;
  }

  show(message: string): void {
    this.hide();
    const toast = this.#document.createElement('div');
    Object.assign(toast.style, box);
    toast.setAttribute('role', 'alert');
    const said = this.#document.createElement('span');
    said.textContent = message;
    said.style.overflowWrap = 'anywhere';
    toast.append(said, this.#dismissButton());
    this.#document.body.append(toast);
    this.#shown = toast;
  }

  hide(): void {
    this.#shown?.remove();
    this.#shown = undefined;
  }

  #dismissButton(): HTMLElement {
    const button = this.#document.createElement('button');
    Object.assign(button.style, cross);
    button.type = 'button';
    button.setAttribute('aria-label', words.dismiss);
    button.textContent = '×';
    button.addEventListener('click', () => this.hide());
    return button;
  }
}
