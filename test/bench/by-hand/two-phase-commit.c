// The limit: specs/classics/two-phase-commit.weft by hand in C, explored by the algorithm that Weft uses.
//
// Breadth first, one thread, exact. A state is one 64-bit word, which stands in the hash table itself; the array of all
// states, in the order in which they were met, is the queue; of each state it keeps the number of new states that it
// led to, one byte, from which the way to any state can be found. States are expanded in batches: first all successors
// of a batch are made and their slots fetched, then they are inserted, so that the loads overlap.
//
// cc -O3 -march=native -DRMS=8 -o two-phase-commit two-phase-commit.c
// ./two-phase-commit [slots as a power of two]      with it the table has its size at once, else it grows by need

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

#ifndef RMS
#define RMS 3
#endif

typedef uint64_t State;

// ---------------------------------------------------------------- the model

// A state from its lowest bit on: `high` and `low` bits of the resource managers' states, the set that the transaction
// manager knows to be prepared, the set whose `prepared` is among the messages, COMMIT and ABORT, and its own state.
enum { WORKING = 0, PREPARED = 1, COMMITTED = 2, ABORTED = 3 }; // of a resource manager
enum { TM_INIT = 0, TM_COMMITTED = 1, TM_ABORTED = 2 };

#define ALL ((State)((1u << RMS) - 1))
#define LOW_AT 0
#define HIGH_AT RMS
#define KNOWN_AT (2 * RMS)
#define TOLD_AT (3 * RMS)
#define COMMIT ((State)1 << (4 * RMS))
#define ABORT ((State)1 << (4 * RMS + 1))
#define TM_AT (4 * RMS + 2)
/// Set in every state, so that no state is 0, which is an empty slot.
#define STATE ((State)1 << 63)

#define MOST_SUCCESSORS (6 * RMS + 2)

static inline State set_field(State s, int at, int rm, int value) {
  return (s & ~((State)1 << (at + rm))) | ((State)value << (at + rm));
}

static inline State with_rm_state(State s, int rm, int value) {
  return set_field(set_field(s, LOW_AT, rm, value & 1), HIGH_AT, rm, value >> 1);
}

/// Writes all successors, one for each action that is enabled, and answers how many.
static inline int successors(State s, State *out) {
  State *end = out;
  const State low = s >> LOW_AT & ALL, high = s >> HIGH_AT & ALL;
  const State known = s >> KNOWN_AT & ALL, told = s >> TOLD_AT & ALL;
  const State working = ~(low | high) & ALL;
  if ((s >> TM_AT & 3) == TM_INIT) {
    for (State left = told; left != 0; left &= left - 1)
      *end++ = s | (State)1 << (KNOWN_AT + __builtin_ctzll(left)); // tm_receive_prepared
    if (known == ALL) *end++ = s | COMMIT | (State)TM_COMMITTED << TM_AT; // tm_commit
    *end++ = s | ABORT | (State)TM_ABORTED << TM_AT;                      // tm_abort
  }
  for (State left = working; left != 0; left &= left - 1) {
    const int rm = __builtin_ctzll(left);
    *end++ = with_rm_state(s, rm, PREPARED) | (State)1 << (TOLD_AT + rm); // rm_prepare
    *end++ = with_rm_state(s, rm, ABORTED);                               // rm_choose_to_abort
  }
  if (s & COMMIT)
    for (int rm = 0; rm < RMS; rm += 1) *end++ = with_rm_state(s, rm, COMMITTED); // rm_receive_commit
  if (s & ABORT)
    for (int rm = 0; rm < RMS; rm += 1) *end++ = with_rm_state(s, rm, ABORTED); // rm_receive_abort
  return (int)(end - out);
}

static struct {
  bool inconsistent, deadlocked;
  bool all_commit, all_abort, lone_abort;
} found;

/// The invariant and the covers.
static inline void judge(State s) {
  const State low = s >> LOW_AT & ALL, high = s >> HIGH_AT & ALL;
  const State committed = high & ~low, aborted = high & low;
  if (committed != 0 && aborted != 0) found.inconsistent = true;
  if (committed == ALL) found.all_commit = true;
  if (aborted == ALL) found.all_abort = true;
  if (aborted != 0 && (s >> TM_AT & 3) == TM_INIT) found.lone_abort = true;
}

