/** What every view is given: the state to read, the actions to call. */

import type { Actions } from '../actions.js';
import type { State } from '../state.js';

export interface PageProps {
  state: State;
  actions: Actions;
}

/** What the figures on the shared x scale are given besides. */
export interface ExitFigureProps extends PageProps {
  layers: number;
  width: number;
  /** Room for the y axis's numbers and the slider, the same in both figures. */
  sides: { left: number; right: number };
}
