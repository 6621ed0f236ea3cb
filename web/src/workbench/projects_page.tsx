import { Page } from "../ui";

export default function ProjectsPage() {
  return <Page title="">{null}</Page>;
}
