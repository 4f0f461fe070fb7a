// Generated from the rules: the types of the concrete tree.
// biome-ignore-all lint/style/noExcessiveLinesPerFile: generated
// biome-ignore-all format: generated

import type { CstNode, IToken } from "chevrotain";

export interface ExpressionCstNode extends CstNode {
  name: "expression";
  children: ExpressionCstChildren;
}

export type ExpressionCstChildren = {
  operand: OperandCstNode[];
  operation?: OperationCstNode[];
};

export interface OperationCstNode extends CstNode {
  name: "operation";
  children: OperationCstChildren;
}

export type OperationCstChildren = {
  NotWord?: IToken[];
  In?: IToken[];
  operand?: (OperandCstNode)[];
  At?: IToken[];
  labelPath?: LabelPathCstNode[];
  BinaryOperator?: IToken[];
};

export interface LabelPathCstNode extends CstNode {
  name: "labelPath";
  children: LabelPathCstChildren;
}

export type LabelPathCstChildren = {
  Identifier: (IToken)[];
  Dot?: IToken[];
};

export interface OperandCstNode extends CstNode {
  name: "operand";
  children: OperandCstChildren;
}

export type OperandCstChildren = {
  prefix?: PrefixCstNode[];
  primary: PrimaryCstNode[];
  suffix?: SuffixCstNode[];
  update?: UpdateCstNode[];
};

export interface PrefixCstNode extends CstNode {
  name: "prefix";
  children: PrefixCstChildren;
}

export type PrefixCstChildren = {
  Not?: IToken[];
  Minus?: IToken[];
  Diamond?: IToken[];
  LSquare?: IToken[];
  RSquare?: IToken[];
};

export interface UpdateCstNode extends CstNode {
  name: "update";
  children: UpdateCstChildren;
}

export type UpdateCstChildren = {
  With: IToken[];
  LSquare?: IToken[];
  expression?: ExpressionCstNode[];
  RSquare?: IToken[];
  Identifier?: IToken[];
  Equals: IToken[];
  plainOperand: PlainOperandCstNode[];
};

export interface PlainOperandCstNode extends CstNode {
  name: "plainOperand";
  children: PlainOperandCstChildren;
}

export type PlainOperandCstChildren = {
  Minus?: IToken[];
  primary: PrimaryCstNode[];
  suffix?: SuffixCstNode[];
};

export interface SuffixCstNode extends CstNode {
  name: "suffix";
  children: SuffixCstChildren;
}

export type SuffixCstChildren = {
  LSquare?: IToken[];
  expression?: ExpressionCstNode[];
  RSquare?: IToken[];
  Dot?: IToken[];
  Identifier?: IToken[];
  Prime?: IToken[];
};

export interface PrimaryCstNode extends CstNode {
  name: "primary";
  children: PrimaryCstChildren;
}

export type PrimaryCstChildren = {
  NumberLiteral?: IToken[];
  True?: IToken[];
  False?: IToken[];
  Null?: IToken[];
  reference?: ReferenceCstNode[];
  LParen?: IToken[];
  expression?: ExpressionCstNode[];
  RParen?: IToken[];
  bracesLiteral?: BracesLiteralCstNode[];
  bracketsLiteral?: BracketsLiteralCstNode[];
  conditional?: ConditionalCstNode[];
  letIn?: LetInCstNode[];
  quantified?: QuantifiedCstNode[];
  tryAcquire?: TryAcquireCstNode[];
};

export interface ReferenceCstNode extends CstNode {
  name: "reference";
  children: ReferenceCstChildren;
}

export type ReferenceCstChildren = {
  Identifier: IToken[];
  callArguments?: CallArgumentsCstNode[];
};

export interface CallArgumentsCstNode extends CstNode {
  name: "callArguments";
  children: CallArgumentsCstChildren;
}

export type CallArgumentsCstChildren = {
  LParen: IToken[];
  expression?: ExpressionCstNode[];
  Comma?: IToken[];
  RParen: IToken[];
};

export interface BracesLiteralCstNode extends CstNode {
  name: "bracesLiteral";
  children: BracesLiteralCstChildren;
}

