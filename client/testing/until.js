/** Resolves once `holds` does. Rejects after five seconds. */
export async function until(holds) {
  const latest = performance.now() + 5_000;
  while (!holds()) {
    if (performance.now() > latest) {
      throw new Error(`not within five seconds: ${holds}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
