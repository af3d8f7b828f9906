import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: "@fonts", replacement: here("../src/enbloc/present/fonts") },
      { find: /^@\//, replacement: `${here("./src")}/` },
      // Codecs of a file format that NiiVue can read and the pages never do: a third of all that would be built.
      { find: /^numcodecs\/(blosc|lz4|zstd)$/, replacement: here("./src/workbench/viewer/no_codec.ts") },
    ],
  },
  build: {
    outDir: here("../src/enbloc/web/pages"),
    emptyOutDir: true,
    assetsInlineLimit: 0, // no data: addresses, so that the Content-Security-Policy stays strict
    modulePreload: { polyfill: false },
  },
  server: { fs: { allow: [here("."), here("../src/enbloc/present/fonts")] }, proxy: { "/api": "http://127.0.0.1:8000" } },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
});
