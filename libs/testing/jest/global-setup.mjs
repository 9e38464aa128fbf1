import { openSharedResources } from './shared-resources.mjs';

/** Nothing is started here: a run of unit specs pays for no server. */
export default async function globalSetup() {
  const resources = await openSharedResources();
  globalThis.hetaoSharedResources = resources;
  // Workers are forked after this and inherit it.
  process.env.HETAO_TEST_RESOURCES = resources.url;
  process.env.HETAO_TEST_FOLDER = resources.folder;
}
