import { type ReactNode, useEffect, useRef } from 'react';

let opened = false;

/** The title of a page. After the first page it takes the focus, so that a screen reader tells that a page was opened. */
export function Heading({ children, title }: { readonly children: ReactNode; readonly title?: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const name = title ?? (typeof children === 'string' ? children : 'Ludus');
  useEffect(() => {
    document.title = name === 'Ludus' ? name : `${name} · Ludus`;
  }, [name]);
  useEffect(() => {
    if (opened) heading.current?.focus();
    opened = true;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
