import { Page } from "../ui";

export default function WorkPage() {
  return <Page title="">{null}</Page>;
}