export type BracesLiteralCstChildren = {
  LCurly: IToken[];
  fieldValue?: FieldValueCstNode[];
  Comma?: (IToken)[];
  binding?: (BindingCstNode)[];
  Where?: IToken[];
  expression?: (ExpressionCstNode)[];
  For?: IToken[];
  RCurly: IToken[];
};

export interface FieldValueCstNode extends CstNode {
  name: "fieldValue";
  children: FieldValueCstChildren;
}

export type FieldValueCstChildren = {
  Identifier: IToken[];
  Colon: IToken[];
  expression: ExpressionCstNode[];
};

export interface BracketsLiteralCstNode extends CstNode {
  name: "bracketsLiteral";
  children: BracketsLiteralCstChildren;
}

export type BracketsLiteralCstChildren = {
  LSquare: IToken[];
  binding?: BindingCstNode[];
  Colon?: IToken[];
  expression?: (ExpressionCstNode)[];
  Comma?: IToken[];
  RSquare: IToken[];
};

export interface ConditionalCstNode extends CstNode {
  name: "conditional";
  children: ConditionalCstChildren;
}

export type ConditionalCstChildren = {
  If: IToken[];
  expression: (ExpressionCstNode)[];
  Then: IToken[];
  Else: IToken[];
};

export interface LetInCstNode extends CstNode {
  name: "letIn";
  children: LetInCstChildren;
}

export type LetInCstChildren = {
  Let: IToken[];
  Identifier: IToken[];
  Equals: IToken[];
  expression: (ExpressionCstNode)[];
  Colon: IToken[];
};

export interface QuantifiedCstNode extends CstNode {
  name: "quantified";
  children: QuantifiedCstChildren;
}

export type QuantifiedCstChildren = {
  Forall?: IToken[];
  Exists?: IToken[];
  Count?: IToken[];
  Sum?: IToken[];
  binding: BindingCstNode[];
  Comma?: IToken[];
  Colon: IToken[];
  expression: ExpressionCstNode[];
};

export interface BindingCstNode extends CstNode {
  name: "binding";
  children: BindingCstChildren;
}

export type BindingCstChildren = {
  Identifier: IToken[];
  In: IToken[];
  expression: ExpressionCstNode[];
};

export interface TryAcquireCstNode extends CstNode {
  name: "tryAcquire";
  children: TryAcquireCstChildren;
}

export type TryAcquireCstChildren = {
  Try: IToken[];
  Acquire: IToken[];
  place: PlaceCstNode[];
};

export interface PlaceCstNode extends CstNode {
  name: "place";
  children: PlaceCstChildren;
}

export type PlaceCstChildren = {
  Identifier: IToken[];
  placeSuffix?: PlaceSuffixCstNode[];
};

export interface PlaceSuffixCstNode extends CstNode {
  name: "placeSuffix";
  children: PlaceSuffixCstChildren;
}

export type PlaceSuffixCstChildren = {
  LSquare?: IToken[];
  expression?: ExpressionCstNode[];
  RSquare?: IToken[];
  Dot?: IToken[];
  Identifier?: IToken[];
};

export interface TypeCstNode extends CstNode {
  name: "type";
  children: TypeCstChildren;
}

export type TypeCstChildren = {
  range?: RangeCstNode[];
  elementType?: ElementTypeCstNode[];
};

export interface RangeCstNode extends CstNode {
  name: "range";
  children: RangeCstChildren;
}

export type RangeCstChildren = {
  bound: (BoundCstNode)[];
  DotDot: IToken[];
};

export interface BoundCstNode extends CstNode {
  name: "bound";
  children: BoundCstChildren;
}

export type BoundCstChildren = {
  boundOperand: BoundOperandCstNode[];
  boundOperation?: BoundOperationCstNode[];
};

export interface BoundOperationCstNode extends CstNode {
  name: "boundOperation";
  children: BoundOperationCstChildren;
}

export type BoundOperationCstChildren = {
  ArithmeticOperator: IToken[];
  boundOperand: BoundOperandCstNode[];
};

export interface BoundOperandCstNode extends CstNode {
  name: "boundOperand";
  children: BoundOperandCstChildren;
}

