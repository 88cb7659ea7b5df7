import "server-only";
import { fileTypeFromBuffer } from "file-type";
import sharp from "sharp";
import { AppError } from "@/lib/errors/app-error";

/** Most bytes of one uploaded file. */
export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;
/** Longest side of a stored image, in pixels: enough to read a page of A4. */
export const MAX_IMAGE_SIDE = 2000;
/** A picture that unpacks to more than this is refused before it fills the memory. */
const MAX_PIXELS = 80_000_000;

export type NormalisedFile = Readonly<{ bytes: Uint8Array; mime: string; extension: string }>;

// One thread per picture: uploads must not take the processors from everybody else.
sharp.concurrency(1);
sharp.cache(false);

/**
 * Turns an upload into what is stored. The kind is told by the content, never by the name. Pictures are turned upright, kept
 * within `MAX_IMAGE_SIDE` and written anew, which drops all metadata (position, camera, owner) and anything appended to them;
 * PDF files are kept as they are.
 * @throws AppError TOO_LARGE, UNSUPPORTED_FILE
 */
export async function normaliseFile(bytes: Uint8Array): Promise<NormalisedFile> {
  if (bytes.byteLength > MAX_UPLOAD_BYTES) throw new AppError({ code: "TOO_LARGE" });

  const kind = await fileTypeFromBuffer(bytes);
  switch (kind?.mime) {
    case "application/pdf":
      return { bytes, mime: kind.mime, extension: "pdf" };
    case "image/jpeg":
      return { bytes: await rewrite(bytes, "jpeg"), mime: kind.mime, extension: "jpg" };
    case "image/png":
      return { bytes: await rewrite(bytes, "png"), mime: kind.mime, extension: "png" };
    case "image/webp":
      return { bytes: await rewrite(bytes, "webp"), mime: kind.mime, extension: "webp" };
    default:
      throw new AppError({ code: "UNSUPPORTED_FILE" });
  }
}

async function rewrite(bytes: Uint8Array, format: "jpeg" | "png" | "webp"): Promise<Uint8Array> {
  try {
    return await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error" })
      .rotate()
      .resize({ width: MAX_IMAGE_SIDE, height: MAX_IMAGE_SIDE, fit: "inside", withoutEnlargement: true })
      .toFormat(format, format === "png" ? { compressionLevel: 9 } : { quality: 82 })
      .toBuffer();
  } catch (error) {
    throw new AppError({
      code: "UNSUPPORTED_FILE",
      detail: "Không đọc được ảnh này: tệp bị hỏng hoặc quá lớn. Hãy chụp hoặc xuất lại rồi tải lên.",
      cause: error,
    });
  }
}
