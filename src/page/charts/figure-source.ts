/** What the figures of the page are made from, in words: told under a saved figure. */

import { createContext } from 'preact';

export const FigureSource = createContext<() => string>(() => '');
