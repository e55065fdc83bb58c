/** Parts of the page whose code is fetched when they are first shown: what a visitor sees first does not wait for it. */

import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';

export function later<Props extends object>(fetchPart: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const found = signal<{ Part: ComponentType<Props> } | undefined>();
  return function Later(props) {
    useEffect(() => {
      if (found.peek()) return;
      // Without a network the page says so elsewhere; the next time it is shown it is tried again.
      fetchPart().then((Part) => (found.value = { Part }), () => {});
    }, []);
    const Part = found.value?.Part;
    return Part ? <Part {...props} /> : null;
  };
}
