import * as React from 'react';
import type { Person } from '../answers.ts';
import type { HostWindow } from '../host.ts';
import { drawing } from '../icon.ts';
import { moment } from '../time.ts';
import { words } from '../words.ts';

const options = { atMentions: false, singleline: false, mentionHighlight: false } as const;

/** Mattermost draws its own Markdown; where it does not offer to, the source is shown. */
export function Markdown({ host, text }: { host: HostWindow; text: string }): React.ReactElement {
  const shown = React.useMemo(() => format(host, text), [host, text]);
  return (
    <div className="escalate-markdown" dir="auto">
      {shown}
    </div>
  );
}

function format(host: HostWindow, text: string): React.ReactNode {
  const { formatText, messageHtmlToComponent } = host.PostUtils ?? {};
  try {
    return formatText && messageHtmlToComponent ? messageHtmlToComponent(formatText(text, options), options) : text;
  } catch {
    return text;
  }
}

/** As it was typed; only what is an address of the web can be followed. */
export function Typed({ text }: { text: string }): React.ReactElement {
  return (
    <span className="escalate-typed" dir="auto">
      {text.split(/(https?:\/\/[^\s<>"“”«»]*[^\s<>"“”«»'’‘.,;:!?)\]}])/i).map((part, i) =>
        i % 2 === 1 && isAddress(part) ? (
          <a key={i} href={part} target="_blank" rel="noopener noreferrer">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </span>
  );
}

function isAddress(text: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}

export const nameOf = (person: Person | null): string =>
  person === null ? words.nobodyYet : person.name === null ? words.someone : words.at(person.name);

/** In which times are shown. */
export const Zone = React.createContext('UTC');

interface MomentProps {
  readonly at: string;
  readonly now: number;
  /** When more is said than the time. */
  say?(time: string): string;
}

export function Moment({ at, now, say }: MomentProps): React.ReactElement {
  const zone = React.useContext(Zone);
  const time = moment(at, now, zone);
  return (
    <time dateTime={at} title={words.inZone(time, zone)}>
      {say ? say(time) : time}
    </time>
  );
}

const icons = {
  warning: ['M12 4 L21 20 L3 20 Z', 'M12 10 V14', 'M12 17 V17.01'],
  back: ['M19 12 H5', 'M11 6 L5 12 L11 18'],
  refresh: ['M20 12 A8 8 0 1 1 17.6 6.3', 'M20 3 V7.5 H15.5'],
  down: ['M6 9 L12 15 L18 9'],
  right: ['M9 6 L15 12 L9 18'],
  dots: ['M5 12 V12.01', 'M12 12 V12.01', 'M19 12 V12.01'],
  plus: ['M12 5 V19', 'M5 12 H19'],
  cross: ['M6 6 L18 18', 'M18 6 L6 18'],
  clock: ['M12 4 A8 8 0 1 1 11.99 4', 'M12 8 V12 L15 14'],
} as const;

export const Icon = ({ name, size = 14 }: { name: keyof typeof icons; size?: number }): React.ReactElement => (
  <span className={`escalate-icon escalate-icon-${name}`}>{drawing(size, icons[name])}</span>
);

export function SeverityBadge({ severity }: { severity: number }): React.ReactElement {
  return (
    <span className={`escalate-badge escalate-sev${Math.min(4, Math.max(1, Math.round(severity)))}`}>
      {words.severity(severity)}
    </span>
  );
}
