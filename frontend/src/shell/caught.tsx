import { Component, type ComponentChildren } from "preact";
import { Failed } from "@/look/states";

/** A page that fails while it is drawn says so, and the frame around it stays. */
export class Caught extends Component<{ children: ComponentChildren }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static override getDerivedStateFromError = () => ({ hasFailed: true });

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return <Failed title="This page met a fault of its own." remedy="What you typed is kept in this browser. Load the page again." onRetry={() => window.location.reload()} />;
  }
}
