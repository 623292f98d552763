import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

export default {
  // Styles are left to each build: the preprocessor would style every screen by the settings of the first one built.
  preprocess: vitePreprocess({ style: false }),
  compilerOptions: { runes: true },
};
