import { useTranslation } from "react-i18next";
import { Button } from "../ui";
import { useAddress } from "../ui/address";
import { KeyDialog } from "../admin/key_dialog";
import { KeyList } from "../admin/keys_panel";
import { PortalFrame } from "./frame";
import { useMySupplier } from "./mine";

export default function KeysPage() {
  const { t } = useTranslation("portal");
  const { supplierId } = useMySupplier();
  const [value, change] = useAddress();
  const actions = (
    <Button kind="primary" onPress={() => change({ make: "1" })}>
      {t("new_key")}
    </Button>
  );
  return (
    <PortalFrame title={t("keys")} actions={actions}>
      <p className="muted">{t("keys_text")}</p>
      <KeyList supplierId={supplierId} />
      <KeyDialog supplierId={supplierId} isOpen={value("make") !== null} onClose={() => change({ make: null })} />
    </PortalFrame>
  );
}
