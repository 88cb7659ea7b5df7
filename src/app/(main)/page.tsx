import { redirect } from "next/navigation";
import { homeOf } from "@/features/user/navigation";
import { loadActor } from "@/features/user/session";

export default async function HomePage() {
  redirect(homeOf(await loadActor()));
}
