/** Whether the screen is too narrow for a slider on the chart's axis. */

import { useEffect, useState } from 'preact/hooks';

const query = matchMedia('(max-width: 640px)');

export function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const follow = (): void => setNarrow(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return narrow;
}
