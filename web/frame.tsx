import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';

/** A frame in which something too wide is scrolled. Only then it takes the focus, so that keys scroll it. */
export function Frame({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const frame = useRef<HTMLElement>(null);
  const [wide, setWide] = useState(false);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = () => setWide(element.scrollWidth > element.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <section ref={frame} className="frame" aria-label={label} tabIndex={wide ? 0 : undefined}>
      {children}
    </section>
  );
}
