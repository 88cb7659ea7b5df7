import { ClipboardCheck, FileStack, Gauge, ListChecks, NotebookText, Settings, Target } from "lucide-react";
import type { ReactNode } from "react";
import { Banner } from "@/components/feedback/banner";
import { AppShell } from "@/components/layout/app-shell";
import { ScopePath } from "@/components/layout/breadcrumbs";
import { firstGrant, ROLE_NAMES } from "@/domain/access/access";
import { RunningLine } from "@/features/data-import/components/running-line";
import { UserMenu } from "@/features/user/components/user-menu";
import { YearSwitch } from "@/features/user/components/year-switch";
import { loadShell } from "@/features/user/loaders";
import type { Job } from "@/features/user/navigation";
import { jobsOf } from "@/features/user/navigation";
import { loadWaiting } from "@/features/user/waiting";

const ICONS: Record<Job, ReactNode> = {
  dashboard: <Gauge />,
  registry: <NotebookText />,
  scoring: <ClipboardCheck />,
  dossier: <FileStack />,
  review: <ListChecks />,
  plan: <Target />,
  admin: <Settings />,
};

export default async function MainLayout({ children }: Readonly<{ children: ReactNode }>) {
  const { actor, path, year, years } = await loadShell();
  const waiting = await loadWaiting(actor);
  const writing = firstGrant(actor, "registry.write");
  const items = jobsOf(actor).map(({ job, href, label, shortLabel, alsoAt = [] }) => ({
    href,
    label,
    shortLabel,
    alsoAt,
    icon: ICONS[job],
    count: waiting[job],
  }));

  return (
    <AppShell
      items={items}
      scope={<ScopePath items={path.map((unit) => ({ label: unit.name }))} />}
      yearSwitch={<YearSwitch years={years} remembered={year} />}
      userMenu={
        <UserMenu
          name={actor.name}
          roles={actor.grants.map((grant) => `${ROLE_NAMES[grant.role]} · ${grant.unitName}`)}
        />
      }
    >
      {actor.isDemo && (
        <p className="mb-3 text-sm text-muted print:mb-1">
          Dữ liệu minh hoạ: người và số liệu do chương trình tự đặt.
        </p>
      )}
      {actor.mustChangePassword && (
        <div className="mb-5">
          <Banner tone="warn" title="Hãy đổi mật khẩu">
            Mật khẩu này do quản trị đặt.{" "}
            <a className="link" href="/tai-khoan">
              Đổi mật khẩu
            </a>
          </Banner>
        </div>
      )}
      {children}
      {writing && <RunningLine unitId={writing.unitId} />}
    </AppShell>
  );
}
