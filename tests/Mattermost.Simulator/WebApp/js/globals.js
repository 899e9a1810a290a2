// The globals of the web app. React is there before this runs; what the stand-in does not have says so when it is used,
// so that a plugin which begins to need it is found out here and not at somebody's server.

const missing = ["Redux", "ReactRedux", "ReactIntl", "ReactBootstrap", "ReactRouterDom", "PropTypes", "Luxon", "Components", "ProductApi"];

/** @param {(path: string) => void} goTo follows an address of Mattermost without loading the page anew */
export function installGlobals(goTo) {
  if (!window.React || !window.ReactDOM) throw new Error("React is not there: npm --prefix webapp-stub ci");
  for (const name of missing) {
    window[name] = new Proxy({}, {
      get(_, member) {
        throw new Error(`The stand-in has no ${name}.${String(member)}.`);
      },
    });
  }
  window.basename ??= "";
  window.WebappUtils = { browserHistory: { push: goTo } };
  window.PostUtils = { formatText, messageHtmlToComponent };
}

const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escape = (text) => text.replace(/[&<>"']/g, (sign) => signs[sign]);

/** A little of Mattermost's Markdown; everything that is not it is escaped. */
export function formatText(text) {
  return escape(String(text ?? ""))
    .split(/(`[^`\n]+`)/)
    .map((part, i) => (i % 2 === 1 ? `<code>${part.slice(1, -1)}</code>` : inline(part)))
    .join("");
}

const inline = (text) =>
  text
    .replace(/\\([\\`*_{}[\]()#+.!~|-])/g, (_, sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/\*\*([^*\n]+)\*\*/g, "<strong>$1</strong>")
    .replace(/(^|[\s(])\*([^*\n]+)\*/g, "$1<em>$2</em>")
    .replace(/(^|[\s(])_([^_\n]+)_/g, "$1<em>$2</em>")
    .replace(/~~([^~\n]+)~~/g, "<del>$1</del>")
    .replace(/\bhttps?:\/\/[^\s<]*[^\s<.,;:!?)\]]/g, '<a href="$&" rel="noreferrer">$&</a>')
    .replace(/\n/g, "<br>");

const messageHtmlToComponent = (html) =>
  window.React.createElement("span", { dangerouslySetInnerHTML: { __html: html } });
