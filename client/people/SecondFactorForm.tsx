/** The second step of signing in: a code of the authenticator, or a recovery code for a lost telephone. */
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { ApiError, call } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import './people.css';

/** `onRanOut` when this sign-in has lasted too long or saw too many wrong codes. */
export function SecondFactorForm({ onIn, onRanOut }: { onIn: () => void; onRanOut: () => void }) {
  const { t } = useTranslation('people');
  const complain = useComplaint();
  const field = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<'code' | 'recovery'>('code');
  const [code, setCode] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const enter = useMutation({
    mutationFn: () => call(api.signInSecond, { body: { code: code.replaceAll(/\s/g, '') } }),
    onSuccess: onIn,
    onError: (error) => {
      const why = error instanceof ApiError ? error.code : 'broken';
      if (why === 'spent') return onRanOut();
      if (why === 'wrong' || why === 'badInput')
        setSaid(t(kind === 'code' ? 'second.wrong' : 'second.wrongRecovery'));
      else if (why === 'tooMany') setSaid(t('second.tooMany'));
      else setSaid(complain(error));
      field.current?.select();
    },
  });
  return (
    <form
      className="people-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setSaid(null);
        if (code.trim() === '') setSaid(t('second.none'));
        else if (!enter.isPending) enter.mutate();
      }}
    >
      <TextInput
        ref={field}
        autoFocus
        size="md"
        label={t(`second.${kind}`)}
        description={t(`second.${kind}Words`)}
        inputMode={kind === 'code' ? 'numeric' : 'text'}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={kind === 'code' ? 20 : 24}
        styles={{ input: { fontFamily: 'var(--mono)', letterSpacing: kind === 'code' ? 4 : 0 } }}
        value={code}
        error={said && <span role="alert">{said}</span>}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button variant="filled" size="md" type="submit" loading={enter.isPending}>
        {t('second.enter')}
      </Button>
      <button
        type="button"
        className="ui-link people-hint"
        onClick={() => {
          setKind(kind === 'code' ? 'recovery' : 'code');
          setCode('');
          setSaid(null);
          field.current?.focus();
        }}
      >
        {t(kind === 'code' ? 'second.useRecovery' : 'second.useCode')}
      </button>
    </form>
  );
}
