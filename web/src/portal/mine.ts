// Which supplier the portal is about: a manager of several chooses, in the address.
import { useAddress } from "../ui/address";
import { useMe } from "../session/store";

export function useMySupplier(): { supplierId: string; all: readonly string[]; choose: (id: string) => void } {
  const me = useMe();
  const [value, change] = useAddress();
  const all = [...new Set(me.memberships.flatMap((held) => (held.role === "supplier_manager" && held.supplier_id ? [held.supplier_id] : [])))];
  const asked = value("supplier");
  const supplierId = asked && all.includes(asked) ? asked : (all[0] ?? "");
  return { supplierId, all, choose: (id) => change({ supplier: id === all[0] ? null : id }) };
}
