const LONGEST_SIDE = 2000;
const SHRINKABLE = ["image/jpeg", "image/png", "image/webp"];

/**
 * Makes a picture smaller before it travels over a weak link: at most 2000 pixels on its longer side, as JPEG. What a browser
 * cannot read, what is no picture and what would not get smaller is sent as it is; the server has the last word.
 */
export async function shrinkImage(file: File): Promise<Blob> {
  if (!SHRINKABLE.includes(file.type)) return file;

  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    if (scale === 1 && file.size < 1_000_000) return file;

    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const smaller = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));

    return smaller && smaller.size < file.size ? smaller : file;
  } catch {
    return file;
  }
}
