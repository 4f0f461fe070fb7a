// The version of the tool, as package.json has it.

export const version = "0.1.0";
