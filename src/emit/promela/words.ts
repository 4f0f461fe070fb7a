// Words that no name of a spec may have in Promela: those of the language, of C, and of the verifier that SPIN writes,
// where every variable is a field of C.

const PROMELA =
  "active assert atomic bit bool break byte c_code c_decl c_expr c_state c_track D_proctype do chan else empty " +
  "enabled end eval false fi for full get_priority goto hidden if in init inline int len local ltl mtype nempty never " +
  "nfull notrace np_ od of pc_value pid printf printm priority proctype provided return run d_step select " +
  "set_priority short skip timeout trace true show typedef unless unsigned xr xs STDIN " +
  "_ _last _nr_pr _nr_qs _pid _p _t _a_t _cnds _event _n _m _vsz _priority _this accept progress";

const C =
  "auto break case char const continue default do double else enum extern float for goto if inline int long register " +
  "restrict return short signed sizeof static struct switch typedef union unsigned void volatile while " +
  "asm typeof linux unix i386 NULL EOF main now stdin stdout stderr errno";

const VERIFIER =
  "ACCEPT_LAB ALL_P ALPHA_F ASYNC AUTO_RESIZE A_V Addproc Air0 Air1 BACKWARD_MOVES BAD BASE BFS CACHE_NR CHECK CHUNK " +
  "CNTRSTACK CNT_P COLLAPSE CONSERVATIVE CONTINUE CONTINUE0 CYCLE CS_ID CS_N CS_NR DEBUG DELTA FORWARD_MOVES FREQ FROM_P " +
  "FULLSTACK GLOBAL GLOBAL_LOCK GN_FRAMES GQ_RD GQ_WR HASH HAS_CODE HAS_LAST HAS_NP HAS_TRACK HC HC4 INI_P INLINE_REV " +
  "INRANGE IfNotBlocked Index LC LN_FRAMES LOCAL LONG_T L_BOUND MA MAXPROC MAXQ MEMLIM MERGED MORE_P Max NCLAIMS NCORE " +
  "NDONE_P NFAIR NOCOMP NOFAIR NOREDUCE NOT_AGAIN NO_LAST NQS NRUNS NR_QS NTRANS OFFT ONESECOND ONE_L Offsetof PAN_H " +
  "PERMUTED PMAX PROG_LAB PUTPID P_REVERSE P__Q PanSource QLOCK QMAX QUERY QUERY_F QUIT RANDSTOR RFLAGS RWFLAGS SAFETY " +
  "SEP_HEAP SEP_STATE SHORT_T STORE_CTX SYNC StackSize SpinVersion TIMEOUT_F TRANSITIONS TRY_AGAIN TWIDTH T_FREE T_HC T_ID " +
  "T_RAND T_ROW T_STAT T_VSZ UPTO_P UnBlock VECTORSZ VERI VMAX VVERBOSE V_A V_PROVISO WAIT_MAX WFLAGS WS W_XPT XUSAFE " +
  "BITSTATE NOBOUNDCHECK NOCLAIM Pclaim Pinit bfs_do_store cas enter_critical final get16bits get_permuted getframe " +
  "grab_state iam_alive leave_critical max maxseq0 minseq0 mix onstack_now onstack_put onstack_zap pptr pthread_equal q_sz " +
  "qptr rand rot uchar uint ulong ushort wasnew";

export const RESERVED: readonly string[] = [PROMELA, C, VERIFIER].flatMap((words) =>
  words.split(" "),
);
