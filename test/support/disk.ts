// A disk in memory, for searches that keep their states on one.

import type { Disk } from "../../src/checker/spill-files.ts";

/** A disk in memory, on which so many operations succeed. */
export function diskInMemory(operations = Number.POSITIVE_INFINITY): Disk & { used: number } {
  const disk = {
    failure: null as string | null,
    used: 0,
    file() {
      let content = new Uint8Array(1 << 10);
      let length = 0;
      operate();
      return {
        append(bytes: Uint8Array) {
          operate();
          if (length + bytes.length > content.length) {
            const longer = new Uint8Array(2 * (length + bytes.length));
            longer.set(content);
            content = longer;
          }
          content.set(bytes, length);
          length += bytes.length;
        },
        read(position: number, into: Uint8Array) {
          operate();
          if (position + into.length > length) throw new Error("read behind the end");
          into.set(content.subarray(position, position + into.length));
        },
      };
    },
  };
  const operate = (): void => {
    disk.used += 1;
    if (disk.used <= operations) return;
    disk.failure ??= "full";
    throw new Error("disk full");
  };
  return disk;
}
