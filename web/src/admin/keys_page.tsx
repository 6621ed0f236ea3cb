import { useTranslation } from "react-i18next";
import { useMe } from "../session/store";
import { Button, Check } from "../ui";
import { useAddress } from "../ui/address";
import { AdminFrame } from "./frame";
import { KeyDialog } from "./key_dialog";
import { KeyList } from "./keys_panel";
import { seesAuditLog } from "./rights";

export default function KeysPage() {
  const { t } = useTranslation("people");
  const me = useMe();
  const [value, change] = useAddress();
  const isOfEverybody = value("of") === "everybody";
  const actions = (
    <Button kind="primary" onPress={() => change({ make: "1" })}>
      {t("new_key")}
    </Button>
  );
  return (
    <AdminFrame title={t("keys")} actions={actions}>
      <div className="filters">
        {seesAuditLog(me) ? <Check label={t("of_everybody")} isSelected={isOfEverybody} onChange={(is) => change({ of: is ? "everybody" : null })} /> : null}
        <Check label={t("hide_dead")} isSelected={value("state") === "live"} onChange={(is) => change({ state: is ? "live" : null })} />
      </div>
      <KeyList ofEverybody={isOfEverybody} hidesDead={value("state") === "live"} />
      <KeyDialog isOpen={value("make") !== null} onClose={() => change({ make: null })} />
    </AdminFrame>
  );
}
