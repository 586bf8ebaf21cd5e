import { Component, type ReactNode } from 'react';

interface State {
  readonly broken: boolean;
}

/** Keeps a fault of one page from taking the whole site down. */
export class Fence extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { broken: false };

  static getDerivedStateFromError(): State {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <div className="notice wrong" role="alert">
        <p>This page met a fault of its own. What you did so far is safe on the server.</p>
        <button type="button" onClick={() => window.location.reload()}>
          Load it again
        </button>
      </div>
    );
  }
}
