import type { CitizenVariant } from "@/domain/title/title";
import { toKey } from "./text";

/** Which of the four forms a job means, and whether the person is at work. */
export type Occupation = Readonly<{ variant: CitizenVariant; isWorker: boolean }>;

type Group = Occupation & Readonly<{ words: string }>;

// The forms of 324/QĐ-KHVN: farmers and rural workers; workers, craftsmen; managers, officials, teachers, business people; pupils
// and students. No source says where pensioners and people at home belong: they take the form of their neighbours in the
// hamlet, farmers and rural people, and do not count as workers.
const GROUPS: readonly Group[] = [
  {
    variant: "FARMER",
    isWorker: true,
    words:
      "nong dan,nong nghiep,lam ruong,lam nong,lam ray,lam nuong,lam vuon,lam ray,nong lam nghiep,lam nghiep,chan nuoi,trong trot,lam rung,trong rung,ngu dan,ngu nghiep,danh ca,danh bat thuy san,nuoi trong thuy san,thuy san,lao dong nong thon,nong dan va lao dong nong thon,san xuat nong nghiep,diem dan,lam muoi,nn,nd,lam co",
  },
  {
    variant: "WORKER",
    isWorker: true,
    words:
      "cong nhan,tho,cong nhan tho,cong nhan lao dong tieu thu cong tho,tieu thu cong,thu cong,tho may,tho xay,tho moc,tho han,tho ho,tho dien,tho co khi,tho cat toc,phu ho,lai xe,tai xe,xay dung,may mac,lao dong tu do,tu do,lam thue,lao dong pho thong,ld tu do,lao dong,boc vac,giup viec,bao ve,cn,lam cong nhan,cong nhan may,lai do,xe om,nghe tu do,lam tu do,di lam an xa,di lam xa,lam cong,phuc vu,nau an",
  },
  {
    variant: "OFFICIAL",
    isWorker: true,
    words:
      "can bo,cong chuc,vien chuc,cbcc,cbccvc,cb,cc,vc,can bo cong chuc,can bo xa,can bo thon,can bo huyen,can bo tinh,can bo vien chuc doanh nhan,quan ly can bo cong chuc vien chuc doanh nhan,cong chuc xa,giao vien,giang vien,gv,nha giao,bac si,bac sy,y si,y sy,y ta,dieu duong,ho sinh,duoc si,duoc sy,ke toan,van phong,nhan vien van phong,nhan vien,nvvp,ky su,kien truc su,luat su,doanh nhan,kinh doanh,buon ban,tieu thuong,giam doc,chu doanh nghiep,thuong nghiep,dich vu,ban hang,cong an,bo doi,quan nhan,quan doi,si quan,sy quan,luc luong vu trang,hieu truong,pho hieu truong,ngan hang,nha bao,phong vien,bi thu,chu tich,truong thon,quan ly,can bo quan ly,hop dong,kinh doanh buon ban,ho kinh doanh",
  },
  {
    variant: "STUDENT",
    isWorker: false,
    words:
      "hoc sinh,sinh vien,hoc sinh sinh vien,hs,sv,hssv,hs sv,hoc vien,di hoc,nghien cuu sinh,hoc nghe,dang di hoc,hoc pho thong,hoc dai hoc",
  },
  {
    variant: "FARMER",
    isWorker: false,
    words:
      "huu tri,huu,nghi huu,can bo huu,can bo huu tri,huu tri mat suc,mat suc,mat suc lao dong,noi tro,o nha,gia yeu,gia,nguoi gia,nguoi cao tuoi,het tuoi lao dong,cao tuoi,tan tat,khuyet tat,that nghiep,khong,khong nghe,khong nghe nghiep,chua co viec lam,khong co viec lam,om dau,benh tat,con nho,tre em,tre nho,chua di hoc,gia ca",
  },
];

const WHOLE: ReadonlyMap<string, Occupation> = new Map(
  GROUPS.flatMap(({ variant, isWorker, words }) =>
    words.split(",").map((word) => [word, { variant, isWorker }] as const),
  ),
);

/** Beginnings that decide where the rest tells a place or a detail: `Giáo viên trường Tiểu học`, `Công nhân may`. */
const BEGINNINGS = [...WHOLE].filter(([word]) => word.length >= 5).sort(([a], [b]) => b.length - a.length);

/** The form and the work a job means; undefined for words that are not known. */
export function occupationOf(text: string): Occupation | undefined {
  const key = toKey(text);

  return WHOLE.get(key) ?? BEGINNINGS.find(([word]) => key.startsWith(`${word} `))?.[1];
}
