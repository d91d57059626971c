/** Fields of the inspector: what is typed counts when it is done, not at each key. */
import { Select, Switch, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useId, useState } from 'react';

interface NumberFieldProps {
  label: string;
  value: number;
  least: number;
  most: number;
  step?: number;
  /** 行, 栏, 点 */
  unit?: string;
  /** What 0 is called where it means that nothing is set. */
  zero?: string;
  onCommit: (value: number) => void;
}

/** A number with its unit; the arrow keys step it. What is no number falls back to what was there. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, least, most, step = 1, unit, zero, onCommit } = props;
  const shown = value === 0 && zero !== undefined ? '' : String(value);
  const [words, setWords] = useState(shown);
  useEffect(() => setWords(shown), [shown]);
  const take = (next: number) => {
    const within = Math.min(most, Math.max(least, Math.round(next / step) * step));
    const clean = Math.round(within * 1_000) / 1_000;
    setWords(clean === 0 && zero !== undefined ? '' : String(clean));
    if (clean !== value) onCommit(clean);
  };
  const read = () => {
    if (words.trim() === '' && zero !== undefined) return take(0);
    const typed = Number(words.replace(/[^\d.+-]/g, ''));
    if (words.trim() === '' || !Number.isFinite(typed)) return setWords(shown);
    take(typed);
  };
  return (
    <TextInput
      size="sm"
      className="inspector-number"
      inputMode="decimal"
      aria-label={label}
      placeholder={zero}
      value={words}
      onChange={(event) => setWords(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={read}
      onKeyDown={(event) => {
        const by = { ArrowUp: step, ArrowDown: -step }[event.key];
        if (event.key === 'Enter') read();
        else if (event.key === 'Escape') setWords(shown);
        else if (by !== undefined) take(value + by * (event.shiftKey ? 5 : 1));
        else return;
        event.preventDefault();
      }}
      rightSection={unit && <span aria-hidden="true">{unit}</span>}
      rightSectionPointerEvents="none"
    />
  );
}

/** Words that count when the field is left, or with Enter where they are one line. */
export function WordsField(props: {
  label: string;
  value: string;
  most: number;
  placeholder?: string;
  onCommit: (value: string) => void;
}) {
  const { label, value, most, placeholder, onCommit } = props;
  const [words, setWords] = useState(value);
  useEffect(() => setWords(value), [value]);
  const take = () => {
    if (words !== value) onCommit(words);
  };
  return (
    <TextInput
      size="sm"
      aria-label={label}
      placeholder={placeholder}
      maxLength={most}
      value={words}
      onChange={(event) => setWords(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
        if (event.key === 'Escape') setWords(value);
      }}
    />
  );
}

/** One of some, named. */
export function ChoiceField<V extends string>(props: {
  label: string;
  value: V;
  choices: readonly { value: V; label: string }[];
  onCommit: (value: V) => void;
}) {
  const { label, value, choices, onCommit } = props;
  return (
    <Select
      size="sm"
      aria-label={label}
      value={value}
      data={choices.map((one) => ({ ...one }))}
      onChange={(next) => {
        const chosen = choices.find((one) => one.value === next);
        if (chosen && chosen.value !== value) onCommit(chosen.value);
      }}
      comboboxProps={{ withinPortal: true }}
    />
  );
}

/** Two or three words beside each other, of which one holds. */
export function ToggleField<V extends string>(props: {
  label: string;
  value: V;
  choices: readonly { value: V; label: string }[];
  onCommit: (value: V) => void;
}) {
  const { label, value, choices, onCommit } = props;
  const name = useId();
  return (
    <fieldset className="inspector-toggle" aria-label={label}>
      {choices.map((one) => (
        <label key={one.value} data-on={one.value === value || undefined}>
          <input
            type="radio"
            className="ui-hidden"
            name={name}
            checked={one.value === value}
            onChange={() => onCommit(one.value)}
          />
          {one.label}
        </label>
      ))}
    </fieldset>
  );
}

export function SwitchField(props: { label: string; value: boolean; onCommit: (value: boolean) => void }) {
  return (
    <Switch
      size="sm"
      color="gray"
      className="inspector-switch"
      label={props.label}
      labelPosition="left"
      checked={props.value}
      onChange={(event) => props.onCommit(event.currentTarget.checked)}
    />
  );
}

/** A line of the inspector: what it is about, and its fields. */
export function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="inspector-row">
      <span aria-hidden="true">{label}</span>
      <div>{children}</div>
    </div>
  );
}

export function Part({ title, children, aside }: { title: string; children: ReactNode; aside?: ReactNode }) {
  return (
    <section className="inspector-part" aria-label={title}>
      <h3>
        {title}
        {aside}
      </h3>
      {children}
    </section>
  );
}
