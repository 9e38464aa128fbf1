export default async function globalTeardown() {
  await globalThis.hetaoSharedResources?.stop();
}
