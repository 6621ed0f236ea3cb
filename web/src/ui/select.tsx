import { Button } from "react-aria-components/Button";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Select as AriaSelect, SelectValue } from "react-aria-components/Select";

export interface SelectOption<T extends string> {
  value: T;
  label: string;
}

interface SelectProps<T extends string> {
  label: string;
  options: readonly SelectOption<T>[];
  value: T | null;
  onChange: (value: T) => void;
  isDisabled?: boolean;
  placeholder?: string;
  /** Only for screen readers. */
  isLabelHidden?: boolean;
}

export function Select<T extends string>({ label, options, value, onChange, isLabelHidden, ...rest }: SelectProps<T>) {
  return (
    <AriaSelect
      className="field"
      selectedKey={value}
      onSelectionChange={(key) => onChange(key as T)}
      aria-label={isLabelHidden ? label : undefined}
      {...rest}
    >
      {isLabelHidden ? null : <Label>{label}</Label>}
      <Button className="select-button">
        <SelectValue />
        <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="popover">
        <ListBox items={options.map((option) => ({ id: option.value, label: option.label }))}>
          {(option) => <ListBoxItem textValue={option.label}>{option.label}</ListBoxItem>}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
