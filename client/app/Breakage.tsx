/** Catches what breaks while drawing: nothing written is lost by loading the page again. */
import { Button } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/States.tsx';

/** `resetOn` is the place: going elsewhere tries again. */
export class Breakage extends Component<{ children: ReactNode; resetOn?: string }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack);
  }

  override componentDidUpdate(before: { resetOn?: string }) {
    if (this.state.broken && before.resetOn !== this.props.resetOn) this.setState({ broken: false });
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useTranslation('app');
  return (
    <main className="app-lone">
      <EmptyState
        main
        title={t('broken.title')}
        acts={
          <Button variant="filled" onClick={() => location.reload()}>
            {t('reload')}
          </Button>
        }
      >
        {t('broken.words')}
      </EmptyState>
    </main>
  );
}
