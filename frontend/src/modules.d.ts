declare module "htmx.org/dist/htmx.esm.min.js" {
  const htmx: { process(element: Element): void };
  export default htmx;
}
