import type { Element, React } from './host.ts';
import svg from '../../plugin-manifest/assets/icon.svg';

/** The same two chevrons as in the image, on their own and in the colour of the text around them. */
export const chevrons = ['M6 12l6-6 6 6', 'M6 18l6-6 6 6'] as const;

/** For the channel header, where icons take the theme's colour. */
export const headerIcon = (react: React): Element =>
  react.createElement(
    'svg',
    {
      width: 18,
      height: 18,
      viewBox: '0 0 24 24',
      fill: 'none',
      stroke: 'currentColor',
      strokeWidth: 2.5,
      strokeLinecap: 'round',
      strokeLinejoin: 'round',
      'aria-hidden': true,
    },
    ...chevrons.map((d) => react.createElement('path', { d, key: d })),
  );

/** For the app bar, which takes the address of an image: the image itself, so that nothing has to be fetched. */
export const appBarIcon = `data:image/svg+xml,${encodeURIComponent(svg)}`;
