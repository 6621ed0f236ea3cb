import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

// React Aria brings its own words in thirty languages; the app speaks two.
function onlyOurLanguages(): Plugin {
  const words = /react-aria.*[\\/]intl[\\/].*[\\/]([a-z]{2}-[A-Z]{2})\.(m?js|json|cjs)$/;
  return {
    name: "only-our-languages",
    enforce: "pre",
    load(id) {
      const found = words.exec(id);
      if (!found || found[1] === "en-US" || found[1] === "ar-AE") return null;
      return "export default {};";
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [onlyOurLanguages(), react()],
  build: {
    target: "es2022",
    sourcemap: false,
    manifest: true,
    modulePreload: { polyfill: false },
    // Nothing is put into the page itself: the Content-Security-Policy takes scripts and styles from files alone.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  // By this name the server knows them: they have a policy of their own.
  worker: { format: "es", rollupOptions: { output: { entryFileNames: "assets/beside-[name]-[hash].js" } } },
  server: { port: 7071, proxy: { "/api": "http://127.0.0.1:7070", "/docs": "http://127.0.0.1:7070" } },
});
