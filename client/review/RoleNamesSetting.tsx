/** In the settings: what this paper calls its duties, where it is not the usual name. */
import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Role, roles } from '../../shared/people/person.ts';
import { reviewLimits } from '../../shared/review/calls.ts';
import { usualRoles } from '../people/usualRoles.ts';
import { ReviewSettingsForm } from './ReviewSettingsForm.tsx';

export function RoleNamesSetting() {
  const { i18n } = useTranslation('review');
  const usual = usualRoles[i18n.language === 'en' ? 'en' : 'zh'];
  return (
    <ReviewSettingsForm>
      {(settings, change) => (
        <div className="review-roles">
          {roles.map((role) => (
            <RoleName
              key={role}
              usual={usual[role]}
              name={settings.roleNames[role] ?? ''}
              onName={(name) => change({ ...settings, roleNames: renamed(settings.roleNames, role, name) })}
            />
          ))}
        </div>
      )}
    </ReviewSettingsForm>
  );
}

function renamed(names: Partial<Record<Role, string>>, role: Role, name: string) {
  const { [role]: _, ...others } = names;
  return name === '' ? others : { ...others, [role]: name };
}

/** Kept once it is left, or with Enter; empty, the usual name holds again. */
function RoleName(props: { usual: string; name: string; onName: (name: string) => void }) {
  const { usual, name, onName } = props;
  const [typed, setTyped] = useState(name);
  useEffect(() => setTyped(name), [name]);
  const keep = () => {
    const said = typed.trim();
    if (said !== name) onName(said);
  };
  return (
    <TextInput
      size="xs"
      label={usual}
      placeholder={usual}
      maxLength={reviewLimits.roleName}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) keep();
      }}
    />
  );
}
