// What the file system says went wrong, in words for who called the program.

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EISDIR: "it is a folder",
  ENOTDIR: "it is not a folder",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "it may only be read",
  ENOSPC: "there is no space left",
  EDQUOT: "no more space is granted there",
  EFBIG: "a file would be too large",
  EIO: "the disk is in trouble",
};

/** The reason of whatever reading or writing threw, as the end of a sentence. */
export function fileErrorWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return reasons[code ?? ""] ?? error.message;
}
