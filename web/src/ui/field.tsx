// Fields of forms: label, control, hint, error. Native inputs; React Aria's TextField ties them together.
import type { ReactNode } from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextArea } from "react-aria-components/TextArea";
import { TextField } from "react-aria-components/TextField";

export interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  name?: string;
  type?: "text" | "email" | "password" | "number" | "date" | "url" | "search";
  hint?: ReactNode;
  error?: string | null;
  isRequired?: boolean;
  isDisabled?: boolean;
  autoComplete?: string;
  autoFocus?: boolean;
  placeholder?: string;
  /** More than one line. */
  rows?: number;
  min?: number;
  max?: number;
  step?: number | "any";
  /** Text whose direction is its own: an address, code, a key. */
  dir?: "auto" | "ltr";
  maxLength?: number;
  minLength?: number;
}

export function Field({ label, hint, error, rows, dir = "auto", placeholder, min, max, step, ...rest }: FieldProps) {
  return (
    <TextField className="field" isInvalid={Boolean(error)} {...rest}>
      <Label>{label}</Label>
      {rows ? (
        <TextArea className="input" rows={rows} dir={dir} placeholder={placeholder} />
      ) : (
        <Input className="input" dir={dir} placeholder={placeholder} min={min} max={max} step={step} />
      )}
      {hint ? (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      ) : null}
      <FieldError className="error">{error}</FieldError>
    </TextField>
  );
}

interface CheckProps {
  label: ReactNode;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  isDisabled?: boolean;
}

export function Check({ label, isSelected, onChange, isDisabled }: CheckProps) {
  return (
    <label className="choice">
      <input type="checkbox" checked={isSelected} disabled={isDisabled} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}
