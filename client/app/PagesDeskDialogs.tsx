/** What is asked about editions and pages: a day, a number and a section, what to begin with, and whether to delete. */
import { Button, Modal, Select, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../shared/api.ts';
import type { Edition } from '../../shared/pages/calls.ts';
import type { Page } from '../../shared/pages/page.ts';
import { plainSheets } from '../../shared/pages/sheets.ts';
import { call } from '../api.ts';
import { localTime } from '../ui/localTime.ts';
import { toast } from '../ui/toast.tsx';
import { longDay } from '../ui/when.ts';
import { usePageAct } from './pageActs.ts';

interface AskProps {
  title: string;
  act: string;
  busy: boolean;
  onDone: () => void;
  onClose: () => void;
  children: ReactNode;
}

function Ask({ title, act, busy, onDone, onClose, children }: AskProps) {
  const { t } = useTranslation('app');
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onDone();
        }}
      >
        {children}
        <div className="ui-acts">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button variant="filled" type="submit" loading={busy}>
            {act}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** The day after, where people plan: in the newsroom's own time. */
function tomorrow(): string {
  const day = new Date(Date.now() + 86_400_000);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** A new edition when `edition` is null. */
export function EditionDialog({ edition, onClose }: { edition: Edition | null; onClose: () => void }) {
  const { t } = useTranslation('app');
  const [date, setDate] = useState(edition?.date ?? tomorrow());
  const [name, setName] = useState(edition?.name ?? '');
  const [issue, setIssue] = useState(edition?.issue ?? '');
  const [press, setPress] = useState(() => (edition?.pressAt ? localTime(edition.pressAt) : ''));
  const pressAt = press === '' ? null : new Date(press).toISOString();
  const body = { date, name: name.trim(), issue: issue.trim(), pressAt };
  const save = usePageAct(() =>
    edition ? call(api.changeEdition, { params: { id: edition.id }, body }) : call(api.addEdition, { body }),
  );
  return (
    <Ask
      title={t(edition ? 'pages.changeEdition' : 'pages.newEdition')}
      act={t(edition ? 'pages.keep' : 'pages.make')}
      busy={save.isPending}
      onClose={onClose}
      onDone={() => save.mutate(undefined, { onSuccess: onClose })}
    >
      <TextInput
        data-autofocus
        required
        type="date"
        label={t('pages.day')}
        value={date}
        onChange={(event) => setDate(event.currentTarget.value)}
      />
      <TextInput
        mt="md"
        label={t('pages.editionName')}
        description={t('pages.editionNameWords')}
        maxLength={20}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        mt="md"
        label={t('pages.issue')}
        description={t('pages.issueWords')}
        maxLength={20}
        value={issue}
        onChange={(event) => setIssue(event.currentTarget.value)}
      />
      <TextInput
        mt="md"
        type="datetime-local"
        label={t('pages.pressAt')}
        description={t('pages.pressAtWords')}
        value={press}
        onChange={(event) => setPress(event.currentTarget.value)}
      />
    </Ask>
  );
}

/** The number after the last: A03 after A02. */
function nextNumber(pages: readonly Page[]): string {
  const last = pages.at(-1)?.number ?? '';
  const [, head = 'A', digits = '00'] = /^(.*?)(\d+)$/.exec(last) ?? [];
  return `${head}${String(Number(digits) + 1).padStart(digits.length, '0')}`;
}

interface PageDialogProps {
  edition: Edition;
  /** What is changed; a new page when null. */
  page: Page | null;
  /** The page that a new one begins with. */
  from: Page | null;
  all: readonly Page[];
  onClose: () => void;
}

export function PageDialog({ edition, page, from, all, onClose }: PageDialogProps) {
  const { t, i18n } = useTranslation('app');
  const navigate = useNavigate();
  const own = all.filter((one) => one.edition === edition.id);
  const [number, setNumber] = useState(page?.number ?? nextNumber(own));
  const [section, setSection] = useState(page?.section ?? from?.section ?? '');
  const [begin, setBegin] = useState<string>(from?.id ?? 'tabloid');
  const save = usePageAct(async () => {
    const body = { number: number.trim(), section: section.trim() };
    if (page) return call(api.changePage, { params: { id: page.id }, body });
    const blank = begin === 'tabloid' || begin === 'broadsheet' ? plainSheets[begin] : { from: begin };
    return call(api.addPage, { body: { ...body, ...blank, edition: edition.id } });
  });
  const nameOf = (one: Page) =>
    `${one.number} ${one.section}${one.edition === edition.id ? '' : ` ${longDay(one.date, i18n.language)}`}`;
  return (
    <Ask
      title={t(page ? 'pages.rename' : 'pages.newPage')}
      act={t(page ? 'pages.keep' : 'pages.make')}
      busy={save.isPending}
      onClose={onClose}
      onDone={() =>
        save.mutate(undefined, {
          onSuccess: ({ id }) => {
            onClose();
            if (!page) void navigate(`/pages/${id}`);
          },
        })
      }
    >
      <TextInput
        data-autofocus
        required
        label={t('pages.number')}
        maxLength={8}
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <TextInput
        mt="md"
        label={t('pages.section')}
        maxLength={20}
        value={section}
        onChange={(event) => setSection(event.currentTarget.value)}
      />
      {!page && (
        <Select
          mt="md"
          label={t('pages.begin')}
          description={t('pages.beginWords')}
          value={begin}
          onChange={(value) => setBegin(value ?? 'tabloid')}
          data={[
            {
              group: t('pages.blank'),
              items: [
                { value: 'tabloid', label: t('pages.tabloid') },
                { value: 'broadsheet', label: t('pages.broadsheet') },
              ],
            },
            {
              group: t('pages.like'),
              items: all.slice(0, 60).map((one) => ({ value: one.id, label: nameOf(one) })),
            },
          ]}
        />
      )}
    </Ask>
  );
}

export function RemoveDialog(props: { page: Page | null; edition: Edition | null; onClose: () => void }) {
  const { page, edition, onClose } = props;
  const { t, i18n } = useTranslation('app');
  const name = page
    ? `${page.number} ${page.section}`.trim()
    : edition
      ? longDay(edition.date, i18n.language)
      : '';
  const remove = usePageAct(async () => {
    if (page) await call(api.removePage, { params: { id: page.id } });
    else if (edition) await call(api.removeEdition, { params: { id: edition.id } });
  });
  return (
    <Ask
      title={t('pages.removeTitle', { name })}
      act={t('pages.remove')}
      busy={remove.isPending}
      onClose={onClose}
      onDone={() =>
        remove.mutate(undefined, {
          onSuccess: () => {
            onClose();
            toast(t('pages.removed', { name }));
          },
        })
      }
    >
      <p>{t(page ? 'pages.removeWords' : 'pages.removeEditionWords')}</p>
    </Ask>
  );
}
