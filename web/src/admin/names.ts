// Names of projects and suppliers for their ids, as far as one may know them.
import { api, takePages, type Schemas } from "../api/client";
import { useRead } from "../api/query";

export const readProjects = () => takePages((after) => api.GET("/api/v1/projects", { params: { query: { after, limit: 200 } } }), 2000);
export const readSuppliers = () => takePages((after) => api.GET("/api/v1/suppliers", { params: { query: { after, limit: 200 } } }), 2000);

export const useProjects = () => useRead<Schemas["Project"][]>(["projects", "all"], readProjects);
export const useSuppliers = () => useRead<Schemas["Supplier"][]>(["suppliers", "all"], readSuppliers);

/** The name behind an id; the id itself while the name is not known. */
export function useNames(): (id: string | null | undefined) => string {
  const projects = useProjects();
  const suppliers = useSuppliers();
  return (id) => {
    if (!id) return "";
    const supplier = suppliers.data?.find((row) => row.supplier_id === id);
    if (supplier) return supplier.name;
    return projects.data?.find((row) => row.project_id === id)?.name ?? id;
  };
}

export const readMembers = () => takePages((after) => api.GET("/api/v1/members", { params: { query: { after, limit: 500 } } }), 5000);

/** The same for accounts too, as the log names them: who may not know a name sees the id. */
export function useLogNames(): (id: string) => string {
  const members = useRead(["members"], readMembers);
  const nameOf = useNames();
  const people = new Map((members.data ?? []).map((row) => [row.account_id, row.name]));
  return (id) => people.get(id) || nameOf(id);
}