export type BoundOperandCstChildren = {
  Minus?: IToken[];
  NumberLiteral?: IToken[];
  reference?: ReferenceCstNode[];
  LParen?: IToken[];
  expression?: ExpressionCstNode[];
  RParen?: IToken[];
  placeSuffix?: PlaceSuffixCstNode[];
};

export interface ElementTypeCstNode extends CstNode {
  name: "elementType";
  children: ElementTypeCstChildren;
}

export type ElementTypeCstChildren = {
  simpleType: SimpleTypeCstNode[];
  typeSuffix?: TypeSuffixCstNode[];
};

export interface TypeSuffixCstNode extends CstNode {
  name: "typeSuffix";
  children: TypeSuffixCstChildren;
}

export type TypeSuffixCstChildren = {
  Question?: IToken[];
  LSquare?: IToken[];
  type?: TypeCstNode[];
  RSquare?: IToken[];
};

export interface SimpleTypeCstNode extends CstNode {
  name: "simpleType";
  children: SimpleTypeCstChildren;
}

export type SimpleTypeCstChildren = {
  setType?: SetTypeCstNode[];
  sequenceType?: SequenceTypeCstNode[];
  recordType?: RecordTypeCstNode[];
  LParen?: IToken[];
  type?: TypeCstNode[];
  RParen?: IToken[];
  Bool?: IToken[];
  Identifier?: IToken[];
};

export interface SetTypeCstNode extends CstNode {
  name: "setType";
  children: SetTypeCstChildren;
}

export type SetTypeCstChildren = {
  SetWord: IToken[];
  Of: IToken[];
  elementType: ElementTypeCstNode[];
};

export interface SequenceTypeCstNode extends CstNode {
  name: "sequenceType";
  children: SequenceTypeCstChildren;
}

export type SequenceTypeCstChildren = {
  Seq: IToken[];
  Of: IToken[];
  elementType: ElementTypeCstNode[];
  Upto: IToken[];
  bound: BoundCstNode[];
};

export interface RecordTypeCstNode extends CstNode {
  name: "recordType";
  children: RecordTypeCstChildren;
}

export type RecordTypeCstChildren = {
  LCurly: IToken[];
  fieldType: FieldTypeCstNode[];
  Comma?: IToken[];
  RCurly: IToken[];
};

export interface FieldTypeCstNode extends CstNode {
  name: "fieldType";
  children: FieldTypeCstChildren;
}

export type FieldTypeCstChildren = {
  Identifier: IToken[];
  Colon: IToken[];
  type: TypeCstNode[];
};

export interface BlockCstNode extends CstNode {
  name: "block";
  children: BlockCstChildren;
}

export type BlockCstChildren = {
  LCurly: IToken[];
  blockItem?: BlockItemCstNode[];
  RCurly: IToken[];
};

export interface BlockItemCstNode extends CstNode {
  name: "blockItem";
  children: BlockItemCstChildren;
}

export type BlockItemCstChildren = {
  label?: LabelCstNode[];
  statement?: StatementCstNode[];
  Semicolon?: IToken[];
};

export interface LabelCstNode extends CstNode {
  name: "label";
  children: LabelCstChildren;
}

export type LabelCstChildren = {
  Identifier: IToken[];
  Colon: IToken[];
};

export interface StatementCstNode extends CstNode {
  name: "statement";
  children: StatementCstChildren;
}

export type StatementCstChildren = {
  assignOrCall?: AssignOrCallCstNode[];
  Skip?: IToken[];
  acquire?: AcquireCstNode[];
  release?: ReleaseCstNode[];
  downgrade?: DowngradeCstNode[];
  await?: AwaitCstNode[];
  assert?: AssertCstNode[];
  localVariable?: LocalVariableCstNode[];
  addCost?: AddCostCstNode[];
  setGhost?: SetGhostCstNode[];
  ifElse?: IfElseCstNode[];
  while?: WhileCstNode[];
  loop?: LoopCstNode[];
  for?: ForCstNode[];
  either?: EitherCstNode[];
  pick?: PickCstNode[];
  atomic?: AtomicCstNode[];
  Break?: IToken[];
  Continue?: IToken[];
  return?: ReturnCstNode[];
  goto?: GotoCstNode[];
};

