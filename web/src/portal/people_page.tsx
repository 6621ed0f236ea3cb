// A supplier's own people: annotators, managers, invitations.
import { useTranslation } from "react-i18next";
import { Button, Card } from "../ui";
import { useAddress } from "../ui/address";
import { InviteDialog } from "../admin/invite_dialog";
import { InviteList } from "../admin/invites_page";
import { Annotators } from "../suppliers/annotators";
import { People } from "../suppliers/supplier_page";
import { PortalFrame } from "./frame";
import { useMySupplier } from "./mine";

export default function PeoplePage() {
  const { t } = useTranslation("portal");
  const { supplierId } = useMySupplier();
  const [value, change] = useAddress();
  const actions = (
    <Button kind="primary" onPress={() => change({ invite: "1" })}>
      {t("invite")}
    </Button>
  );
  return (
    <PortalFrame title={t("people")} actions={actions}>
      <Card title={t("annotators")}>
        <Annotators key={supplierId} supplierId={supplierId} mayChange />
      </Card>
      <Card title={t("accounts")}>
        <People supplierId={supplierId} />
      </Card>
      <Card title={t("open_invitations")}>
        <InviteList supplierId={supplierId} />
      </Card>
      <InviteDialog supplierId={supplierId} isOpen={value("invite") !== null} onClose={() => change({ invite: null })} />
    </PortalFrame>
  );
}
