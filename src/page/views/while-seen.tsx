/** Figures out of sight follow the slider only once it rests: the time of a frame is for what is seen. */

import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PageProps } from './page.js';

export function WhileSeen({ state, actions, children }: PageProps & { children: (page: PageProps) => ComponentChildren }) {
  const ref = useRef<HTMLDivElement>(null);
  const [isSeen, setSeen] = useState(false);
  useLayoutEffect(() => {
    const observer = new IntersectionObserver((changes) => setSeen(changes.at(-1)!.isIntersecting));
    observer.observe(ref.current!);
    return () => observer.disconnect();
  }, []);
  return <div ref={ref}>{children({ state: isSeen ? state : { ...state, ...state.rested }, actions })}</div>;
}
