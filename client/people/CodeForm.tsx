/** Asks for a code of the second factor before it changes. */
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api.ts';
import { useComplaint } from '../live/answers.ts';

export function CodeForm<Answer>(props: {
  words: string;
  /** What the button says. */
  act: string;
  send: (code: string) => Promise<Answer>;
  onDone: (answer: Answer) => void;
  onClose: () => void;
}) {
  const { words, act, send, onDone, onClose } = props;
  const { t } = useTranslation('people');
  const complain = useComplaint();
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const sending = useMutation({
    mutationFn: () => send(code.replaceAll(/\s/g, '')),
    onSuccess: onDone,
    onError: (error) => {
      const why = error instanceof ApiError ? error.code : 'broken';
      setSaid(why === 'wrong' || why === 'badInput' ? t('second.wrong') : complain(error));
      field.current?.select();
    },
  });
  return (
    <form
      className="people-form"
      onSubmit={(event) => {
        event.preventDefault();
        setSaid(null);
        if (code.trim()) sending.mutate();
        else setSaid(t('second.none'));
      }}
    >
      <p className="people-words">{words}</p>
      <TextInput
        ref={field}
        data-autofocus
        label={t('account.second.removeCode')}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={24}
        value={code}
        error={said && <span role="alert">{said}</span>}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <div className="ui-acts">
        <Button variant="subtle" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button variant="filled" type="submit" loading={sending.isPending}>
          {act}
        </Button>
      </div>
    </form>
  );
}
