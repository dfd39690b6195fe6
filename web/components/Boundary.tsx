import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { say } from '../words.ts';

type Props = { readonly place: string; readonly children: ReactNode };
type State = { readonly failedAt: string | null };

/** A page that fails says so and leaves the rest of the console standing; going elsewhere tries again. */
export class Boundary extends Component<Props, State> {
  override state: State = { failedAt: null };

  static getDerivedStateFromError(): Partial<State> {
    return { failedAt: window.location.pathname };
  }

  override componentDidUpdate(before: Props): void {
    if (before.place !== this.props.place && this.state.failedAt !== null) this.setState({ failedAt: null });
  }

  override render(): ReactNode {
    if (this.state.failedAt === null) return this.props.children;
    return (
      <div className="panel stack" role="alert">
        <p>{say('problem.page')}</p>
        <Button onClick={() => window.location.reload()}>{say('form.reload')}</Button>
      </div>
    );
  }
}
