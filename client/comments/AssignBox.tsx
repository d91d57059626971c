/** To whom a thread is given, and until when: said on the card, and changed there. */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Thread } from '../../shared/comments/thread.ts';
import { localTime } from '../ui/localTime.ts';
import { dueTime } from '../ui/when.ts';
import { Mentionable } from './mentioning.ts';

type Assigned = NonNullable<Thread['assigned']>;

/** 交给程建政，18:00 前; late in the paper's red. */
export function AssignedTo({ assigned, name, open }: { assigned: Assigned; name: string; open: boolean }) {
  const { t, i18n } = useTranslation('comments');
  const { due } = assigned;
  return (
    <p className="comments-assigned">
      {t('assign.to', { name })}
      {due !== null && (
        <time dateTime={due} data-late={(open && Date.parse(due) < Date.now()) || undefined}>
          {t('assign.until', { when: dueTime(due, i18n.language) })}
        </time>
      )}
    </p>
  );
}

interface AssignBoxProps {
  assigned: Thread['assigned'];
  me: { id: string; name: string };
  onAssign: (to: { member: string; due: string | null } | null) => Promise<string | null>;
  onClose: () => void;
}

export function AssignBox({ assigned, me, onAssign, onClose }: AssignBoxProps) {
  const { t } = useTranslation('comments');
  const people = useContext(Mentionable);
  const [member, setMember] = useState(assigned?.member ?? '');
  const [due, setDue] = useState(() => (assigned?.due ? localTime(assigned.due) : ''));
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const give = async (to: Parameters<AssignBoxProps['onAssign']>[0]) => {
    setSending(true);
    const refused = await onAssign(to);
    setSending(false);
    setProblem(refused);
    if (refused === null) onClose();
  };
  return (
    <form
      className="comments-box comments-assign"
      onSubmit={(event) => {
        event.preventDefault();
        void give({ member, due: due === '' ? null : new Date(due).toISOString() });
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <NativeSelect
        autoFocus
        size="xs"
        label={t('assign.whom')}
        value={member}
        onChange={(event) => setMember(event.currentTarget.value)}
        data={[
          // Nobody is given anything because they came first in a list.
          ...(member === '' ? [{ value: '', label: t('assign.choose') }] : []),
          ...people.map(({ id, name }) => ({ value: id, label: name })),
          { value: me.id, label: t('assign.me') },
        ]}
      />
      <TextInput
        size="xs"
        type="datetime-local"
        label={t('assign.due')}
        value={due}
        onChange={(event) => setDue(event.currentTarget.value)}
      />
      {problem && (
        <p className="comments-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="comments-acts">
        <Button type="submit" size="compact-sm" loading={sending} disabled={member === ''}>
          {t('assign.give')}
        </Button>
        {assigned && (
          <Button size="compact-sm" variant="subtle" disabled={sending} onClick={() => void give(null)}>
            {t('assign.takeBack')}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