export interface AssignOrCallCstNode extends CstNode {
  name: "assignOrCall";
  children: AssignOrCallCstChildren;
}

export type AssignOrCallCstChildren = {
  target: TargetCstNode[];
  AssignOperator?: IToken[];
  expression?: ExpressionCstNode[];
};

export interface TargetCstNode extends CstNode {
  name: "target";
  children: TargetCstChildren;
}

export type TargetCstChildren = {
  reference?: ReferenceCstNode[];
  tryAcquire?: TryAcquireCstNode[];
  suffix?: SuffixCstNode[];
  operation?: OperationCstNode[];
};

export interface AcquireCstNode extends CstNode {
  name: "acquire";
  children: AcquireCstChildren;
}

export type AcquireCstChildren = {
  Acquire: IToken[];
  place: PlaceCstNode[];
  For?: IToken[];
  Read?: IToken[];
};

export interface ReleaseCstNode extends CstNode {
  name: "release";
  children: ReleaseCstChildren;
}

export type ReleaseCstChildren = {
  Release: IToken[];
  place: PlaceCstNode[];
};

export interface DowngradeCstNode extends CstNode {
  name: "downgrade";
  children: DowngradeCstChildren;
}

export type DowngradeCstChildren = {
  Downgrade: IToken[];
  place: PlaceCstNode[];
};

export interface AwaitCstNode extends CstNode {
  name: "await";
  children: AwaitCstChildren;
}

export type AwaitCstChildren = {
  Await: IToken[];
  expression: ExpressionCstNode[];
};

export interface AssertCstNode extends CstNode {
  name: "assert";
  children: AssertCstChildren;
}

export type AssertCstChildren = {
  Assert: IToken[];
  Identifier?: IToken[];
  Colon?: IToken[];
  expression: ExpressionCstNode[];
};

export interface LocalVariableCstNode extends CstNode {
  name: "localVariable";
  children: LocalVariableCstChildren;
}

