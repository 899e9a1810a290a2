import * as React from 'react';
import svg from '../../plugin-manifest/assets/icon.svg';

/** The same two chevrons as in the image, on their own and in the colour of the text around them. */
export const chevrons = ['M6 12l6-6 6 6', 'M6 18l6-6 6 6'] as const;

/**
 * For the channel header, where icons take the theme's colour. A phone's header gives its buttons none: the style sheet
 * does, by this class.
 */
export const headerIcon = (): React.ReactNode => drawing(18, chevrons, 'escalate-header-icon');

/** Lines on a field of 24 by 24; said in words beside them, so screen readers leave them out. */
export const drawing = (size: number, lines: readonly string[], className?: string): React.ReactNode =>
  React.createElement(
    'svg',
    {
      width: size,
      height: size,
      viewBox: '0 0 24 24',
      fill: 'none',
      stroke: 'currentColor',
      strokeWidth: 2.5,
      strokeLinecap: 'round',
      strokeLinejoin: 'round',
      'aria-hidden': true,
      className,
    },
    ...lines.map((d) => React.createElement('path', { d, key: d })),
  );

/** For the app bar, which takes the address of an image: the image itself, so that nothing has to be fetched. */
export const appBarIcon = `data:image/svg+xml,${encodeURIComponent(svg)}`;
