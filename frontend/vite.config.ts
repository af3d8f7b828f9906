import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: { alias: { "@": here("./src"), "@fonts": here("../src/enbloc/present/fonts") } },
  build: {
    outDir: here("../src/enbloc/web/pages"),
    emptyOutDir: true,
    assetsInlineLimit: 0, // no data: addresses, so that the Content-Security-Policy stays strict
    modulePreload: { polyfill: false },
  },
  server: { fs: { allow: [here("."), here("../src/enbloc/present/fonts")] }, proxy: { "/api": "http://127.0.0.1:8000" } },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
});
