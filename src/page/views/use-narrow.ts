/** Whether the screen is too narrow for a slider on the chart's axis. */

import { useMedia } from '../charts/use-media.js';

export function useNarrow(): boolean {
  return useMedia('(max-width: 640px)');
}
