import { Fragment, type ReactNode } from 'react';

/** Elements of a list that only ever grows at its end or is made anew, so that places in it are good keys. */
export function each<T>(items: readonly T[], draw: (item: T, place: number) => ReactNode): ReactNode {
  return items.map((item, place) => <Fragment key={String(place)}>{draw(item, place)}</Fragment>);
}
