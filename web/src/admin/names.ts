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
