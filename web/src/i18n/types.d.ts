import "i18next";
import type access from "../messages/en/access.json";
import type common from "../messages/en/common.json";
import type workbench from "../messages/en/workbench.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    keySeparator: false;
    resources: {
      common: typeof common;
      access: typeof access;
      workbench: typeof workbench;
      task: typeof import("../messages/en/task.json");
      console: typeof import("../messages/en/console.json");
      project: typeof import("../messages/en/project.json");
      quality: typeof import("../messages/en/quality.json");
      portal: typeof import("../messages/en/portal.json");
      people: typeof import("../messages/en/people.json");
      suppliers: typeof import("../messages/en/suppliers.json");
      problems: typeof import("../messages/en/problems.json");
    };
  }
}
