// usage: node check.mjs <document>. Ends with 0 for a valid OpenAPI 3.1 document, else with 1 and what is wrong.
import { Validator } from "@seriousme/openapi-schema-validator";

const validator = new Validator();
const result = await validator.validate(process.argv[2]);
if (!result.valid || validator.version !== "3.1") {
  console.error(`version ${validator.version}`, JSON.stringify(result.errors, null, 2));
  process.exit(1);
}
console.log(`valid, version ${validator.version}`);
