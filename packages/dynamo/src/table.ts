export { placeOf, tableDefinition, type TableDefinition } from "@cassini/core/kit";