export type LocalVariableCstChildren = {
  Var: IToken[];
  Identifier: IToken[];
  Colon: IToken[];
  type: TypeCstNode[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
};

export interface AddCostCstNode extends CstNode {
  name: "addCost";
  children: AddCostCstChildren;
}

export type AddCostCstChildren = {
  Cost: IToken[];
  Identifier: IToken[];
  PlusAssign: IToken[];
  expression: ExpressionCstNode[];
};

export interface SetGhostCstNode extends CstNode {
  name: "setGhost";
  children: SetGhostCstChildren;
}

export type SetGhostCstChildren = {
  Ghost: IToken[];
  place: PlaceCstNode[];
  AssignOperator: IToken[];
  expression: ExpressionCstNode[];
};

export interface IfElseCstNode extends CstNode {
  name: "ifElse";
  children: IfElseCstChildren;
}

export type IfElseCstChildren = {
  If: IToken[];
  expression: ExpressionCstNode[];
  block: (BlockCstNode)[];
  elseIf?: ElseIfCstNode[];
  Else?: IToken[];
};

export interface ElseIfCstNode extends CstNode {
  name: "elseIf";
  children: ElseIfCstChildren;
}

export type ElseIfCstChildren = {
  Else: IToken[];
  If: IToken[];
  expression: ExpressionCstNode[];
  block: BlockCstNode[];
};

export interface WhileCstNode extends CstNode {
  name: "while";
  children: WhileCstChildren;
}

export type WhileCstChildren = {
  While: IToken[];
  expression: ExpressionCstNode[];
  block: BlockCstNode[];
};

export interface LoopCstNode extends CstNode {
  name: "loop";
  children: LoopCstChildren;
}

export type LoopCstChildren = {
  Loop: IToken[];
  block: BlockCstNode[];
};

export interface ForCstNode extends CstNode {
  name: "for";
  children: ForCstChildren;
}

export type ForCstChildren = {
  For: IToken[];
  Any?: IToken[];
  binding: BindingCstNode[];
  block: BlockCstNode[];
};

export interface EitherCstNode extends CstNode {
  name: "either";
  children: EitherCstChildren;
}

export type EitherCstChildren = {
  Either: IToken[];
  block: (BlockCstNode)[];
  Or: IToken[];
};

export interface PickCstNode extends CstNode {
  name: "pick";
  children: PickCstChildren;
}

export type PickCstChildren = {
  Pick: IToken[];
  binding: BindingCstNode[];
  Where?: IToken[];
  expression?: ExpressionCstNode[];
  block: BlockCstNode[];
};

export interface AtomicCstNode extends CstNode {
  name: "atomic";
  children: AtomicCstChildren;
}

export type AtomicCstChildren = {
  Atomic: IToken[];
  block: BlockCstNode[];
};

export interface ReturnCstNode extends CstNode {
  name: "return";
  children: ReturnCstChildren;
}

export type ReturnCstChildren = {
  Return: IToken[];
  expression?: ExpressionCstNode[];
};

export interface GotoCstNode extends CstNode {
  name: "goto";
  children: GotoCstChildren;
}

export type GotoCstChildren = {
  Goto: IToken[];
  Identifier: IToken[];
};

export interface DeclarationCstNode extends CstNode {
  name: "declaration";
  children: DeclarationCstChildren;
}

export type DeclarationCstChildren = {
  param?: ParamCstNode[];
  constant?: ConstantCstNode[];
  assume?: AssumeCstNode[];
  typeName?: TypeNameCstNode[];
  enumeration?: EnumerationCstNode[];
  variable?: VariableCstNode[];
  init?: InitCstNode[];
  lock?: LockCstNode[];
  function?: FunctionCstNode[];
  definition?: DefinitionCstNode[];
  actor?: ActorCstNode[];
  property?: PropertyCstNode[];
  cost?: CostCstNode[];
  terminal?: TerminalCstNode[];
  observe?: ObserveCstNode[];
  expect?: ExpectCstNode[];
  use?: UseCstNode[];
};

export interface ParamCstNode extends CstNode {
  name: "param";
  children: ParamCstChildren;
}

export type ParamCstChildren = {
  Param: IToken[];
  Identifier: IToken[];
  Colon: IToken[];
  type: TypeCstNode[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
};

export interface ConstantCstNode extends CstNode {
  name: "constant";
  children: ConstantCstChildren;
}

export type ConstantCstChildren = {
  Const: IToken[];
  Identifier: IToken[];
  Colon: IToken[];
  type: TypeCstNode[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
};

export interface AssumeCstNode extends CstNode {
  name: "assume";
  children: AssumeCstChildren;
}

export type AssumeCstChildren = {
  Assume: IToken[];
  expression: ExpressionCstNode[];
};

export interface TypeNameCstNode extends CstNode {
  name: "typeName";
  children: TypeNameCstChildren;
}

export type TypeNameCstChildren = {
  Symmetric?: IToken[];
  Type: IToken[];
  Identifier: IToken[];
  Equals: IToken[];
  type: TypeCstNode[];
};

export interface EnumerationCstNode extends CstNode {
  name: "enumeration";
  children: EnumerationCstChildren;
}

export type EnumerationCstChildren = {
  Enum: IToken[];
  Identifier: (IToken)[];
  LCurly: IToken[];
  Comma?: IToken[];
  RCurly: IToken[];
};

export interface VariableCstNode extends CstNode {
  name: "variable";
  children: VariableCstChildren;
}

export type VariableCstChildren = {
  Ghost?: IToken[];
  Var: IToken[];
  Identifier: IToken[];
  variableKey?: VariableKeyCstNode[];
  Colon: IToken[];
  type: TypeCstNode[];
  Equals?: IToken[];
  expression?: (ExpressionCstNode)[];
  In?: IToken[];
};

export interface VariableKeyCstNode extends CstNode {
  name: "variableKey";
  children: VariableKeyCstChildren;
}

export type VariableKeyCstChildren = {
  LSquare: IToken[];
  Identifier?: IToken[];
  Colon?: IToken[];
  type: TypeCstNode[];
  RSquare: IToken[];
};

export interface InitCstNode extends CstNode {
  name: "init";
  children: InitCstChildren;
}

export type InitCstChildren = {
  Init: IToken[];
  Where: IToken[];
  expression: ExpressionCstNode[];
};

export interface LockCstNode extends CstNode {
  name: "lock";
  children: LockCstChildren;
}

export type LockCstChildren = {
  Spinlock?: IToken[];
  Mutex?: IToken[];
  Rwsem?: IToken[];
  Identifier: IToken[];
  LSquare?: IToken[];
  type?: TypeCstNode[];
  RSquare?: IToken[];
};

export interface FunctionCstNode extends CstNode {
  name: "function";
  children: FunctionCstChildren;
}

export type FunctionCstChildren = {
  Fn: IToken[];
  Identifier: IToken[];
  parameters: ParametersCstNode[];
  Colon?: IToken[];
  type?: TypeCstNode[];
  contract?: ContractCstNode[];
  block: BlockCstNode[];
};

export interface ParametersCstNode extends CstNode {
  name: "parameters";
  children: ParametersCstChildren;
}

export type ParametersCstChildren = {
  LParen: IToken[];
  parameter?: ParameterCstNode[];
  Comma?: IToken[];
  RParen: IToken[];
};

export interface ParameterCstNode extends CstNode {
  name: "parameter";
  children: ParameterCstChildren;
}

export type ParameterCstChildren = {
  Ref?: IToken[];
  Identifier: IToken[];
  Colon: IToken[];
  type: TypeCstNode[];
};

export interface ContractCstNode extends CstNode {
  name: "contract";
  children: ContractCstChildren;
}

export type ContractCstChildren = {
  Holds: IToken[];
  place: PlaceCstNode[];
  When: IToken[];
  Result: IToken[];
};

export interface DefinitionCstNode extends CstNode {
  name: "definition";
  children: DefinitionCstChildren;
}

export type DefinitionCstChildren = {
  Def: IToken[];
  Identifier: IToken[];
  parameters: ParametersCstNode[];
  Colon: IToken[];
  type: TypeCstNode[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
};

export interface ActorCstNode extends CstNode {
  name: "actor";
  children: ActorCstChildren;
}

export type ActorCstChildren = {
  fairness?: FairnessCstNode[];
  process?: ProcessCstNode[];
  action?: ActionCstNode[];
};

export interface FairnessCstNode extends CstNode {
  name: "fairness";
  children: FairnessCstChildren;
}

export type FairnessCstChildren = {
  Strongly?: IToken[];
  Fair: IToken[];
};

export interface ProcessCstNode extends CstNode {
  name: "process";
  children: ProcessCstChildren;
}

export type ProcessCstChildren = {
  Daemon?: IToken[];
  Process: IToken[];
  Identifier: IToken[];
  processIndex?: ProcessIndexCstNode[];
  block: BlockCstNode[];
};

export interface ProcessIndexCstNode extends CstNode {
  name: "processIndex";
  children: ProcessIndexCstChildren;
}

export type ProcessIndexCstChildren = {
  LSquare: IToken[];
  Identifier: IToken[];
  Colon?: IToken[];
  type?: TypeCstNode[];
  In?: IToken[];
  expression?: ExpressionCstNode[];
  RSquare: IToken[];
};

export interface ActionCstNode extends CstNode {
  name: "action";
  children: ActionCstChildren;
}

export type ActionCstChildren = {
  Action: IToken[];
  Identifier: IToken[];
  parameters?: ParametersCstNode[];
  When?: IToken[];
  expression?: ExpressionCstNode[];
  block: BlockCstNode[];
};

export interface PropertyCstNode extends CstNode {
  name: "property";
  children: PropertyCstChildren;
}

export type PropertyCstChildren = {
  Invariant?: IToken[];
  Step?: IToken[];
  Property?: IToken[];
  Cover?: IToken[];
  Identifier: IToken[];
  Colon: IToken[];
  expression: ExpressionCstNode[];
};

export interface CostCstNode extends CstNode {
  name: "cost";
  children: CostCstChildren;
}

export type CostCstChildren = {
  Cost: IToken[];
  Identifier: IToken[];
};

export interface TerminalCstNode extends CstNode {
  name: "terminal";
  children: TerminalCstChildren;
}

export type TerminalCstChildren = {
  Terminal: IToken[];
  When: IToken[];
  expression: ExpressionCstNode[];
};

export interface ObserveCstNode extends CstNode {
  name: "observe";
  children: ObserveCstChildren;
}

export type ObserveCstChildren = {
  Observe: IToken[];
  Identifier: IToken[];
  Comma?: IToken[];
};

export interface ExpectCstNode extends CstNode {
  name: "expect";
  children: ExpectCstChildren;
}

export type ExpectCstChildren = {
  Expect: IToken[];
  expectedCount?: ExpectedCountCstNode[];
  expectedOutcome?: ExpectedOutcomeCstNode[];
  With?: IToken[];
  parameterValue?: ParameterValueCstNode[];
  Comma?: IToken[];
};

export interface ExpectedCountCstNode extends CstNode {
  name: "expectedCount";
  children: ExpectedCountCstChildren;
}

export type ExpectedCountCstChildren = {
  States?: IToken[];
  Transitions?: IToken[];
  Depth?: IToken[];
  bound: BoundCstNode[];
};

export interface ExpectedOutcomeCstNode extends CstNode {
  name: "expectedOutcome";
  children: ExpectedOutcomeCstChildren;
}

export type ExpectedOutcomeCstChildren = {
  Identifier: (IToken)[];
  Dot?: IToken[];
  Holds?: IToken[];
  Violated?: IToken[];
  Reachable?: IToken[];
  Unreachable?: IToken[];
};

export interface ParameterValueCstNode extends CstNode {
  name: "parameterValue";
  children: ParameterValueCstChildren;
}

export type ParameterValueCstChildren = {
  Identifier: IToken[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
};

export interface UseCstNode extends CstNode {
  name: "use";
  children: UseCstChildren;
}

export type UseCstChildren = {
  Use: IToken[];
  StringLiteral: IToken[];
};

export interface SpecFileCstNode extends CstNode {
  name: "specFile";
  children: SpecFileCstChildren;
}

export type SpecFileCstChildren = {
  Spec: IToken[];
  Identifier: IToken[];
  Semicolon?: IToken[];
  specItem?: SpecItemCstNode[];
};

export interface SpecItemCstNode extends CstNode {
  name: "specItem";
  children: SpecItemCstChildren;
}

export type SpecItemCstChildren = {
  declaration: DeclarationCstNode[];
  Semicolon?: IToken[];
};

export interface PatchFileCstNode extends CstNode {
  name: "patchFile";
  children: PatchFileCstChildren;
}

export type PatchFileCstChildren = {
  Patch: IToken[];
  Identifier: IToken[];
  Of: IToken[];
  StringLiteral: IToken[];
  Semicolon?: IToken[];
  patchItem?: PatchItemCstNode[];
};

export interface PatchItemCstNode extends CstNode {
  name: "patchItem";
  children: PatchItemCstChildren;
}

export type PatchItemCstChildren = {
  set?: SetCstNode[];
  replace?: ReplaceCstNode[];
  remove?: RemoveCstNode[];
  edit?: EditCstNode[];
  declaration?: DeclarationCstNode[];
  Semicolon?: IToken[];
};

export interface SetCstNode extends CstNode {
  name: "set";
  children: SetCstChildren;
}

export type SetCstChildren = {
  SetWord: IToken[];
  Identifier: IToken[];
  Equals: IToken[];
  expression: ExpressionCstNode[];
};

export interface ReplaceCstNode extends CstNode {
  name: "replace";
  children: ReplaceCstChildren;
}

export type ReplaceCstChildren = {
  Replace: IToken[];
  function?: FunctionCstNode[];
  actor?: ActorCstNode[];
};

export interface RemoveCstNode extends CstNode {
  name: "remove";
  children: RemoveCstChildren;
}

export type RemoveCstChildren = {
  Remove: IToken[];
  Identifier: IToken[];
};

export interface EditCstNode extends CstNode {
  name: "edit";
  children: EditCstChildren;
}

export type EditCstChildren = {
  Edit: IToken[];
  Identifier: (IToken)[];
  Before?: IToken[];
  After?: IToken[];
  Replace?: IToken[];
  DotDot?: IToken[];
  AtWord?: IToken[];
  Start?: IToken[];
  block: BlockCstNode[];
};
