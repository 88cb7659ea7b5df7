import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { hash } from "@node-rs/argon2";
import pg from "pg";
import { cleanText } from "@/lib/text/name";
import { ownerUrl } from "../lib/owner-url";
import { createAdmin } from "./admin/create-admin";
import { readPassword } from "./admin/read-password";

/*
 * npm run admin:create -- --username NAME --name "FULL NAME" [--unit-code CODE] [--password-stdin]
 * Makes an administrator of the whole installation: at the nation, or at the province whose code is given. The password is
 * asked for without showing it, or read from the first line of standard input. Prints the user name alone.
 */
const SHORTEST = 12;
const LONGEST = 200;
/** Memory 19 MiB, two passes: OWASP's first recommendation for argon2id, the library's default variant. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

function fail(message: string, code: number): never {
  console.error(message);
  process.exit(code);
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        username: { type: "string" },
        name: { type: "string" },
        "unit-code": { type: "string" },
        "password-stdin": { type: "boolean", default: false },
      },
    }).values;
  } catch {
    return fail(
      'Cách dùng: admin-create --username TEN --name "Họ và tên" [--unit-code MÃ] [--password-stdin]',
      2,
    );
  }
}

const args = readArguments();
const username = (args.username ?? "").trim().toLowerCase();
const name = cleanText(args.name ?? "");
if (!/^[a-z0-9][a-z0-9._-]{2,49}$/.test(username)) {
  fail("Tên đăng nhập có từ 3 đến 50 ký tự: chữ không dấu, số, dấu chấm, gạch nối, gạch dưới.", 2);
}
if (name === "" || name.length > 200) fail("Thiếu họ và tên (--name).", 2);
const url = ownerUrl();

const password = await readPassword({ fromStdin: args["password-stdin"] });
if (password === null) fail("Chưa tạo tài khoản: hai lần nhập mật khẩu không giống nhau.", 1);
if ([...password].length < SHORTEST) fail(`Mật khẩu cần ít nhất ${SHORTEST} ký tự.`, 1);
if (password.length > LONGEST) fail(`Mật khẩu dài nhất ${LONGEST} ký tự.`, 1);

const db = new pg.Client({ connectionString: url });
await db.connect();
try {
  const outcome = await createAdmin(db, {
    requestId: randomUUID(),
    username,
    name,
    passwordHash: await hash(password, ARGON2),
    unitCode: args["unit-code"] ?? null,
  });
  if (outcome === "TAKEN") fail("Tên đăng nhập này đã có người dùng.", 1);
  if (outcome === "NO_UNIT") fail("Không có tỉnh, thành phố nào mang mã này.", 1);
  console.log(username);
} finally {
  await db.end();
}
