/** Toasts: one line, one act, five seconds; a failure is vermilion and stays. */
import { notifications } from '@mantine/notifications';

interface Act {
  label: string;
  run: () => void;
}

export function toast(message: string, act?: Act): void {
  const id = notifications.show({
    autoClose: 5_000,
    message: <Line message={message} {...(act ? { act } : {})} close={() => notifications.hide(id)} />,
    withCloseButton: !act,
  });
}

export function failToast(message: string): void {
  const attributes = { 'data-failed': true };
  notifications.show({ autoClose: false, message: <Line message={message} />, ...attributes });
}

function Line({ message, act, close }: { message: string; act?: Act; close?: () => void }) {
  return (
    <span className="ui-toast">
      {message}
      {act && (
        <button
          type="button"
          onClick={() => {
            close?.();
            act.run();
          }}
        >
          {act.label}
        </button>
      )}
    </span>
  );
}
