/** How a member can come in beside links: small signs with their names. */
import { Tooltip } from '@mantine/core';
import { IconBuilding, IconFingerprint, IconLink, IconLock, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Member } from '../../shared/api.ts';

export function SignsInBy({ ways }: { ways: Member['signsInBy'] }) {
  const { t } = useTranslation('people');
  const { password, passkeys, secondFactor, directory } = ways;
  const signs = [
    ...(password ? [{ Sign: IconLock, word: t('members.by.password') }] : []),
    ...(passkeys > 0 ? [{ Sign: IconFingerprint, word: t('members.by.passkeys', { count: passkeys }) }] : []),
    ...(secondFactor ? [{ Sign: IconShieldCheck, word: t('members.by.secondFactor') }] : []),
    ...(directory ? [{ Sign: IconBuilding, word: t('members.by.directory') }] : []),
  ];
  if (!password && passkeys === 0 && !directory)
    signs.unshift({ Sign: IconLink, word: t('members.by.link') });
  return (
    <span className="people-signs">
      {signs.map(({ Sign, word }) => (
        <Tooltip key={word} label={word}>
          <span role="img" aria-label={word}>
            <Sign size={16} stroke={1.5} aria-hidden="true" />
          </span>
        </Tooltip>
      ))}
    </span>
  );
}
