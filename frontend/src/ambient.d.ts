/** Catalogues are generated; the types must hold before they are. */
declare module "*.nl.json" {
  const catalogue: import("./messages/index").Catalogue;
  export default catalogue;
}
