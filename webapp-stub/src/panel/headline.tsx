import * as React from 'react';
import type { HostWindow } from '../host.ts';
import { hasLostFocus } from './focus.tsx';
import { SeverityBadge, Typed } from './text.tsx';

interface Props {
  readonly host: HostWindow;
  readonly id: string;
  readonly customer: string;
  readonly title: string;
  readonly severity?: number;
}

/** What is opened, in large; the focus comes here, unless it has gone elsewhere meanwhile. */
export function Headline(props: React.PropsWithChildren<Props>): React.ReactElement {
  const { host, id, customer, title, severity, children } = props;
  const headline = React.useRef<HTMLHeadingElement>(null);
  React.useLayoutEffect(() => {
    const { document } = host;
    if (hasLostFocus(document) || document.activeElement?.classList.contains('escalate-scroll')) {
      headline.current?.focus({ preventScroll: true });
    }
  }, [host, id]);
  return (
    <header>
      <h3 ref={headline} id="escalate-headline" className="escalate-line" tabIndex={-1}>
        {severity !== undefined && <SeverityBadge severity={severity} />}
        <span className="escalate-id">{id}</span>
        <bdi className="escalate-customer">{customer}</bdi>
      </h3>
      <p className="escalate-lead">
        <Typed text={title} />
      </p>
      {children}
    </header>
  );
}
