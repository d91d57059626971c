/** Round whatever changes a way in: an act for which the server wants a proof waits until it is shown, then goes on. */
import { Modal } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api.ts';
import { ProofForm } from './ProofForm.tsx';

/** Asks for a proof; false when it was not shown. */
const Asking = createContext<() => Promise<boolean>>(async () => false);

export type Proven = <T>(act: () => Promise<T>) => Promise<T>;

/** Does the act, once more after a proof if the server wants one. Throws what the act throws. */
export function useProven(): Proven {
  const ask = useContext(Asking);
  return useCallback(
    async (act) => {
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'proofNeeded' || !(await ask())) throw error;
      }
      return act();
    },
    [ask],
  );
}

/** Dialogs in which an act waits take `stackId` `act`, so that they step behind the one that asks. */
export function ProofGate({ handle, children }: { handle: string; children: ReactNode }) {
  const { t } = useTranslation('people');
  const [asked, setAsked] = useState(false);
  const waiting = useRef<((proved: boolean) => void)[]>([]);
  const ask = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        waiting.current.push(resolve);
        setAsked(true);
      }),
    [],
  );
  const answer = useCallback((proved: boolean) => {
    setAsked(false);
    for (const goOn of waiting.current.splice(0)) goOn(proved);
  }, []);
  useEffect(() => () => answer(false), [answer]);
  return (
    <Asking value={ask}>
      <Modal.Stack>
        {children}
        <Modal
          stackId="proof"
          opened={asked}
          onClose={() => answer(false)}
          title={t('proof.title')}
          closeButtonProps={{ 'aria-label': t('close') }}
        >
          <ProofForm handle={handle} onProved={() => answer(true)} onClose={() => answer(false)} />
        </Modal>
      </Modal.Stack>
    </Asking>
  );
}
