// Just enough of JSON Schema to hold documents against the schemas of docs/.

export interface Schema {
  readonly $ref?: string;
  readonly oneOf?: readonly Schema[];
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** What is wrong with a value, each with its path; a field that the schema does not name is wrong too. */
export function violations(
  value: unknown,
  schema: Schema,
  root: Schema = schema,
  path = "$",
): readonly string[] {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace("#/$defs/", "");
    const target = root.$defs?.[name];
    if (target === undefined) return [`${path}: the schema has no ${name}`];
    return violations(value, target, root, path);
  }
  if (schema.oneOf !== undefined) {
    const each = schema.oneOf.map((one) => violations(value, one, root, path));
    if (each.filter((found) => found.length === 0).length === 1) return [];
    return [`${path}: fits none or several`, ...each.flat()];
  }
  if ("const" in schema && value !== schema.const) return [`${path}: is not ${schema.const}`];
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${path}: ${value}`];
  if (schema.type !== undefined && !hasType(value, schema.type)) {
    return [`${path}: is no ${schema.type}`];
  }
  if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(String(value))) {
    return [`${path}: does not match`];
  }
  if (Array.isArray(value) && schema.items !== undefined) {
    const { items } = schema;
    return value.flatMap((item, index) => violations(item, items, root, `${path}[${index}]`));
  }
  return schema.properties === undefined ? [] : inObject(value, schema, root, path);
}

function inObject(value: unknown, schema: Schema, root: Schema, path: string): readonly string[] {
  const fields = value as Readonly<Record<string, unknown>>;
  const { properties = {}, required = [] } = schema;
  return [
    ...required.filter((name) => !(name in fields)).map((name) => `${path}: lacks ${name}`),
    ...Object.entries(fields).flatMap(([name, inner]) => {
      const own = properties[name];
      if (own === undefined) return [`${path}: has ${name}, which the schema does not name`];
      return violations(inner, own, root, `${path}.${name}`);
    }),
  ];
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}