/// An end without steps is right where everybody has decided.
static inline void judge_end(State s) {
  if ((s >> HIGH_AT & ALL) != ALL) found.deadlocked = true;
}

// ---------------------------------------------------------------- the search

enum { BATCH = 64 };

static State *states;             // all that were met, in this order: the queue
static uint8_t *children;         // how many states were first met from each
static size_t count;
static State *slots;
static int slot_bits;
static size_t limit;              // states at which the table grows

static void *pages(size_t bytes) {
  void *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (at == MAP_FAILED) {
    perror("mmap");
    exit(1);
  }
  return at;
}

static inline size_t slot_of(State s) {
  s *= 0x9e3779b97f4a7c15u;
  s ^= s >> 32;
  s *= 0xd6e8feb86659fd93u;
  return s >> (64 - slot_bits);
}

static void make_table(int bits) {
  slot_bits = bits;
  slots = pages(sizeof(State) << bits);
  limit = ((size_t)1 << bits) / 4 * 3;
}

static void grow(void) {
  munmap(slots, sizeof(State) << slot_bits);
  make_table(slot_bits + 1);
  const size_t mask = ((size_t)1 << slot_bits) - 1;
  for (size_t i = 0; i < count; i += 1) {
    if (i + 16 < count) __builtin_prefetch(&slots[slot_of(states[i + 16])], 1);
    size_t slot = slot_of(states[i]);
    while (slots[slot] != 0) slot = (slot + 1) & mask;
    slots[slot] = states[i];
  }
}

/// True if the state is new.
static inline bool insert(State s, size_t slot) {
  const size_t mask = ((size_t)1 << slot_bits) - 1;
  for (;; slot = (slot + 1) & mask) {
    const State there = slots[slot];
    if (there == s) return false;
    if (there == 0) break;
  }
  slots[slot] = s;
  states[count] = s;
  count += 1;
  judge(s);
  return true;
}

int main(int argc, char **argv) {
  struct timespec begun, ended;
  clock_gettime(CLOCK_MONOTONIC, &begun);
  const size_t most = (size_t)1 << 30; // of address space, not of memory
  states = pages(most * sizeof(State));
  children = pages(most);
  make_table(argc > 1 ? atoi(argv[1]) : 14);
  insert(STATE, slot_of(STATE));
  static State made[BATCH * MOST_SUCCESSORS];
  static size_t made_slots[BATCH * MOST_SUCCESSORS];
  size_t cursor = 0, transitions = 0, depth = 0, level_end = 1;
  while (cursor < count) {
    if (cursor == level_end) {
      depth += 1;
      level_end = count;
    }
    if (count + BATCH * MOST_SUCCESSORS > limit) grow();
    const size_t last = cursor + BATCH < level_end ? cursor + BATCH : level_end;
    uint16_t counts[BATCH];
    size_t total = 0;
    for (size_t i = cursor; i < last; i += 1) {
      const int many = successors(states[i], made + total);
      if (many == 0) judge_end(states[i]);
      for (size_t k = total; k < total + many; k += 1) {
        made_slots[k] = slot_of(made[k]);
        __builtin_prefetch(&slots[made_slots[k]], 1);
      }
      counts[i - cursor] = (uint16_t)many;
      total += many;
    }
    transitions += total;
    for (size_t i = cursor, k = 0; i < last; i += 1) {
      const size_t before = count;
      for (const size_t end = k + counts[i - cursor]; k < end; k += 1) insert(made[k], made_slots[k]);
      children[i] = (uint8_t)(count - before);
    }
    cursor = last;
  }
  clock_gettime(CLOCK_MONOTONIC, &ended);
  const double seconds = (double)(ended.tv_sec - begun.tv_sec) + (double)(ended.tv_nsec - begun.tv_nsec) * 1e-9;
  printf("states %zu\ntransitions %zu\ndepth %zu\nseconds %.6f\n", count, transitions, depth, seconds);
  printf("consistent %s\ndeadlock %s\n", found.inconsistent ? "violated" : "holds", found.deadlocked ? "violated" : "holds");
  printf("covers %d%d%d\n", found.all_commit, found.all_abort, found.lone_abort);
  return 0;
}
