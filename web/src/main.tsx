import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app";
import { startI18n } from "./i18n/i18n";
import { settings } from "./i18n/settings";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/ui.css";
import "./styles/screens.css";
import "./styles/figures.css";
import "./styles/tables.css";

settings.start();
await startI18n();
const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
// The typefaces come after the first paint; until then the system's stand in.
void import("./styles/fonts");
