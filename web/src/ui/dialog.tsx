import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { Button } from "./button";

interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  size?: "m" | "l";
  children: ReactNode;
}

/** A modal dialog; Escape and a press outside close it. */
export function Dialog({ title, isOpen, onClose, size = "m", children }: DialogProps) {
  return (
    <ModalOverlay className="scrim" isDismissable isOpen={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Modal className="dialog" data-size={size}>
        <AriaDialog>
          <div className="stack">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {children}
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface ConfirmProps {
  title: string;
  text: string;
  action: string;
  isOpen: boolean;
  isDangerous?: boolean;
  onClose: () => void;
  onConfirm: () => void;
}

/** Asks before something that cannot be undone. */
export function Confirm({ title, text, action, isOpen, isDangerous, onClose, onConfirm }: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose}>
      <p>{text}</p>
      <div className="row end">
        <Button onPress={onClose}>{t("cancel")}</Button>
        <Button
          kind={isDangerous ? "danger" : "primary"}
          onPress={() => {
            onConfirm();
            onClose();
          }}
        >
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
