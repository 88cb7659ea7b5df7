import { afterAll } from "vitest";
import { closeTestDatabase, openTestDatabase } from "./database";

// Before the test file is loaded: its imports read the environment.
await openTestDatabase();
afterAll(closeTestDatabase);
